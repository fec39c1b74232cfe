"""A decision -> everything that it rests on as plain values, from which it can be replayed without the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.dialogue import long_message
from bot.dialogue.resolution import Backed, Chosen, Help, Offered, Repeated, Resolution, resolution
from bot.dialogue.resolution import Outcome as Decided
from bot.english.sentences import Span
from bot.matching.calibration import Limits, PlattScaling
from bot.matching.candidates import Candidate
from bot.matching.decision import Answered, Clarify, decide
from bot.matching.evidence import Evidence, strength, weigh
from bot.matching.index import Index, Target
from bot.matching.query import Query
from bot.reply import Correction

PARTS = ("words", "ngrams", "skip_bigrams", "nearest")
"""The parts of a candidate's strength, as fields of Candidate."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was in force: the limits in points of the score, the fit of the score, how many options are offered, and the base."""

    limits: Limits
    fit: PlattScaling
    options: int
    kb: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the wording that it was found by (and where that stands; line 0: in no file) and what it came to. `left_out`
    tells why it was not weighed: "excluded" by a `not:` of its entry, or "namesake" outside the base; then the sums are None. `lacked` is
    the stem that its wordings have in common and the question lacks."""

    candidate: Candidate
    wording: str
    file: str
    line: int
    lacked: str | None
    left_out: str | None
    strength: float
    lead: float | None
    total: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided: answer, clarify or none, on which entries, for which reason."""

    decision: str
    ids: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the decision on a question came about. `asked` are the person's words, `looked_up` the same as completed by what was said
    before. `lost` tells of the runner-up why it lost; `unaccounted` are the stems that the first candidate does not hold; `strange` are
    typed words that the base does not use. Of a letter `parts` tell what was gathered. `settled`: what decided beside the evidence."""

    asked: str
    looked_up: str
    words: tuple[str, ...]
    corrections: tuple[Correction, ...]
    synonyms: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    readings: tuple[tuple[str, ...], ...]
    candidates: tuple[Weighed, ...]
    parts: "tuple[Part, ...]"
    unaccounted: tuple[str, ...]
    strange: tuple[str, ...]
    lost: str | None
    settled: str
    outcome: Outcome
    force: Parameters


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a letter: what it counts, and what was found for it."""

    counts: float
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Replay:
    """What comes of the stored parts: the evidence of each candidate by id, and the outcome."""

    totals: Mapping[str, float]
    outcome: Outcome


def explain(found: Resolution, index: Index, force: Parameters) -> Explanation:
    """The explanation of the decision on one question; candidates come best first, those that were not weighed last."""
    query, evidence = found.match.query, found.match.evidence
    weighed = {item.candidate.number: item for item in evidence}
    order = sorted(
        found.match.candidates,
        key=lambda one: (one.number not in weighed, -getattr(weighed.get(one.number), "standing", 0.0), one.target.id),
    )
    return Explanation(
        asked=found.asked,
        looked_up=query.asked,
        words=query.words,
        corrections=found.corrections,
        synonyms=query.synonyms,
        names=tuple((value.name, mention.entity) for mention in query.mentions for value in mention.values),
        readings=query.readings,
        candidates=tuple(_weighed(candidate, weighed.get(candidate.number), index) for candidate in order),
        parts=tuple(
            Part(part.counts, explain(resolution(Span(part.match.query.asked, 0), part.match), index, force)) for part in found.parts
        ),
        unaccounted=evidence[0].candidate.missing if evidence else (),
        strange=found.match.strange,
        lost=_lost(evidence),
        settled=found.how,
        outcome=outcome(found.outcome),
        force=force,
    )


def outcome(decision: Decided) -> Outcome:
    """A decision by its name, ids and reason."""
    match decision:
        case Answered(best, siblings):
            return Outcome("answer", (best.candidate.target.id, *(item.candidate.target.id for item in siblings)), None)
        case Clarify(options, unsaid):
            return Outcome("clarify", tuple(item.candidate.target.id for item in options), "not-said" if unsaid else None)
        case Chosen(name):
            return Outcome("answer", (name,), "chosen")
        case Offered(names, reason):
            return Outcome("clarify", names, reason)
        case Help(code):
            return Outcome("none", (), f"danger ({code})")
        case Repeated(name, text):
            return Outcome("answer" if text else "none", (name,), None if text else "nothing-more")
        case Backed(name, by, _):
            return Outcome("answer", (name,), by)
        case nothing:
            meant = (nothing.outside,) if nothing.outside else nothing.nearest
            return Outcome("none", tuple(item.candidate.target.id for item in meant), nothing.reason)


def _weighed(candidate: Candidate, evidence: Evidence | None, index: Index) -> Weighed:
    left_out = None if evidence else "excluded" if candidate.excluded_by is not None else "namesake"
    sums = (evidence.lead, evidence.total, evidence.score) if evidence else (None, None, None)
    file, line = index.files[index.file[candidate.wording]], int(index.lines[candidate.wording])
    lacked = None if candidate.lacked is None else next(islice(index.stems, candidate.lacked, None))
    return Weighed(candidate, index.wordings[candidate.wording], file, line, lacked, left_out, strength(candidate), *sums)


def _lost(evidence: Sequence[Evidence]) -> str | None:
    """Why the best candidate of another subject lost to the first, in a sentence."""
    if not evidence:
        return None
    best = evidence[0].candidate
    rival = next((item.candidate for item in evidence[1:] if item.candidate.target.subject != best.target.subject), None)
    if rival is None:
        return None
    gaps = {part: getattr(best, part) - getattr(rival, part) for part in PARTS}
    most = max(gaps, key=lambda part: gaps[part])
    without = [stem for stem in rival.missing if stem not in best.missing]
    holds = f"; it does not hold: {', '.join(without)}" if without else ""
    return (
        f"{rival.target.id} came next, behind by {strength(best) - strength(rival):.2f} in strength, most of it in {most} "
        f"({getattr(rival, most):.2f} against {getattr(best, most):.2f}){holds}."
    )


def replay(stored: Mapping[str, Any]) -> Replay:
    """The totals and the outcome, reckoned anew from an explanation as JSON holds it; an outcome that the evidence did not decide is as it
    is stored. Raises KeyError or TypeError if parts lack."""
    force = stored["force"]
    limits, parts = Limits(**force["limits"]), stored["parts"]
    if parts:
        evidence = long_message.gather([(part["counts"], _evidence(part["explanation"])) for part in parts], limits)
        decision = long_message.decide(evidence, limits, force["options"])
    else:
        evidence = _evidence(stored)
        query = Query(stored["looked_up"], tuple(stored["words"]))
        decision = decide(query, evidence, tuple(stored["strange"]), limits, force["options"])
    given = stored["outcome"]
    settled = (
        Outcome(given["decision"], tuple(given["ids"]), given["reason"]) if stored["settled"] not in ("", "together") else outcome(decision)
    )
    return Replay({item.candidate.target.id: item.total for item in evidence}, settled)


def _evidence(stored: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return weigh([_candidate(item["candidate"]) for item in stored["candidates"]], PlattScaling(**stored["force"]["fit"]))


def _candidate(stored: Mapping[str, Any]) -> Candidate:
    words = {name: tuple(stored[name]) for name in ("missing", "foreign", "numbers", "opposed")}
    return Candidate(**{**stored, **words, "target": Target(**stored["target"])})
