"""The database of the question log: writes records and contexts, reads them, deletes expired ones, exports and erases conversations."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import ConnectionPoolEntry

from bot.questionlog import sqlite_file
from bot.questionlog.database_url import BEGIN, description, engine_of, file_of, url_of
from bot.questionlog.errors import RefusedError, UnreachableError
from bot.questionlog.everything import everything_of
from bot.questionlog.record import FeedbackRecord, QuestionRecord, Record, TurnRecord
from bot.questionlog.tables import DESK_TABLES, LOG_TABLES, answer, conversation, feedback, outgoing, question, takeover, turn

_LOCK = 0x66616374
"""The advisory lock under which PostgreSQL is migrated: "fact" in ASCII, so that no other application's is likely to be the same."""

_CHUNK = 2000
"""Rows deleted in one transaction, so that others wait for no more than about a tenth of a second."""

MOST_DELETED = 0.25
"""The share of the questions (or feedback) that one deletion of expired records may remove. With the shortest retention, one day, and
questions asked in eight hours of it, an hour holds an eighth of the log on average; a quarter leaves room for a busy one."""

_FEW = 10
"""Rows that may always be deleted, so that the last ones of a log go too."""

_CLOCK_SET_BACK = timedelta(minutes=1)
"""A stored context that is newer than another by more than this was stored before the clock was set back. Contexts of one conversation
that overtake each other do so within the second after which the service gives up storing one."""

