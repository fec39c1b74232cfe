"""Candidates -> evidence in readable parts, and a score (0..100) made of it with fixed constants.

The constants were fitted once, by logistic regression on public question sets (tests/measure/fit.py prints them); they are the
same for every knowledge base. Until a base has a fit of its own the score orders and cuts, but it is no probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.candidates import Candidate
from bot.index import Index
from bot.knowledge import ENTRY_KINDS
from bot.query import Query, Words
from bot.score import Fit, score
from bot.sparse import holds

STRENGTH = 9.0
LEAD = 12.0
NEAREST = 3.5
"""What strength, lead and the likeness to the nearest single wording add to the evidence."""

SURE = 3.0
DOUBT = 2.0
"""From which log odds on the words of a message leave no doubt that it is about the base's field, and what each point less costs an
entry. Without a list of what lies outside the base there is nothing to doubt with."""

WORDING = 0.6
"""What the likeness to the nearest single wording counts in strength, beside one of the three views of the owner."""

NAMESAKE = 0.75
"""How strong an entry must be, as a share, to be preferred to something outside the base that explains no more of the query."""

SAME = 0.995
"""The cosine from which on a wording is the query itself; it is not quite one because weights are rounded."""

UNNAMED = 0.5
"""The most evidence for an entry that does not name what the message names (another organisation, say)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate. All parts are shares of one; `lead` can be negative.

    strength: how like the query the candidate is, all views together.
    lead: its strength less that of the best candidate of another subject.
    unknown: share of the query's weight that no wording of the base holds.
    doubt: how much the words of the query speak against its being about the base's field (0: not at all); of an entry only.
    unnamed: the message names something that the candidate does not.
    """

    candidate: Candidate
    strength: float
    lead: float
    unknown: float
    doubt: float
    unnamed: bool
    total: float
    score: float


def weigh(query: Query, candidates: Sequence[Candidate], index: Index, fit: Fit) -> tuple[Evidence, ...]:
    """The evidence of each candidate that is not excluded, best first: by evidence, then by id."""
    rivals = _without_namesakes([candidate for candidate in candidates if candidate.excluded_by is None])
    about = [(unknown(reading, index), doubt(reading, index)) for reading in query.readings]
    found = [_evidence(query, candidate, rivals, *about[candidate.reading], index, fit) for candidate in rivals]
    return tuple(sorted(found, key=lambda evidence: (-evidence.total, evidence.candidate.owner.id)))


def _without_namesakes(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates less those outside the base where the best entry is nearly as strong and accounts for as much of the query.

    "What is the CCF" fits the bank of that name as well as the commission: only words that the entry cannot explain tell them apart.
    """
    best = max((item for item in candidates if item.owner.kind in ENTRY_KINDS), key=strength, default=None)

    def namesake(item: Candidate) -> bool:
        near = best is not None and strength(best) >= NAMESAKE * strength(item) and best.coverage >= item.coverage
        return item.owner.kind == "outside" and near

    return [item for item in candidates if not namesake(item)]


def _evidence(
    query: Query, candidate: Candidate, rivals: Sequence[Candidate], unknown: float, doubt: float, index: Index, fit: Fit
) -> Evidence:
    strong, ahead = strength(candidate), lead(candidate, rivals)
    unnamed = not all(_holds(candidate, name, index) for name in query.names)
    doubted = doubt if candidate.owner.kind in ENTRY_KINDS else 0.0
    amount = total(strong, ahead, candidate.nearest, doubted)
    if unnamed:
        amount = min(amount, UNNAMED)
    return Evidence(candidate, strong, ahead, unknown, doubted, unnamed, amount, score(amount, fit))


def total(strength: float, lead: float, nearest: float, doubt: float) -> float:
    """The evidence: three parts for a candidate, whose weights were chosen once on public question sets (tests/measure/fit.py), and one
    against it."""
    return STRENGTH * strength + LEAD * lead + NEAREST * nearest - DOUBT * doubt


def strength(candidate: Candidate) -> float:
    """How like a query a candidate is (0..1). Who asks in the very words of a wording is given its owner, whatever is like it besides."""
    return 1.0 if candidate.nearest >= SAME else likeness(candidate)


def likeness(candidate: Candidate) -> float:
    """The mean of the likenesses in each view and, counting WORDING, to the nearest wording (0..1)."""
    return (candidate.words + candidate.pieces + candidate.pairs + WORDING * candidate.nearest) / (3 + WORDING)


def lead(candidate: Candidate, rivals: Sequence[Candidate]) -> float:
    """Own strength less the best of the candidates of other subjects (-1..1)."""
    others = [strength(rival) for rival in rivals if rival.owner.subject != candidate.owner.subject]
    return strength(candidate) - max(others, default=0.0)


def doubt(reading: Words, index: Index) -> float:
    """How far the words of a reading stay behind SURE: the sum of their log odds, by the root of their number, as words of one
    message do not speak independently."""
    if not len(index.odds):
        return 0.0
    numbers = {index.stems[stem] for stem in reading if stem in index.stems}
    odds = sum(float(index.odds[number]) for number in numbers)
    return max(0.0, SURE - odds / math.sqrt(len(numbers) or 1))


def unknown(reading: Words, index: Index) -> float:
    """Share of the words of a reading that stand in no wording of the base (0..1)."""
    return len(unknown_words(reading, index)) / (len(set(reading)) or 1)


def unknown_words(reading: Words, index: Index) -> tuple[str, ...]:
    """The stems of a reading that stand in no wording of the base, in order."""
    return tuple(term for term in dict.fromkeys(reading) if term not in index.stems)


def _holds(candidate: Candidate, stems: Words, index: Index) -> bool:
    """Whether every one of the stems stands in some wording of the candidate."""
    numbers = np.array([index.stems[stem] for stem in stems if stem in index.stems], np.int64)
    return len(numbers) == len(stems) and bool(holds(index.holders, numbers, np.array([candidate.number])).all())
