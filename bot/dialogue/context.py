"""What a conversation carries from one message to the next, as one small JSON value."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

VERSION = 1
LASTS = 3
"""For how many further messages a topic can be meant by "it"."""

GONE = ""
"""What stands in a list of what was offered in place of an entry that the base no longer has: its number opens no other entry."""

_LONGEST = 300  # characters kept of a question
_MOST = 12  # ids kept of a list


TYPED = ("asked", "part", "story")
"""The fields of a context that hold what a person typed, or something made of it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What was talked about. All ids are those of entries.

    topic: the entry that was answered last; asked: the question that it answered, completed if need be. told: what the last reply
    answered, in order; offered: what it gave to choose from, by number; further: what may be offered if that was not meant. misses: how
    many replies in a row had no answer. age: how many messages ago the topic came up. part: the text that the last reply told where that
    was only a part of the topic's entry. story: what the person last told of what happened to them, in their words. day: of the last
    reply (YYYY-MM-DD).
    """

    topic: str | None = None
    asked: str = ""
    told: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    misses: int = 0
    age: int = 0
    part: str = ""
    story: str = ""
    day: str = ""


EMPTY = Context()


def just_told(context: Context, text: str) -> bool:
    """Whether the last reply told a part of an entry, and that was this text."""
    return bool(context.part) and text[:_LONGEST] == context.part[:_LONGEST]


def dump(context: Context) -> dict[str, Any]:
    """The context as plain values, small however long the conversation."""
    return {
        "version": VERSION,
        "topic": context.topic,
        "asked": context.asked[:_LONGEST],
        "told": list(context.told[:_MOST]),
        "offered": list(context.offered[:_MOST]),
        "further": list(context.further[:_MOST]),
        "misses": context.misses,
        "age": context.age,
        "part": context.part[:_LONGEST],
        "story": context.story[:_LONGEST],
        "day": context.day,
    }


def load(value: object, known: Mapping[str, object], today: date) -> Context:
    """The context that a value holds; what is not of the known form, names no known entry or is older than a day is as if nothing had
    been said. Never raises."""
    if not isinstance(value, Mapping) or value.get("version") != VERSION:
        return EMPTY
    given = {item.name: _read(value.get(item.name), item.default, known) for item in fields(Context)}
    context = Context(**given | {"offered": _numbered(value.get("offered"), known)})
    if not _recent(context.day, today):
        return EMPTY
    if context.age >= LASTS:
        return replace(EMPTY, misses=context.misses, day=context.day)
    topic = context.topic if context.topic in known else None
    told = {name: getattr(context, name)[:_LONGEST] for name in TYPED}
    return replace(context, topic=topic, **told)


def _read(value: object, default: object, known: Mapping[str, object]) -> Any:
    if isinstance(default, tuple):
        return tuple(item for item in value if item in known)[:_MOST] if isinstance(value, list) and _texts(value) else ()
    if isinstance(default, int):
        return value if isinstance(value, int) and 0 <= value < 1000 else 0
    return value if isinstance(value, str) else default


def _numbered(value: object, known: Mapping[str, object]) -> tuple[str, ...]:
    """What was offered, each in its place: an entry that is gone leaves its number empty."""
    return tuple(item if item in known else GONE for item in value)[:_MOST] if isinstance(value, list) and _texts(value) else ()


def _texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _recent(day: str, today: date) -> bool:
    try:
        return abs((today - date.fromisoformat(day)).days) <= 1
    except ValueError:
        return False
