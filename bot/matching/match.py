"""A query -> a match: the stages from candidates to decision, in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.english.phrases import TO_YOU
from bot.english.tokens import plain_words
from bot.english.words import SECOND_PERSON
from bot.kinds import KINDS
from bot.matching import decision, evidence, query, scope
from bot.matching.calibration import Limits, PlattScaling
from bot.matching.candidates import Candidate
from bot.matching.decision import Decision
from bot.matching.evidence import Evidence
from bot.matching.index import Index
from bot.matching.query import Lexicon, Query

RELIEVED = 0.5
"""Cap on the doubt about a question that leans on one which the base answered: their words are about the same field. Chosen on
tests/content/conversations.yaml (the follow-ups)."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What the questions of one message are looked up with. `read` gives the query of a text whose typing errors are mended, `find` the
    candidates of a query; each text is read and each query looked up once, however many stages want it."""

    index: Index
    lexicon: Lexicon
    fit: PlattScaling
    limits: Limits
    options: int
    read: Callable[[str], Query]
    find: Callable[[Query], tuple[Candidate, ...]]
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one query: what each stage gave the next. `strange` are typed words that the base does not use."""

    query: Query
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    strange: tuple[str, ...]
    decision: Decision


def match(asked: Query, matcher: Matcher, near: Mapping[str, float] | None = None, *, chat: bool = True) -> Match:
    """What is found for a query by itself, or (`near`: id -> 0..1) in a conversation that certain entries are near to; without `chat`
    small talk is left aside."""
    found = matcher.find(asked)
    if near is not None:
        found = tuple(replace(item, doubt=min(item.doubt, RELIEVED), near=near.get(item.target.id, 0.0)) for item in found)
    if not chat:
        found = tuple(item for item in found if not KINDS[item.target.kind].aside)
    weighed = evidence.weigh(found, matcher.fit)
    strange = scope.strange(asked, matcher.index)
    outcome = decision.decide(asked, weighed, strange, matcher.limits, matcher.options)
    return Match(asked, found, weighed, strange, outcome)


def score_for(name: str | None, found: Match) -> float:
    """The score of an entry in a match (0..100); 0 if it is no candidate."""
    return max((item.score for item in found.evidence if item.candidate.target.id == name), default=0.0)


def addressed(asked: Query, matcher: Matcher) -> Query | None:
    """The query with "you" read as whom people believe that they write to; None if it does not say "you"."""
    if not matcher.addressee or not SECOND_PERSON & set(asked.mended):
        return None
    name, words, at = " ".join(plain_words(matcher.addressee)), [], 0
    while at < len(asked.mended):
        phrase = next((phrase for phrase in TO_YOU if asked.mended[at : at + len(phrase)] == phrase), None)
        words += TO_YOU[phrase].format(name).split() if phrase else [asked.mended[at]]
        at += len(phrase or " ")
    return replace(query.of_words(tuple(words), matcher.lexicon, query.shouted(asked)), words=tuple(words))
