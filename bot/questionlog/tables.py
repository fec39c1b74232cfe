"""The tables of the question log, as SQLAlchemy sees them. migrations/versions creates them; a test compares the two."""

from datetime import UTC, datetime

import sqlalchemy as sa

ID_LENGTH = 200
"""Longest id in characters: an index of PostgreSQL takes at most 2,704 bytes a row (a third of a page)."""

LOG_TABLES = frozenset({"question", "answer", "feedback", "conversation", "alembic_version"})
"""The tables that every version of the log has had, by which a database is recognised as one."""


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware time, stored and read as UTC, even if the database has no time zones (SQLite)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


metadata = sa.MetaData()

question = sa.Table(
    "question",
    metadata,
    sa.Column("reply", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("channel", sa.String(ID_LENGTH), nullable=False),
    sa.Column("conversation", sa.String(ID_LENGTH), index=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("status", sa.String(40), nullable=False),
    sa.Column("reason", sa.String(40)),
    sa.Column("score", sa.Float),
    sa.Column("kb", sa.String(ID_LENGTH), nullable=False),
    sa.Column("latency", sa.Float, nullable=False),
)

answer = sa.Table(
    "answer",
    metadata,
    sa.Column("reply", sa.ForeignKey("question.reply", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entry", sa.String(ID_LENGTH), nullable=False),
    sa.Column("version", sa.String(ID_LENGTH), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
)

feedback = sa.Table(
    "feedback",
    metadata,
    # No foreign key: feedback may arrive before its question is written.
    sa.Column("reply", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text),
)

conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)

turn = sa.Table(
    "turn",
    metadata,
    sa.Column("reply", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("conversation", sa.String(ID_LENGTH), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("replied", sa.Text, nullable=False),
)

outgoing = sa.Table(
    "outgoing",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(ID_LENGTH), nullable=False, index=True, unique=True),
    sa.Column("channel", sa.String(ID_LENGTH), nullable=False),
    sa.Column("conversation", sa.String(ID_LENGTH), index=True),
    sa.Column("recipient", sa.String(ID_LENGTH), index=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("due", Moment, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("state", sa.String(40), nullable=False, index=True),
    sa.Column("fault", sa.String(ID_LENGTH)),
)

takeover = sa.Table(
    "takeover",
    metadata,
    sa.Column("conversation", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("taken", sa.Boolean, nullable=False, index=True),
    sa.Column("times", sa.Integer, nullable=False),
)

bookmark = sa.Table(
    "bookmark",
    metadata,
    sa.Column("name", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("value", sa.Text),
    sa.Column("owner", sa.String(ID_LENGTH), nullable=False),
    sa.Column("until", Moment, nullable=False),
)

DESK_TABLES = (turn, outgoing, takeover)
"""What handing over to people keeps of a conversation: each has a column `conversation`."""
