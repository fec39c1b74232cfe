"""The question log -> who was told an entry as it was before it changed, so that they can be told what is right now."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.questionlog.store import Store
from bot.questionlog.tables import answer, question


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation that was told an old version of an entry: how often, when first and last, and whether it was told the present one
    later. `conversation` is a pseudonym; None stands for all replies that belong to no conversation."""

    conversation: str | None
    channel: str
    replies: int
    first: datetime
    last: datetime
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """Who was told `entry` in another version than `version`, the present one (None: the entry is no longer in the base, so that every
    version is an old one); the last told first. `versions` are the old ones with the number of replies."""

    entry: str
    version: str | None
    versions: tuple[tuple[str, int], ...]
    told: tuple[Told, ...]

    @property
    def replies(self) -> int:
        """How many replies told an old version."""
        return sum(item.replies for item in self.told)

    def as_values(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        told = [asdict(item) | {"first": item.first.isoformat(), "last": item.last.isoformat()} for item in self.told]
        return {"entry": self.entry, "version": self.version, "replies": self.replies, "versions": dict(self.versions), "told": told}


def affected(store: Store, entry: str, version: str | None, base: str | None = None) -> Affected:
    """Who was told an old version of an entry; in one base, if it is named (records of before 0.8 name none and count). Raises
    UnreachableError."""
    given = answer.c.entry == entry
    if base is not None:
        given &= (question.c.base == base) | question.c.base.is_(None)
    columns = (question.c.conversation, question.c.channel, question.c.at, answer.c.version)
    wanted = sa.select(*columns).join_from(answer, question).where(given).order_by(question.c.at, question.c.reply, answer.c.position)
    old: dict[str, int] = {}
    told: dict[tuple[str | None, str], Told] = {}
    with store.reading() as connection:
        for conversation, channel, at, given_version in connection.execute(wanted):
            key = (conversation, channel)
            if given_version != version:
                old[given_version] = old.get(given_version, 0) + 1
                before = told.get(key, Told(conversation, channel, 0, at, at))
                told[key] = replace(before, replies=before.replies + 1, last=at, corrected=False)
            elif key in told and conversation is not None:
                told[key] = replace(told[key], corrected=True)
    return Affected(entry, version, _ordered(old.items()), tuple(sorted(told.values(), key=lambda item: item.last, reverse=True)))


def _ordered(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))
