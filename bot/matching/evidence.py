"""Candidates -> evidence in readable parts, and a score (0..100) made of it.

The weights of the parts were chosen once on public question sets (tests/measure/public.py); they are the same for every base.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kinds import KINDS
from bot.matching.calibration import PlattScaling, score
from bot.matching.candidates import Candidate

STRENGTH = 9.0
LEAD = 12.0
NEAREST = 3.5
"""What strength, lead and the likeness to the nearest single wording add to the evidence."""

UNCOVERED = 3.0
"""What it takes from the evidence for a target that nothing of what is asked is held by it. Chosen on public sets and first-day bases by
AUROC: 0 81.9, 1 82.8, 2 83.1, 3 83.3, 4 83.3 (tests/measure/public.py)."""

LACKS = 2.0
"""What it takes from the evidence for an entry that the question lacks a word which its wordings have in common. Of those in scope it
answers, at nine right of ten, 50.7 % in public sets where it answered 49.3 without; at 17 of 20 56 % in bases of twenty entries where it
answered 53 (tests/measure/public.py); at 4 no more, and fewer on the base that ships."""

DOUBT = 2.0
"""What each point of doubt takes from the evidence for an entry."""

WORDING = 0.4
"""What the likeness to the nearest single wording counts in strength, beside one of the three views of the owner."""

NEAR = 1.5
"""What being near to the topic of the conversation adds to the evidence for an entry, at most."""

NAMESAKE = 0.75
"""How strong an entry must be, as a share, to be preferred to something outside the base that explains no more of the query."""

SAME = 0.995
"""The cosine from which on a wording is the query itself; it is not quite one because weights are rounded."""

GUARDED = 2.4
"""The most evidence for an entry that a guard speaks against (an object that the base does not know, a number that the entry does not
hold): between what is asked back about and what is answered (NEARLY and ENOUGH of calibration)."""

UNNAMED = 0.5
"""The most evidence for an entry that does not name what the message names (another organisation, say)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate.

    strength: how like the query the candidate is, all views together.
    lead: its strength less that of the best candidate of another subject.
    total: the evidence, as one number without a unit. score: the chance in a hundred that the candidate is right.
    standing: what candidates are ordered by: the evidence less what the nearest wording adds to it, and what an unknown object and common
    words that are lacking take from it. They tell how sure one may be of the first, but not who is first: with them fewer are right
    (tests/measure/public.py).
    """

    candidate: Candidate
    strength: float
    lead: float
    total: float
    score: float
    standing: float = 0.0


def weigh(candidates: Sequence[Candidate], fit: PlattScaling) -> tuple[Evidence, ...]:
    """The evidence of each candidate that is not excluded, best first: by standing, then by id. Arithmetic on the candidates alone, so
    that it can be replayed."""
    rivals = _without_namesakes([candidate for candidate in candidates if candidate.excluded_by is None])
    return tuple(sorted((_evidence(item, rivals, fit) for item in rivals), key=lambda one: (-one.standing, one.candidate.target.id)))


def _without_namesakes(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates less those outside the base where the best entry is nearly as strong and accounts for as much of the query.

    "What is Mercury" may fit a band outside the base as well as the planet inside it: only words that the entry cannot explain tell
    them apart.
    What is declined has no namesake, it asks other things in the same words: it gives way only to an entry that is stronger.
    """
    best = max((item for item in candidates if KINDS[item.target.kind].is_entry), key=strength, default=None)

    def namesake(item: Candidate) -> bool:
        least = NAMESAKE if KINDS[item.target.kind].namesakes else 1.0
        near = best is not None and strength(best) >= least * strength(item) and best.coverage >= item.coverage
        return KINDS[item.target.kind].tells_against and near

    return [item for item in candidates if not namesake(item)]


def _evidence(candidate: Candidate, rivals: Sequence[Candidate], fit: PlattScaling) -> Evidence:
    strong, ahead = strength(candidate), lead(candidate, rivals)
    doubt = candidate.doubt if KINDS[candidate.target.kind].is_entry else 0.0
    missing = candidate.uncovered if KINDS[candidate.target.kind].urgency is None else 0.0  # a cry for help is never too wordy
    amount = total(strong, ahead, candidate.nearest, doubt) - UNCOVERED * missing + NEAR * candidate.near
    most = UNNAMED if candidate.unnamed else GUARDED if _lacking(candidate) else amount
    lacks = candidate.lacks if KINDS[candidate.target.kind].is_entry and candidate.nearest < SAME else 0.0
    told = min(amount - LACKS * lacks, most, GUARDED if guarded(candidate) else most)
    return Evidence(candidate, strong, ahead, told, score(told, fit), min(amount, most) - NEAREST * candidate.nearest)


def guarded(candidate: Candidate) -> bool:
    """Whether a guard speaks against answering from an entry: the question is about an object that is unknown to the base, or asks for what
    the entry lacks. A wording that is the query itself is never in doubt."""
    foreign = candidate.foreign and candidate.nearest < SAME and KINDS[candidate.target.kind].is_entry
    return bool(foreign) or _lacking(candidate)


def _lacking(candidate: Candidate) -> bool:
    """Whether an entry lacks what other entries may hold: the question gives a number or code that the entry does not hold while it holds
    another, is about the contrary, or asks for what the entry does not say."""
    kind = KINDS[candidate.target.kind]
    other_number = candidate.numbers and not kind.has_claim  # whoever states a wrong figure is answered by the myth's fact
    return bool(other_number or candidate.opposed or candidate.unsaid) and candidate.nearest < SAME and kind.is_entry


def total(strength: float, lead: float, nearest: float, doubt: float) -> float:
    """The evidence: three parts for a candidate, whose weights were chosen once on public question sets (tests/measure/public.py), and one
    against it."""
    return STRENGTH * strength + LEAD * lead + NEAREST * nearest - DOUBT * doubt


def strength(candidate: Candidate) -> float:
    """How like a query a candidate is (0..1). Who asks in the very words of a wording is given its owner, whatever is like it besides."""
    return 1.0 if candidate.nearest >= SAME else likeness(candidate)


def likeness(candidate: Candidate) -> float:
    """The mean of the likenesses in each view, in the thesaurus as far as it is trusted, and, counting WORDING, to the nearest wording
    (0..1)."""
    views = candidate.words + candidate.ngrams + candidate.skip_bigrams + candidate.trust * candidate.meaning
    return (views + WORDING * candidate.nearest) / (3 + candidate.trust + WORDING)


def lead(candidate: Candidate, rivals: Sequence[Candidate]) -> float:
    """Own strength less the best of the candidates of other subjects (-1..1); of an entry, the mean of that over all of them and over
    entries alone.

    What small talk holds of a question's words tells less of it than what another entry holds. With this mean the AUROC of the evidence is
    86.1 over public sets, bases of twenty entries made of them and first-day bases, with all candidates alike 84.7, with entries alone
    85.3: measured on the sets that it was chosen on, so a fresh one may give less."""
    others = [rival for rival in rivals if rival.target.subject != candidate.target.subject]
    entries = [rival for rival in others if KINDS[rival.target.kind].is_entry] if KINDS[candidate.target.kind].is_entry else others
    return strength(candidate) - sum(max(map(strength, some), default=0.0) for some in (others, entries)) / 2
