"""Which conversations a person has taken over from the bot, and what was said in a conversation, for whoever takes it over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.questionlog.record import TurnRecord
from bot.questionlog.store import Store
from bot.questionlog.tables import takeover, turn


@dataclass(frozen=True, slots=True)
class Takeovers:
    """The conversations in a store that were taken over. Every method raises UnreachableError and RefusedError as the store does."""

    store: Store

    def take(self, conversation: str, now: datetime) -> None:
        """Gives a conversation to a person; taking it twice changes nothing."""
        self._set(conversation, now, taken=True)

    def give_back(self, conversation: str, now: datetime) -> None:
        """Gives a conversation back to the bot; the next wish for a person is a new one."""
        self._set(conversation, now, taken=False)

    def taken(self) -> frozenset[str]:
        """The conversations that people have now."""
        with self.store.reading() as connection:
            return frozenset(connection.scalars(sa.select(takeover.c.conversation).where(takeover.c.taken)))

    def times(self, conversation: str) -> int:
        """How often a conversation was given back."""
        with self.store.reading() as connection:
            return connection.scalar(sa.select(takeover.c.times).where(takeover.c.conversation == conversation)) or 0

    def turns(self, conversation: str) -> list[TurnRecord]:
        """What was said in a conversation, oldest first."""
        wanted = sa.select(turn).where(turn.c.conversation == conversation).order_by(turn.c.at, turn.c.reply)
        with self.store.reading() as connection:
            return [TurnRecord(**row) for row in connection.execute(wanted).mappings()]

    def _set(self, conversation: str, now: datetime, *, taken: bool) -> None:
        row = {"conversation": conversation, "at": now, "taken": taken, "times": 0 if taken else 1}
        insert: Any = self.store.insert(takeover)
        values = {"at": now, "taken": taken, "times": takeover.c.times + row["times"]}
        with self.store.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=[takeover.c.conversation], set_=values), [row])
