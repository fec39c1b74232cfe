"""The database of the question log: what is written, recalled, pruned, exported and erased there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite

from bot.questionlog.database_url import BEGIN, engine_of, file_of, place_of, url_of
from bot.questionlog.errors import RefusedError, UnreachableError
from bot.questionlog.record import Asked, Feedback, Record
from bot.questionlog.tables import answer, conversation, feedback, metadata, question

_LOCK = 0x66616374
"""The advisory lock under which PostgreSQL is migrated."""

_AT_ONCE = 2000
"""Rows that are pruned in one transaction, so that none takes long."""

_READING = {BEGIN: "BEGIN"}
_MIGRATIONS = Path(__file__).with_name("migrations")
_REFUSALS = (exc.DataError, exc.IntegrityError, UnicodeError, ValueError, TypeError, OverflowError)


class Store:
    """A question log at an address. It connects when it is first used, and makes or migrates the tables then.

    `patience` is in seconds: no call waits longer for an answer of the database. Every method raises UnreachableError if the database
    cannot be worked with now, and RefusedError if it refuses a value. Threads may share a store; processes may not.
    """

    def __init__(self, address: str, *, patience: float = 3.0) -> None:
        self.url = url_of(address)
        self.place = place_of(self.url)
        self._engine = engine_of(self.url, patience)
        self._patience, self._lock = patience, Lock()
        self._ready = False

    def close(self) -> None:
        """Closes the connections that are not in use."""
        self._engine.dispose()

    def exists(self) -> bool:
        """Whether there is a log: a file of SQLite, or the tables in PostgreSQL. Makes nothing."""
        if (file := file_of(self.url)) and not file.is_file():
            return False
        with self._told(), self._engine.connect().execution_options(**_READING) as connection:
            return set(metadata.tables) <= set(sa.inspect(connection).get_table_names())

    def write(self, batch: Sequence[Record]) -> None:
        """Writes a batch whole or not at all. What is there already stays, so that a batch can be written again; of two feedbacks to one
        reply the later holds."""
        asked = [item for item in batch if isinstance(item, Asked)]
        given = [row for item in asked for row in _answer_rows(item)]
        with self._writing() as connection:
            for table, rows in ((question, [_question_row(item) for item in asked]), (answer, given)):
                if rows:
                    connection.execute(self._insert(table).on_conflict_do_nothing(), rows)
            if said := [_feedback_row(item) for item in batch if isinstance(item, Feedback)]:
                connection.execute(self._latest(feedback, feedback.c.reply), said)

    def remember(self, conversation_id: str, context: Mapping[str, Any], at: datetime) -> None:
        """Keeps the context of a conversation in place of any other: the clock may have been set back since, so times give no order."""
        row = {"id": conversation_id, "context": json.dumps(context), "at": at}
        insert = self._insert(conversation)
        replaced = {name: insert.excluded[name] for name in ("context", "at")}
        with self._writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=[conversation.c.id], set_=replaced), [row])

    def recall(self, conversation_id: str, not_before: datetime) -> Mapping[str, Any] | None:
        """The context of a conversation; None if there is none as young as that."""
        wanted = sa.select(conversation.c.context).where(conversation.c.id == conversation_id, conversation.c.at >= not_before)
        with self.reading() as connection:
            text = connection.scalar(wanted)
        found: Mapping[str, Any] | None = json.loads(text) if text else None
        return found

    def prune(self, before: datetime, contexts_before: datetime) -> int:
        """Deletes what is older; gives the number of questions, feedbacks and contexts deleted. Feedback on a question that is not there
        (it was erased, or never written) goes with the contexts: nobody could ask for it by its conversation."""
        aged = (
            (question.c.reply, question.c.at < before),
            (feedback.c.reply, feedback.c.at < before),
            (feedback.c.reply, (feedback.c.at < contexts_before) & feedback.c.reply.not_in(sa.select(question.c.reply))),
            (conversation.c.id, conversation.c.at < contexts_before),
        )
        return sum(self._prune(key, old) for key, old in aged)

    def export(self, conversation_id: str) -> dict[str, Any]:
        """All that is kept of a conversation, as plain values: questions with answers and feedback, oldest first, and the context."""
        asked = sa.select(question).where(question.c.conversation == conversation_id).order_by(question.c.at, question.c.reply)
        context = sa.select(conversation.c.at, conversation.c.context).where(conversation.c.id == conversation_id)
        with self.reading() as connection:
            rows = [_plain(row) for row in connection.execute(asked).mappings().all()]
            for row in rows:
                row |= self._about(connection, row["reply"])
            kept = connection.execute(context).mappings().first()
        return {
            "conversation": conversation_id,
            "questions": rows,
            "context": kept and _plain(kept) | {"context": json.loads(kept["context"])},
        }

    def erase(self, conversation_id: str) -> int:
        """Deletes all that is kept of a conversation; gives the number of questions, feedbacks and contexts deleted."""
        replies = sa.select(question.c.reply).where(question.c.conversation == conversation_id)
        with self._writing() as connection:
            wanted = (
                sa.delete(feedback).where(feedback.c.reply.in_(replies)),
                sa.delete(question).where(question.c.conversation == conversation_id),
                sa.delete(conversation).where(conversation.c.id == conversation_id),
            )
            count = sum(connection.execute(statement).rowcount for statement in wanted)
        self._forget()
        return count

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection with a transaction that only reads."""
        with self._told():
            self._migrate()
            with self._engine.connect().execution_options(**_READING) as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._told():
            self._migrate()
            with self._engine.begin() as connection:
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database as ours. The cause is left out: it may carry values of a statement or an address."""
        try:
            yield
        except CommandError:
            raise UnreachableError(f"the question log at {self.place} has the tables of another version of Factotum.") from None
        except (exc.SQLAlchemyError, OSError, *_REFUSALS) as error:
            if isinstance(error, _REFUSALS) or isinstance(getattr(error, "orig", None), _REFUSALS):
                raise RefusedError(f"the question log refused a value ({_kind(error)}).") from None
            self._ready = False
            raise UnreachableError(f"the question log cannot be reached: {self.place} ({_kind(error)}).") from None

    def _migrate(self) -> None:
        """Brings the tables up to date when the database is first reached, or again after a fault: it may be another one by then."""
        if self._ready:
            return
        if not self._lock.acquire(timeout=self._patience):
            raise UnreachableError(f"the question log cannot be reached: {self.place} (others are still trying).")
        try:
            if not self._ready:
                self._upgrade()
                self._ready = True
        finally:
            self._lock.release()

    def _upgrade(self) -> None:
        """Runs the migrations; processes that start together wait for the first."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            command.upgrade(config, "head")

    def _insert(self, table: sa.Table) -> Any:
        """The two dialects share ON CONFLICT, but no base class that says so."""
        return (sqlite if self.url.drivername == "sqlite" else postgresql).insert(table)

    def _latest(self, table: sa.Table, key: sa.Column[Any]) -> Any:
        insert = self._insert(table)
        values = {column.name: insert.excluded[column.name] for column in table.columns if column is not key}
        return insert.on_conflict_do_update(index_elements=[key], set_=values, where=table.c.at <= insert.excluded.at)

    def _prune(self, key: sa.Column[Any], old: sa.ColumnElement[bool]) -> int:
        table = key.table
        oldest = sa.select(key).where(old).limit(_AT_ONCE)
        count = 0
        while True:
            with self._writing() as connection:
                found = connection.execute(sa.delete(table).where(key.in_(oldest))).rowcount
            count += found
            if found < _AT_ONCE:
                return count

    def _about(self, connection: sa.Connection, reply: str) -> dict[str, Any]:
        columns = (answer.c.entry, answer.c.version, answer.c.score)
        given = connection.execute(sa.select(*columns).where(answer.c.reply == reply).order_by(answer.c.position))
        said = connection.execute(sa.select(feedback.c.at, feedback.c.helpful, feedback.c.comment).where(feedback.c.reply == reply))
        judged = said.mappings().first()
        return {"answers": [dict(row) for row in given.mappings()], "feedback": judged and _plain(judged)}

    def _forget(self) -> None:
        """Empties the log of changes of SQLite, in which what was erased would stand for a while. Somebody who reads may put it off."""
        if file_of(self.url):
            with self._told(), self._engine.connect().execution_options(**{BEGIN: ""}) as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _question_row(item: Asked) -> dict[str, Any]:
    return {column.name: getattr(item, column.name) for column in question.columns}


def _answer_rows(item: Asked) -> list[dict[str, Any]]:
    return [
        {"reply": item.reply, "position": position, "entry": given.id, "version": given.version, "score": given.score}
        for position, given in enumerate(item.answers)
    ]


def _feedback_row(item: Feedback) -> dict[str, Any]:
    return {column.name: getattr(item, column.name) for column in feedback.columns}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _kind(error: Exception) -> str:
    """The kind of an error in a word or two; its own message may tell a password or what was asked."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return f"{type(cause).__name__}{f', {code}' if code else ''}"
