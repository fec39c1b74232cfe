"""Evidence -> one of three outcomes: an answer, a question back, or an honest nothing with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.english.sentences import asks
from bot.english.speech_acts import states
from bot.english.wishes import may_tell, may_wish
from bot.english.words import NEGATORS, PERSONAL, STOP_WORDS
from bot.kinds import KINDS
from bot.kinds.kind import Kind
from bot.matching.calibration import Limits
from bot.matching.candidates import Candidate
from bot.matching.evidence import Evidence, guarded
from bot.matching.index import FULL_TRUST
from bot.matching.query import Query


@dataclass(frozen=True, slots=True)
class Answered:
    """`siblings` are the other candidates of the same subject that would have done: they become related."""

    best: Evidence
    siblings: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarify:
    """The question fits several subjects, or none well enough to answer unasked. `unsaid`: the aspect that the best does not hold."""

    options: tuple[Evidence, ...]
    unsaid: str | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer. `reason` is a word of the documented list; `nearest` may be offered, never given; `outside` is what was meant
    instead, if the base knows; `language` is that of the message (ISO 639-1), if it is another one."""

    reason: str
    nearest: tuple[Evidence, ...] = ()
    words: tuple[str, ...] = ()
    outside: Evidence | None = None
    language: str | None = None


Decision = Answered | Clarify | NoAnswer


def answered(decision: object) -> str | None:
    """The id of the entry that answers, if one does."""
    best = decision.best.candidate.target if isinstance(decision, Answered) else None
    return best.id if best and KINDS[best.kind].is_entry else None


def kind_of(decision: object) -> Kind | None:
    """The kind of what answers; None if nothing does."""
    return KINDS[decision.best.candidate.target.kind] if isinstance(decision, Answered) else None


def is_outside(decision: object, score: float = 0.0) -> bool:
    """Whether a text is about something that lies outside the base, with such a score (0..100) at least."""
    return isinstance(decision, NoAnswer) and decision.outside is not None and decision.outside.score >= score


def score_of(decision: object) -> float:
    """The score of what answers (0..100); 0 if nothing does."""
    return decision.best.score if isinstance(decision, Answered) else 0.0


GENERAL = 0.8
"""How strong the general entry of a subject must be, as a share of a special one's strength, to answer in its place."""

RESERVE = 1 / 8
"""How far above the threshold, as a share of the way to 100, a message must be like what is declined: who was cheated by forgers must not
be taken for one. Chosen on tests/content/manners.yaml."""

PLAIN = 3.0
"""The evidence from which on danger or trouble is told where nothing is more alike, whatever threshold a base sets or its fit gives."""

BESIDES = 3.8
"""The evidence that danger takes where something else is more alike: what is only like it has less ("they killed the funding")."""

NEARER = 0.15
"""How much nearer a calm wording must be where danger is the best match. All three were chosen on tests/content/manners.yaml and
tests/content/manners_blind.yaml."""

ALIKE = 0.3
"""The cosine with a wording from which on a message of a single word tells of danger or trouble: "I was arrested"."""

ALONE = 0.7
"""The same of a single word that nobody says of a person: "longer?" shares one with "I cannot take it any longer". Those that are cries by
themselves stand among the wordings (tests/content/manners_alone.yaml)."""

LOOSE = 0.15
"""The cosine with a wording below which a message is no small talk: greetings and thanks are said in fixed words, and "how many days
until I get my stuff" shares but words of form with many of them. A judgement; tests/content/manners.yaml loses nothing by it."""

ASKED = 0.3
"""The same of a question that an entry is like enough to be asked back about: "what do they do" is not "what can you do"."""

LIKELY = 1 / 2
"""The share of what asking back takes from which on an entry is offered beside others: what is less like the question than that was
taken for absurd by those who read the menus (tests/content/chats.yaml, tests/content/conversations.yaml)."""

BESIDE = 3 / 4
"""How like the question an option is at least that is not sure by itself, as a share of the first: of four options that right entries were
among in bases of twenty entries, half were less, and the right one was hardly ever (88.5 % of all questions in scope answered or offered
without this, 88.0 with it)."""

DISTANT, CLOSE = 0.1, 0.2
"""The cosine with its nearest wording that an option takes at least, and the one from which on it is offered beside others though nobody
would ask back about it alone: "will my government hear of it" offered whom the organisation works for (0.08). Chosen on
tests/content/talks.yaml, on some nine menus: thin evidence."""

_FEWEST = 2  # words that carry meaning, of a message that is declined
_SHORTEST = 2  # characters that can be a question


