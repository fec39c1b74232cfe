"""What was found and said -> the context of the next message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dialogue.context import Context
from bot.dialogue.resolution import Backed, Offered, Repeated, Resolution
from bot.english.followup_phrases import OF_ME
from bot.english.followups import own_words
from bot.english.openings import opens_as_question, stripped
from bot.english.sentences import split
from bot.english.tokens import fold, plain_words
from bot.knowledge import Entry
from bot.matching.decision import is_outside
from bot.matching.evidence import Evidence
from bot.reply import Reply

LIKELY = 3 / 10
"""The share of the threshold from which on a candidate may be offered after "that is not what I asked". Chosen on
tests/content/chats.yaml."""


_TELLING = 3  # words of its own that a message has at least which tells a story


@dataclass(frozen=True, slots=True)
class Turn:
    """A message with what was made of it and said to it."""

    message: str
    resolutions: Sequence[Resolution]
    reply: Reply


def remember(before: Context, turn: Turn, entries: Mapping[str, Entry], threshold: float, today: date) -> Context:
    """The context after a turn, with what the person told of themselves."""
    return replace(_after(before, turn, entries, threshold, today), story=_story(turn) or before.story)


def _story(turn: Turn) -> str:
    """A message that tells what happened to its sender or theirs, if it was understood: whoever goes on ("she is 6", "who can help us")
    leans on it, whatever was asked in between."""
    understood = turn.reply.status in ("answer", "clarify") or turn.reply.reason == "danger"
    personal = OF_ME.search(fold(turn.message)) and len(own_words(turn.message)) >= _TELLING
    return turn.message if understood and personal and any(_tells(item.text) for item in split(turn.message)) else ""


def _tells(sentence: str) -> bool:
    """Whether a sentence tells something, be it before a question: "my bag is gone, what now"."""
    return not opens_as_question(stripped(plain_words(sentence))[:3])


def _after(before: Context, turn: Turn, entries: Mapping[str, Entry], threshold: float, today: date) -> Context:
    """What was told and asked. Small talk changes nothing but its age."""
    day, reply = today.isoformat(), turn.reply
    if reply.status == "smalltalk":
        return replace(before, age=before.age + 1, day=day)
    told = tuple(answer.id for answer in reply.answers)
    offered = tuple(option.id for option in reply.options) or (_related(reply) if len(told) == 1 else ())
    likely = [item for found in turn.resolutions for item in found.match.evidence if item.score >= LIKELY * threshold]
    further = _further(likely, {*told, *(option.id for option in reply.options)}, entries)
    if told and isinstance(turn.resolutions[-1].outcome, Repeated | Backed):
        outcome = turn.resolutions[-1].outcome
        part = outcome.text if isinstance(outcome, Repeated) and outcome.text else reply.answers[-1].text
        return replace(before, told=(), offered=offered, misses=0, age=0, part=part, day=day)
    if told:
        last = next(item for item in reversed(turn.resolutions) if item.entry in told)
        asked = last.text if last.parts else last.match.query.asked or entries[told[-1]].question
        return Context(told[-1], asked, told, offered, further or before.further, day=day)
    missed = before.misses + 1 if reply.status == "none" else 0
    known = before.topic and reply.status != "clarify"
    asked = before.asked if known else "" if is_outside(turn.resolutions[0].outcome) else turn.message
    if isinstance(turn.resolutions[0].outcome, Repeated | Offered):
        asked = before.asked
    return Context(before.topic, asked, (), offered, further, missed, before.age + 1, day=day)


def _related(reply: Reply) -> tuple[str, ...]:
    """What is numbered under a single answer."""
    return tuple(option.id for option in reply.answers[0].related)


def _further(likely: Sequence[Evidence], seen: set[str], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The candidates that came next, best first."""
    names = dict.fromkeys(item.candidate.target.id for item in likely)
    return tuple(name for name in names if name in entries and name not in seen)
