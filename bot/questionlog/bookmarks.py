"""How far something was read, such as a mailbox, and which process reads it: one at a time, and another if that one ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.questionlog.store import Store
from bot.questionlog.tables import bookmark


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a store by its name, as one reader, `owner`, sees it. Raises UnreachableError and RefusedError as the store does."""

    store: Store
    name: str
    owner: str

    def hold(self, now: datetime, lease: timedelta) -> bool:
        """Whether the place is ours until the lease is over; it is not while another reader holds it."""
        insert = self.store.insert(bookmark).on_conflict_do_nothing()
        free = (bookmark.c.name == self.name) & ((bookmark.c.owner == self.owner) | (bookmark.c.until <= now))
        with self.store.writing() as connection:
            connection.execute(insert, [{"name": self.name, "value": None, "owner": self.owner, "until": now + lease}])
            return connection.execute(sa.update(bookmark).where(free).values(owner=self.owner, until=now + lease)).rowcount == 1

    def read(self) -> str | None:
        """The place that was written last; None if there is none yet."""
        with self.store.reading() as connection:
            found: str | None = connection.scalar(sa.select(bookmark.c.value).where(bookmark.c.name == self.name))
        return found

    def write(self, value: str) -> None:
        """Moves the place."""
        with self.store.writing() as connection:
            connection.execute(sa.update(bookmark).where(bookmark.c.name == self.name).values(value=value))

    def release(self, now: datetime) -> None:
        """Lets another reader go on at once."""
        mine = (bookmark.c.name == self.name) & (bookmark.c.owner == self.owner)
        with self.store.writing() as connection:
            connection.execute(sa.update(bookmark).where(mine).values(until=now))
