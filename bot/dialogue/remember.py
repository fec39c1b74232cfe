"""What was found and said -> the context of the next message."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.dialogue.context import Context
from bot.knowledge import Entry
from bot.matching.match import Match, answered, is_outside
from bot.reply import Reply

LIKELY = 12.0
"""The score from which on a candidate may be offered after "that is not what I asked"."""


def remember(before: Context, message: str, matches: Sequence[Match], reply: Reply, entries: Mapping[str, Entry], today: date) -> Context:
    """The context after a reply. Small talk changes nothing but its age."""
    day = today.isoformat()
    if reply.status == "smalltalk":
        return Context(before.topic, before.asked, before.told, before.offered, before.further, before.misses, before.age + 1, day)
    told = tuple(answer.id for answer in reply.answers)
    offered = tuple(option.id for option in reply.options) or (_related(reply) if len(told) == 1 else ())
    further = _further(matches, {*told, *(option.id for option in reply.options)}, entries)
    if told:
        last = next(item for item in reversed(matches) if answered(item) in told)
        asked = last.asked if last.parts else last.query.asked or entries[told[-1]].question
        return Context(told[-1], asked, told, offered, further or before.further, 0, 0, day)
    missed = before.misses + 1 if reply.status == "none" else 0
    known = before.topic and reply.status != "clarify"
    asked = before.asked if known else "" if is_outside(matches[0]) else message
    return Context(before.topic, asked, (), offered, further, missed, before.age + 1, day)


def _related(reply: Reply) -> tuple[str, ...]:
    """What is numbered under a single answer."""
    return tuple(option.id for option in reply.answers[0].related)


def _further(matches: Sequence[Match], seen: set[str], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The candidates that came next, best first."""
    ranked = (item for matched in matches for item in matched.evidence if item.score >= LIKELY)
    names = dict.fromkeys(item.candidate.target.id for item in ranked)
    return tuple(name for name in names if name in entries and name not in seen)
