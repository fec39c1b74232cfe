"""The question log -> the entries that were given most often."""

from datetime import datetime

import sqlalchemy as sa

from bot.questionlog.store import Store
from bot.questionlog.tables import answer, question


def most_asked(store: Store, since: datetime, number: int) -> tuple[str, ...]:
    """The ids of at most `number` entries that were given as an answer since an aware time, the most frequent first. An entry that occurs
    twice in one reply is counted once. Raises UnreachableError."""
    times = sa.func.count(answer.c.reply.distinct())
    found = sa.select(answer.c.entry).join(question).where(question.c.at >= since).group_by(answer.c.entry)
    with store.reading() as connection:
        return tuple(connection.scalars(found.order_by(times.desc(), answer.c.entry).limit(number)))