_READING = {BEGIN: "BEGIN"}
_MIGRATIONS = Path(__file__).with_name("migrations")
_REFUSALS = (exc.DataError, exc.IntegrityError, UnicodeError, ValueError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Deleted:
    """Numbers of rows (questions, feedback and contexts): deleted, and expired but left for the next time."""

    count: int
    left: int


class Store:
    """A question log. It connects when it is first used, and then creates or migrates the tables.

    `timeout` is in seconds: no call waits longer for an answer of the database. Every method raises UnreachableError if the database
    cannot be used now, and RefusedError if it rejects a value. Threads may share a store; processes may not.
    """

    def __init__(self, address: str, *, timeout: float = 3.0) -> None:
        self.url = url_of(address)
        self.place = description(self.url)
        self._engine = engine_of(self.url, timeout)
        self._timeout, self._lock = timeout, Lock()
        self._ready = self._closed = False
        sa.event.listen(self._engine, "checkin", self._close_returned)

    def close(self) -> None:
        """Closes the connections: those in use by other threads, such as a writer's that is still waiting, when they are returned."""
        self._closed = True
        self._engine.dispose()

    def _close_returned(self, _connection: object, entry: ConnectionPoolEntry) -> None:
        # SQLAlchemy forgets a connection that is returned to a pool that was disposed of; it would stay open until it is collected.
        if self._closed:
            entry.invalidate()

    def exists(self) -> bool:
        """Whether there is a log: the tables in a SQLite file or in PostgreSQL. Creates and changes nothing."""
        with self._errors_translated():
            if file := file_of(self.url):
                return sqlite_file.holds_log(file)
            with self._engine.connect() as connection:
                return set(sa.inspect(connection).get_table_names()) >= LOG_TABLES

    def write(self, batch: Sequence[Record]) -> None:
        """Writes a batch as a whole or not at all. Questions that are already stored are left as they are, so a batch can be written
        again; of two verdicts on one reply, the later one is kept."""
        questions = [item for item in batch if isinstance(item, QuestionRecord)]
        answers = [row for item in questions for row in _answer_rows(item)]
        turns = [_row_of(turn, item) for item in batch if isinstance(item, TurnRecord)]
        with self.writing() as connection:
            for table, rows in ((question, [_row_of(question, item) for item in questions]), (answer, answers), (turn, turns)):
                if rows:
                    connection.execute(self.insert(table).on_conflict_do_nothing(), rows)
            if verdicts := [_row_of(feedback, item) for item in batch if isinstance(item, FeedbackRecord)]:
                connection.execute(self._upsert(feedback, feedback.c.reply), verdicts)

    def newest(self) -> datetime | None:
        """The time of the newest question; None if there is none."""
        with self.reading() as connection:
            found: datetime | None = connection.scalar(sa.select(sa.func.max(question.c.at)))
        return found

    def remember(self, conversation_id: str, context: Mapping[str, Any], at: datetime) -> None:
        """Stores the context of a conversation in place of an older one, or of one that seems newer because the clock was set back."""
        with self.writing() as connection:
            row = {"id": conversation_id, "context": json.dumps(context), "at": at}
            connection.execute(self._upsert(conversation, conversation.c.id, conversation.c.at > at + _CLOCK_SET_BACK), [row])

    def recall(self, conversation_id: str, not_before: datetime) -> Mapping[str, Any] | None:
        """The context of a conversation; None if there is none, or only one from before `not_before`."""
        wanted = sa.select(conversation.c.context).where(conversation.c.id == conversation_id, conversation.c.at >= not_before)
        with self.reading() as connection:
            text = connection.scalar(wanted)
            found: Mapping[str, Any] | None = json.loads(text) if text else None
        return found

    def delete_expired(self, before: datetime, contexts_before: datetime, most: float = MOST_DELETED) -> Deleted:
        """Deletes questions, feedback and what is known of handing over from before `before`, oldest first, but at most the share `most`
        (0..1) of each; and contexts and transcripts from before `contexts_before`. Feedback on a question that is not there (erased, or
        never written) goes with the contexts, since nobody could find it by its conversation."""
        orphaned = feedback.c.reply.not_in(sa.select(question.c.reply))
        results = (
            self._delete(question.c.reply, question.c.at < before, most),
            self._delete(feedback.c.reply, feedback.c.at < before, most),
            self._delete(feedback.c.reply, (feedback.c.at < contexts_before) & orphaned),
            self._delete(conversation.c.id, conversation.c.at < contexts_before),
            self._delete(turn.c.reply, turn.c.at < contexts_before),
            self._delete(outgoing.c.number, outgoing.c.at < before, most),
            self._delete(takeover.c.conversation, takeover.c.at < before, most),
        )
        return Deleted(sum(result.count for result in results), sum(result.left for result in results))

    def export(self, conversation_id: str) -> dict[str, Any]:
        """Everything stored of a conversation, as plain values: questions with answers and feedback, oldest first, the context,
        and the rows of each table of handing over."""
        with self.reading() as connection:
            return everything_of(connection, conversation_id)

    def erase(self, conversation_id: str) -> int:
        """Deletes everything stored of a conversation; returns the number of rows deleted."""
        replies = sa.select(question.c.reply).where(question.c.conversation == conversation_id)
        with self.writing() as connection:
            statements = (
                sa.delete(feedback).where(feedback.c.reply.in_(replies)),
                sa.delete(question).where(question.c.conversation == conversation_id),
                sa.delete(conversation).where(conversation.c.id == conversation_id),
                *(sa.delete(table).where(table.c.conversation == conversation_id) for table in DESK_TABLES),
            )
            count = sum(connection.execute(statement).rowcount for statement in statements)
        self._truncate_wal()
        return count

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection in a transaction that only reads."""
        with self._errors_translated():
            self._migrate()
            with self._engine.connect().execution_options(**_READING) as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection in a transaction that may write; it holds as a whole or not at all."""
        with self._errors_translated():
            self._migrate()
            with self._engine.begin() as connection:
                yield connection

    @contextmanager
    def _errors_translated(self) -> Iterator[None]:
        """Raises our errors for those of the database. Their cause is left out: it may contain values of a statement or a password."""
        try:
            yield
        except CommandError:
            raise UnreachableError(f"the question log at {self.place} was written by a newer version of Factotum.") from None
        except (exc.SQLAlchemyError, OSError, *_REFUSALS) as error:
            if isinstance(error, _REFUSALS) or isinstance(getattr(error, "orig", None), _REFUSALS):
                raise RefusedError(f"the question log refused a value ({_error_kind(error)}).") from None
            self._ready = False
            raise UnreachableError(f"the question log cannot be reached: {self.place} ({_error_kind(error)}).") from None

    def _migrate(self) -> None:
        """Migrates the tables when the database is first reached, and again after an error: by then it may be another database."""
        if self._ready:
            return
        if not self._lock.acquire(timeout=self._timeout):
            raise UnreachableError(f"the question log cannot be reached: {self.place} (another attempt to connect is still under way).")
        try:
            if not self._ready:
                self._upgrade()
                self._ready = True
        finally:
            self._lock.release()

    def _upgrade(self) -> None:
        """Runs the migrations. Processes that start together wait for the first.
        Raises UnreachableError if another program has such tables.
        """
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                self._check_encoding(connection)
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            if strange := _strange_tables(set(sa.inspect(connection).get_table_names())):
                raise UnreachableError(f"the question log at {self.place} has no place beside the tables of another program: {strange}.")
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            command.upgrade(config, "head")

    def _check_encoding(self, connection: sa.Connection) -> None:
        """Raises UnreachableError for a database that cannot hold every letter: the records with others would be refused one by one."""
        encoding = connection.scalar(sa.text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise UnreachableError(
                f"the question log cannot use {self.place}: its encoding is {encoding}. Create the database with ENCODING 'UTF8'."
            )

    def insert(self, table: sa.Table) -> Any:
        """Both dialects have ON CONFLICT, but there is no common base class with it."""
        return (sqlite if self.url.drivername == "sqlite" else postgresql).insert(table)

    def _upsert(self, table: sa.Table, key: sa.Column[Any], replaced: sa.ColumnElement[bool] | None = None) -> Any:
        """An INSERT that replaces a row that is not newer, or for which `replaced` holds."""
        insert = self.insert(table)
        values = {column.name: insert.excluded[column.name] for column in table.columns if column is not key}
        older = table.c.at <= insert.excluded.at
        return insert.on_conflict_do_update(index_elements=[key], set_=values, where=older if replaced is None else older | replaced)

    def _delete(self, key: sa.Column[Any], expired: sa.ColumnElement[bool], most: float = 1.0) -> Deleted:
        """Deletes expired rows, oldest first, up to the share `most` of the table, a chunk in each transaction."""
        table = key.table
        with self.reading() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            due = connection.scalar(sa.select(sa.func.count()).select_from(table).where(expired)) or 0
        limit, count = min(due, max(_FEW, math.ceil(most * total))), 0
        for start in range(0, limit, _CHUNK):
            oldest = sa.select(key).where(expired).order_by(table.c.at, key).limit(min(_CHUNK, limit - start))
            with self.writing() as connection:
                count += connection.execute(sa.delete(table).where(key.in_(oldest))).rowcount
        return Deleted(count, due - limit)

    def _truncate_wal(self) -> None:
        """Empties SQLite's write-ahead log, where erased text would remain for a while. If somebody is reading, it may stay until later."""
        if file_of(self.url):
            with self._errors_translated(), self._engine.connect().execution_options(**{BEGIN: ""}) as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _strange_tables(found: set[str]) -> str:
    """The names of the log's tables that are taken by another program: some are there, but not all of them."""
    taken = found & LOG_TABLES
    return "" if taken in (set(), LOG_TABLES) else ", ".join(sorted(taken))


def _row_of(table: sa.Table, item: Record) -> dict[str, Any]:
    return {column.name: getattr(item, column.name) for column in table.columns}


def _answer_rows(item: QuestionRecord) -> list[dict[str, Any]]:
    return [
        {"reply": item.reply, "position": position, "entry": entry.id, "version": entry.version, "score": entry.score}
        for position, entry in enumerate(item.answers)
    ]


def _error_kind(error: Exception) -> str:
    """The type and code of an error. Its own message is left out: it may contain a password or the text of a question."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return f"{type(cause).__name__}{f', {code}' if code else ''}"