def decide(query: Query, evidence: Sequence[Evidence], strange: tuple[str, ...], limits: Limits, options: int) -> Decision:
    """The outcome for a query whose evidence is given best first; at most so many options are offered. `strange` are typed words that
    the base does not use.

    Help in danger is never kept back for a better match, but for words that only sound like it (calm). Then: enough score and enough
    lead in points of the score is an answer; enough score without the lead, or nearly enough score, is a question back; anything else
    is nothing.
    """
    if len("".join(query.words)) < _SHORTEST:
        return NoAnswer(_wordless(query))
    evidence = _possible(query, evidence)
    help_first = _help_first(evidence, limits)
    if help_first:
        return Answered(help_first)
    if not evidence or evidence[0].score < limits.ask:
        return _nothing(evidence, strange, limits)
    named = _naming(evidence, limits)
    best = named or _general(query, evidence)
    if _kind(best).no_answer:
        meant = best.score >= limits.threshold and not (_bare(query) and best.candidate.nearest < ALIKE)
        return NoAnswer("out-of-scope", outside=best) if meant else _ask_back(evidence, limits, options)
    if not _kind(best).is_entry:
        return _said(query, best, evidence, limits, options)
    if not (named or _ahead(best, evidence, limits)):
        best = evidence[0]
    if not (named or _ahead(best, evidence, limits)):
        helps = next((item for item in evidence if _helps(item, evidence, limits)), None)
        return Answered(helps) if helps else _ask_back(evidence, limits, options)
    return Answered(best, tuple(item for item in evidence if item is not best and _same_subject(item, best) and item.score >= limits.ask))


def _kind(item: Evidence) -> Kind:
    return KINDS[item.candidate.target.kind]


def _bare(query: Query) -> bool:
    """Whether a message hardly says what it is about; a number says nothing of that: "I don't want 2"."""
    return len({word for word in set(query.words) - STOP_WORDS - NEGATORS if not word.isdigit()}) < _FEWEST


