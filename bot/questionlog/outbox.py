"""What has to be sent to other systems, kept in the database until the other side has it or it is given up.

A message is put once, under a key of its own. Whoever sends claims what is due, for a limited time: a sender that is killed loses its
claim, and the message is sent again under the same key, by which the other side can tell that it has it. Messages of one conversation to
one channel go out in the order in which they were put.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.questionlog.store import Store
from bot.questionlog.tables import ID_LENGTH, outgoing

State = Literal["waiting", "delivered", "failed"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message for a channel. `key` names it for ever: a second one with the same key is not kept. `body` is what JSON can hold.
    `recipient` is a pseudonym of who gets it, where their messages are counted."""

    key: str
    channel: str
    conversation: str | None
    body: Mapping[str, Any]
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A message to be sent now. `attempts` counts this one too; `at` is when it was put."""

    number: int
    attempts: int
    at: datetime
    message: Outgoing


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Numbers of messages that wait, and that were given up. `oldest` is when the first of those that wait was put."""

    waiting: int = 0
    failed: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that was given up: what it was, when it was put, how often it was tried and the last fault."""

    key: str
    channel: str
    at: datetime
    attempts: int
    fault: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """The messages in a store. Times are aware. Every method raises UnreachableError and RefusedError as the store does."""

    store: Store

    def put(self, messages: Sequence[Outgoing], now: datetime) -> None:
        """Keeps messages to be sent at once: all of them or none. One whose key is there already is left as it is."""
        rows = [_row(item, now) for item in messages]
        if rows:
            with self.store.writing() as connection:
                connection.execute(self.store.insert(outgoing).on_conflict_do_nothing(), rows)

    def count(self, channel: str, since: datetime, *, conversation: str | None = None, recipient: str | None = None) -> int:
        """How many messages of a conversation, or for a recipient, were put for a channel since a time."""
        whose = outgoing.c.recipient == recipient if recipient else outgoing.c.conversation == conversation
        same = (outgoing.c.channel == channel) & (outgoing.c.at >= since) & whose
        with self.store.reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(outgoing).where(same)) or 0

    def claim(self, now: datetime, lease: timedelta, most: int) -> list[Due]:
        """Up to `most` messages that are due, oldest first, which nobody else gets before the lease is over."""
        earlier = outgoing.alias()
        first = ~sa.exists().where(
            (earlier.c.conversation == outgoing.c.conversation)
            & (earlier.c.channel == outgoing.c.channel)
            & (earlier.c.state == "waiting")
            & (earlier.c.number < outgoing.c.number)
        )
        wanted = sa.select(outgoing).where(outgoing.c.state == "waiting", outgoing.c.due <= now, first).order_by(outgoing.c.number)
        with self.store.reading() as connection:
            rows = connection.execute(wanted.limit(most)).mappings().all()
        if not rows:
            return []
        with self.store.writing() as connection:
            return [_due(row) for row in rows if self._taken(connection, row, now + lease)]

    def _taken(self, connection: sa.Connection, row: Mapping[Any, Any], until: datetime) -> bool:
        """Whether a message is ours now: another sender that was quicker has moved its time."""
        same = (outgoing.c.number == row["number"]) & (outgoing.c.attempts == row["attempts"]) & (outgoing.c.state == "waiting")
        return connection.execute(sa.update(outgoing).where(same).values(due=until, attempts=row["attempts"] + 1)).rowcount == 1

    def delivered(self, due: Due) -> None:
        """Notes that the other side has a message. Its key is remembered, its text is not."""
        self._change(due, state="delivered", body="{}", fault=None)

    def postponed(self, due: Due, until: datetime, fault: str) -> None:
        """Notes why an attempt failed, and when the next is due."""
        self._change(due, due=until, fault=fault[:ID_LENGTH])

    def failed(self, due: Due, fault: str) -> None:
        """Gives a message up; it stays until it expires or is sent again by `again`."""
        self._change(due, state="failed", fault=fault[:ID_LENGTH])

    def again(self, now: datetime) -> int:
        """Makes all messages that were given up due again, as if they were new; their number."""
        values = {"state": "waiting", "attempts": 0, "due": now, "at": now}
        with self.store.writing() as connection:
            return connection.execute(sa.update(outgoing).where(outgoing.c.state == "failed").values(**values)).rowcount

    def state(self) -> OutboxState:
        """How many messages wait, and how many were given up."""
        open_ones = outgoing.c.state.in_(("waiting", "failed"))
        counted = sa.select(outgoing.c.state, sa.func.count(), sa.func.min(outgoing.c.at)).where(open_ones).group_by(outgoing.c.state)
        with self.store.reading() as connection:
            found = {state: (count, oldest) for state, count, oldest in connection.execute(counted)}
        waiting, oldest = found.get("waiting", (0, None))
        return OutboxState(waiting, found.get("failed", (0, None))[0], oldest)

    def failures(self) -> list[Failure]:
        """The messages that were given up, the latest first."""
        columns = (outgoing.c.key, outgoing.c.channel, outgoing.c.at, outgoing.c.attempts, outgoing.c.fault)
        wanted = sa.select(*columns).where(outgoing.c.state == "failed").order_by(outgoing.c.at.desc(), outgoing.c.number.desc())
        with self.store.reading() as connection:
            return [Failure(*row) for row in connection.execute(wanted)]

    def _change(self, claimed: Due, **values: Any) -> None:
        """Changes a message, unless it was claimed again meanwhile because our claim was over."""
        mine = (outgoing.c.number == claimed.number) & (outgoing.c.attempts == claimed.attempts)
        with self.store.writing() as connection:
            connection.execute(sa.update(outgoing).where(mine).values(**values))


def _row(item: Outgoing, now: datetime) -> dict[str, Any]:
    kept = {
        "key": item.key,
        "channel": item.channel,
        "conversation": item.conversation,
        "recipient": item.recipient,
        "body": json.dumps(item.body),
    }
    return kept | {"at": now, "due": now, "attempts": 0, "state": "waiting", "fault": None}


def _due(row: Mapping[Any, Any]) -> Due:
    message = Outgoing(row["key"], row["channel"], row["conversation"], json.loads(row["body"]), row["recipient"])
    return Due(row["number"], row["attempts"] + 1, row["at"], message)
