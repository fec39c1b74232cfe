"""A text -> what was found for it: the stages from query to decision, in order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.knowledge import ENTRY_KINDS
from bot.matching import candidates, decision, evidence, query, scope
from bot.matching.calibration import Limits, PlattScaling
from bot.matching.candidates import Candidate
from bot.matching.decision import Answered, Chosen, Decision, NoAnswer
from bot.matching.evidence import Evidence
from bot.matching.index import Index
from bot.matching.query import Lexicon, Query

RELIEVED = 0.5
"""The most doubt about a question that leans on one which the base had an answer to: their words are about the same field."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What questions are looked up with: all of it fixed for one base."""

    index: Index
    lexicon: Lexicon
    fit: PlattScaling
    limits: Limits
    options: int
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one question: what each stage gave the next. `asked` are the person's own words; the query may have been
    completed from what was said before. `settled` tells why the decision is not that of `decide` on this evidence: "completed" by the
    last question, "wordless" for a message that says nothing of its own; of a letter `parts` are what was gathered, with what each
    counts."""

    asked: str
    query: Query
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    strange: tuple[str, ...]
    decision: Decision
    settled: str = ""
    parts: "tuple[tuple[float, Match], ...]" = ()


_YOU = re.compile(r"\b(?:are you|you are|you're|do you|you|u)\b", re.I)
_YOUR = re.compile(r"\b(?:yours|your|ur)\b", re.I)


def addressed(text: str, matcher: Matcher) -> str | None:
    """The text with "you" read as whom people believe that they write to; None if it does not say "you"."""
    if not matcher.addressee or not (_YOU.search(text) or _YOUR.search(text)):
        return None
    name = matcher.addressee
    verbs = {"are you": f"is {name}", "you are": f"{name} is", "you're": f"{name} is", "do you": f"does {name}"}
    return _YOUR.sub(f"{name}'s", _YOU.sub(lambda found: verbs.get(found[0].lower(), name), text))


def chosen(asked: str, entry_id: str) -> Match:
    """The finding of an entry that a person chose: nothing was looked up."""
    return Match(asked, Query(asked="", words=()), (), (), (), Chosen(entry_id), settled="chosen")


def answered(matched: Match) -> str | None:
    """The id of the entry that answers, if one does."""
    match matched.decision:
        case Answered(best) if best.candidate.target.kind in ENTRY_KINDS:
            return best.candidate.target.id
        case Chosen(name):
            return name
    return None


def is_outside(matched: Match, score: float = 0.0) -> bool:
    """Whether a text is about something that lies outside the base, with such a score (0..100) at least."""
    decision = matched.decision
    return isinstance(decision, NoAnswer) and decision.outside is not None and decision.outside.score >= score


def score_of(matched: Match) -> float:
    """The score of what answers, 0 if nothing does."""
    return matched.decision.best.score if isinstance(matched.decision, Answered) else 0.0


def match(text: str, matcher: Matcher, near: Mapping[str, float] | None = None, *, chat: bool = True) -> Match:
    """What is found for a text by itself, or (`near`: id -> 0..1) in a conversation that certain entries are near to; without `chat` small
    talk is left aside."""
    asked = query.read(text, matcher.lexicon)
    found = candidates.find(asked, matcher.index)
    if near is not None:
        found = tuple(replace(item, doubt=min(item.doubt, RELIEVED), near=near.get(item.target.id, 0.0)) for item in found)
    if not chat:
        found = tuple(item for item in found if item.target.kind not in ("chat", "calm"))
    weighed = evidence.weigh(found, matcher.fit)
    strange = scope.strange(asked, matcher.index)
    outcome = decision.decide(asked, weighed, strange, matcher.limits, matcher.options)
    return Match(asked.asked, asked, found, weighed, strange, outcome)