def _possible(query: Query, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence without what the form of the message rules out: a question is no trouble, and a report of what happened no
    wish; a single word ("my friend") is neither danger nor trouble unless that is nearly all that a wording says."""
    forms = {None} | {form for form, may in (("report", may_tell), ("wish", may_wish)) if may(query.words)}
    alike = 0.0 if not _bare(query) else ALIKE if PERSONAL & {*query.words} else ALONE
    return tuple(item for item in evidence if _kind(item).form in forms and (_kind(item).asked or item.candidate.nearest >= alike))


def _help_first(evidence: Sequence[Evidence], limits: Limits) -> Evidence | None:
    """The danger that is told, if one is: with enough score, or with PLAIN evidence and nothing more alike; or trouble with the latter."""
    if evidence and _kind(evidence[0]).helps and evidence[0].total >= PLAIN:
        return evidence[0]
    danger = next((item for item in evidence if _kind(item).first), None)
    if danger is None:
        return None
    best = evidence[0]
    if danger.score < limits.threshold and (danger.total < PLAIN or danger is not best):
        return None
    if danger is not best and not _kind(best).calms and danger.total < BESIDES:
        return None
    calm = next((item.candidate for item in evidence if _kind(item).calms), None)
    return None if calm and _only_sounds(calm, danger.candidate, best.candidate) else danger


def _helps(item: Evidence, evidence: Sequence[Evidence], limits: Limits) -> bool:
    """Whether trouble is told in place of asking back: where it is the best, or like one of its wordings ("my coupon is not accepted" only
    shares a word with many of them)."""
    return _kind(item).helps and item.score >= limits.ask and (item is evidence[0] or item.candidate.nearest >= ALIKE)


def _only_sounds(calm: Candidate, danger: Candidate, best: Candidate) -> bool:
    """Whether what merely sounds like danger is what was meant: it holds words that the danger lacks ("my plant is dying"), and not the
    other way round ("a quiet place to die"); where that does not tell, one of its wordings is nearer, plainly so if it is not the best."""
    more, less = (set(one.missing) - set(other.missing) - STOP_WORDS for one, other in ((danger, calm), (calm, danger)))
    if bool(more) != bool(less):
        return bool(more)
    return calm.nearest >= danger.nearest + (0.0 if calm is best else NEARER)


def _said(query: Query, best: Evidence, evidence: Sequence[Evidence], limits: Limits, options: int) -> Decision:
    """Small talk, or what is declined, that comes first. Who asks for something that nobody gets here says what: "is it fake" asks for
    nothing."""
    reserved = _kind(best).reserve
    if _kind(best).idle and best.candidate.nearest < (ASKED if _asked_back(query, evidence, limits) else LOOSE):
        return _ask_back(evidence, limits, options)
    if reserved and len(set(query.words) - STOP_WORDS) < _FEWEST:
        return NoAnswer("below-threshold")
    if best.score >= limits.above(RESERVE if reserved else 0.0):
        return Answered(best)
    return NoAnswer("below-threshold") if reserved else _ask_back(evidence, limits, options)


def _asked_back(query: Query, evidence: Sequence[Evidence], limits: Limits) -> bool:
    return asks(query.asked) and any(_kind(item).is_entry and item.score >= limits.ask for item in evidence)


def _wordless(query: Query) -> str:
    """The reason why a message has nothing to be looked up: letters of another script are not nothing."""
    if query.words:
        return "too-short"
    return "other-script" if any(char.isalpha() for char in query.asked) else "no-words"


def _general(query: Query, evidence: Sequence[Evidence]) -> Evidence:
    """The best, unless the general entry of its subject is nearly as strong and accounts for as much: then that one.

    "Returns?" fits every entry about returns; whoever wants to know the time limit says so. Who goes on asking about a subject (near)
    wants more than the general, and who states what a myth claims or denies, an answer to that.
    """
    best = evidence[0]
    if _kind(best).has_claim and states(query.asked):
        return best
    for item in evidence[1:]:
        general = item.candidate.target.id == best.candidate.target.subject == item.candidate.target.subject
        if (
            general
            and not item.candidate.near
            and item.strength >= GENERAL * best.strength
            and item.candidate.coverage >= best.candidate.coverage
        ):
            return item
    return best


def _naming(evidence: Sequence[Evidence], limits: Limits) -> Evidence | None:
    """The best candidate with a place for names, where the first drops one of several names that the message says: "North Korea and Palau"
    is not about North Korea alone."""
    if not evidence[0].candidate.drops:
        return None
    return next((item for item in evidence[1:] if item.candidate.reading and item.score >= limits.ask), None)


def _ahead(best: Evidence, evidence: Sequence[Evidence], limits: Limits) -> bool:
    """Whether the best may answer: sure enough, no guard against it, and far enough ahead of others. Where what is most like the question
    does not say what is asked, what is less like it hardly does."""
    sure = best.score >= limits.threshold and not guarded(best.candidate)
    sure = sure and not any(item.candidate.unsaid and item.strength > best.strength for item in evidence)
    return sure and best.score - _rival(best, evidence) >= limits.margin


def _rival(best: Evidence, evidence: Sequence[Evidence]) -> float:
    return max((item.score for item in evidence if not _same_subject(item, best)), default=0.0)


def _same_subject(one: Evidence, other: Evidence) -> bool:
    return one.candidate.target.subject == other.candidate.target.subject


def _ask_back(evidence: Sequence[Evidence], limits: Limits, most: int) -> Decision:
    """What is like enough to be asked back about, with what is like it beside; nothing where that is all that there is."""
    options = offered(evidence, limits, most)
    likely = any(item.score >= limits.ask for item in options)
    return Clarify(options, evidence[0].candidate.unsaid) if likely else NoAnswer("below-threshold")


def offered(evidence: Sequence[Evidence], limits: Limits, most: int) -> tuple[Evidence, ...]:
    """The best entries of as many subjects as may be offered, none that is hardly like the question; small talk is never an option."""
    subjects: dict[str, Evidence] = {}
    for item in evidence:
        if _kind(item).is_entry and item.score >= LIKELY * limits.ask:
            subjects.setdefault(item.candidate.target.subject, item)
    return tuple(subjects.values())[:most]


def shown(decision: Clarify, limits: Limits) -> Clarify | NoAnswer:
    """A question back as it is shown: beside the first option only what is nearly as like the question, and would be asked back about by
    itself or is near to a wording; and nothing that is far from all of them."""
    first = decision.options[0]
    likely = (item for item in decision.options if item is first or _beside(item, first, limits))
    options = tuple(item for item in likely if _close(item.candidate) >= DISTANT)
    return replace(decision, options=options) if options else NoAnswer("below-threshold")


def _beside(item: Evidence, first: Evidence, limits: Limits) -> bool:
    near = item.score >= limits.ask or _close(item.candidate) >= CLOSE
    return near and (item.score >= limits.threshold or item.strength >= BESIDE * first.strength)


def _close(candidate: Candidate) -> float:
    """How near an entry is to what was asked (0..1): by its nearest wording or, as far as a base has too few wordings for that, in the
    thesaurus."""
    return max(candidate.nearest, candidate.trust / FULL_TRUST * candidate.meaning)


def nearest(evidence: Sequence[Evidence], limits: Limits, most: int) -> tuple[Evidence, ...]:
    """The entries that may be offered: those like enough to ask back, or else the best."""
    likely = offered(evidence, limits, most)
    return tuple(item for item in likely if item.score >= limits.ask) or likely[:1]


def _nothing(evidence: Sequence[Evidence], strange: tuple[str, ...], limits: Limits) -> NoAnswer:
    nearest = tuple(item for item in offered(evidence, limits, 4) if not item.candidate.unnamed)
    if any(item.candidate.unnamed for item in evidence[:1]):
        return NoAnswer("other-subject", nearest, strange)
    return NoAnswer("unknown-words" if strange else "below-threshold", nearest, strange)
