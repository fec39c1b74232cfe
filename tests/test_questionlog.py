"""The question log on real databases: SQLite in a folder, and PostgreSQL where FACTOTUM_TEST_POSTGRES (or this machine) has one.

The tables are created once for all tests and emptied for each. No test asserts a time: `until` waits for a condition.
"""

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
import questionlog as databases
import sqlalchemy as sa
from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from questionlog import POSTGRES, SECRET, Database

from bot.commands import log
from bot.errors import BotError, UsageError
from bot.questionlog import tables
from bot.questionlog.database_url import in_folder, url_of
from bot.questionlog.errors import DatabaseUrlError, RefusedError, UnreachableError
from bot.questionlog.expiry import Reading, Schedule
from bot.questionlog.outbox import Outbox, Outgoing
from bot.questionlog.record import AnswerRecord, FeedbackRecord, QuestionRecord, Record, TurnRecord
from bot.questionlog.report import EntryCount, Report, Statuses, Wording, report
from bot.questionlog.store import Deleted, Store
from bot.questionlog.tables import LOG_TABLES, metadata, question
from bot.questionlog.takeovers import Takeovers
from bot.questionlog.writer import Writer, WriterState
from bot.redaction.field import Field
from bot.redaction.redact import redact

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG = 60.0
"""Seconds after which something is taken to never happen, be the machine as busy as it may."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a schema with the tables of the log. Skips the test where no server answers."""
    with _postgres_schema() as address:
        with closing(Store(address)) as store:
            store.write([])
        yield address


@contextmanager
def _postgres_schema() -> Iterator[str]:
    with _on_postgres(databases.schema()) as address:
        yield address


@contextmanager
def _on_postgres(place: AbstractContextManager[str]) -> Iterator[str]:
    with ExitStack() as stack:
        try:
            address = stack.enter_context(place)
        except psycopg.OperationalError:
            pytest.skip("NOT TESTED ON POSTGRESQL: no server answers at FACTOTUM_TEST_POSTGRES (default 127.0.0.1:5432)")
        yield address


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of the log."""
    made = tmp_path_factory.mktemp("tables") / "questions.db"
    with closing(Store(str(made))) as store:
        store.write([])
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with empty tables."""
    if request.param == "sqlite":
        return str(shutil.copy(request.getfixturevalue("file"), tmp_path / "questions.db"))
    made: str = request.getfixturevalue("postgres")
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"TRUNCATE {', '.join(f'{_schema_of(made)}.{table}' for table in metadata.tables)}")
    return made


def _schema_of(address: str) -> str:
    return str(sa.make_url(address).query["application_name"])


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with closing(Store(address)) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables that can be stopped. It can be reached."""
    if request.param == "sqlite":
        yield _sqlite(tmp_path)
        return
    with _postgres_schema() as address, databases.forwarded(address) as (forwarder, through):
        forwarder.start()
        yield Database(through, forwarder.stop, forwarder.start)


def _sqlite(folder: Path) -> Database:
    log, gone = folder / "log", folder / "gone"

    def stop() -> None:
        if log.exists():
            log.rename(gone)
        log.touch()

    def start() -> None:
        log.unlink()
        if gone.exists():
            gone.rename(log)

    return Database(str(log / "questions.db"), stop, start)


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Starts processes by forking one that has imported what they need. It holds no thread and no connection of a test."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "questionlog"])
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("PYTHONPATH", str(Path(databases.__file__).parent))
        forkserver.ensure_running()
    return context


def asked(reply: str, **changes: Any) -> QuestionRecord:
    made = QuestionRecord(
        reply, NOON, "web", "c1", "what is a red notice", "answer", None, (AnswerRecord("red-notice", "v1", 91.5),), 91.5, "kb1", 12.25
    )
    return replace(made, **changes)


def replies(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(sa.select(question.c.reply).order_by(question.c.reply)))


def until(holds: Callable[[], object]) -> None:
    end = monotonic() + LONG
    while not holds():
        assert monotonic() < end, "this never became true"
        sleep(0.02)


@contextmanager
def writing(store: Store, told: list[str] | None = None, **changes: Any) -> Iterator[Writer]:
    """A writer that is closed in the end."""
    heard: list[str] = [] if told is None else told
    settings = {
        "redact": lambda text: redact(text, Field()),
        "clock": lambda: NOON,
        "retention_days": 30,
        "context_hours": 24,
        "warn": lambda message, *values: heard.append(message % values),
    } | changes
    writer = Writer(store, **settings)  # type: ignore[arg-type]
    try:
        yield writer
    finally:
        writer.close(0.3)


def run(processes: ForkServerContext, target: Callable[..., object], *calls: tuple[object, ...]) -> None:
    """Runs a function in a process for each tuple of arguments, all at once, and waits until they have ended well."""
    started = [processes.Process(target=target, args=call) for call in calls]
    for process in started:
        process.start()
    for process in started:
        process.join(2 * LONG)
        assert process.exitcode == 0


def test_every_field_comes_back(store: Store) -> None:
    at = "2026-11-20T12:00:00+00:00"
    two = (AnswerRecord("a", "v1", 90.5), AnswerRecord("b", "v2", 80.25))
    store.write([asked("r1", at=NOON.astimezone(), answers=two, conversation="c é", reason="ambiguous", status="clarify")])
    store.write([FeedbackRecord("r1", NOON + timedelta(seconds=1), helpful=False, comment="too long")])
    store.remember("c é", {"last": ["a"], "n": 1}, NOON)
    store.write([TurnRecord("r1", "c é", NOON, "what is a red notice", "A notice.")])
    Outbox(store).put([Outgoing("k1", "webhook", "c é", {"why": "danger"})], NOON)
    Takeovers(store).take("c é", NOON)
    assert store.export("c é") == {
        "conversation": "c é",
        "questions": [
            {
                "reply": "r1",
                "at": "2026-11-20T12:00:00+00:00",
                "channel": "web",
                "conversation": "c é",
                "question": "what is a red notice",
                "status": "clarify",
                "reason": "ambiguous",
                "score": 91.5,
                "kb": "kb1",
                "latency": 12.25,
                "answers": [{"entry": "a", "version": "v1", "score": 90.5}, {"entry": "b", "version": "v2", "score": 80.25}],
                "feedback": {"at": "2026-11-20T12:00:01+00:00", "helpful": False, "comment": "too long"},
            }
        ],
        "context": {"at": "2026-11-20T12:00:00+00:00", "context": {"last": ["a"], "n": 1}},
        "turn": [{"reply": "r1", "conversation": "c é", "at": at, "said": "what is a red notice", "replied": "A notice."}],
        "outgoing": [
            {
                "number": store.export("c é")["outgoing"][0]["number"],
                "key": "k1",
                "channel": "webhook",
                "conversation": "c é",
                "recipient": None,
                "body": '{"why": "danger"}',
                "at": at,
                "due": at,
                "attempts": 0,
                "state": "waiting",
                "fault": None,
            }
        ],
        "takeover": [{"conversation": "c é", "at": at, "taken": True, "times": 0}],
    }


@contextmanager
def connected(address: str) -> Iterator[sa.Connection]:
    """A connection of somebody else's."""
    engine = sa.create_engine(url_of(address))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_the_migrations_create_the_tables(empty: Database) -> None:
    with closing(Store(empty.address)) as store:
        assert not store.exists()
        store.write([])
        assert store.exists()
        with connected(empty.address) as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, metadata) == []
            assert set(sa.inspect(connection).get_table_names()) >= LOG_TABLES


def test_tables_of_a_later_version_are_reported(empty: Database) -> None:
    with closing(Store(empty.address)) as store:
        store.write([])
    with connected(empty.address) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with closing(Store(empty.address)) as late, pytest.raises(UnreachableError, match="newer version"):
        late.write([])


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(encoding: str) -> None:
    told = f"its encoding is {encoding}. Create the database with ENCODING 'UTF8'"
    with (
        _on_postgres(databases.database_in(encoding)) as address,
        closing(Store(address)) as store,
        pytest.raises(UnreachableError, match=told),
    ):
        store.write([asked("r1")])


FIRST_VERSION = (
    "INSERT INTO question VALUES ('r1', '2026-11-20 12:00:00.000000{zone}', 'web', 'c1', 'what is é', 'answer', NULL, 91.5, 'kb1', 12.25)",
    "INSERT INTO answer VALUES ('r1', 0, 'red-notice', 'v1', 91.5)",
    "INSERT INTO feedback VALUES ('r1', '2026-11-20 12:01:00.000000{zone}', true, 'thanks')",
    "INSERT INTO conversation VALUES ('c1', '{\"n\": 1}', '2026-11-20 12:00:00.000000{zone}')",
)
"""Rows as the first version wrote them; SQLite has no time zones. Never changed: later versions have to read them."""


def test_a_log_of_the_first_version_is_upgraded_with_its_rows(empty: Database) -> None:
    sqlite = url_of(empty.address).drivername == "sqlite"
    if sqlite:
        Path(empty.address).parent.mkdir()
    with connected(empty.address) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(tables.__file__).with_name("migrations")))
        alembic.upgrade(config, "0001")
        for row in FIRST_VERSION:
            connection.exec_driver_sql(row.replace("{zone}", "" if sqlite else "+00:00"))
    with closing(Store(empty.address)) as store:
        store.write([asked("r2")])
        first, second = store.export("c1")["questions"]
        assert (first["question"], first["at"], first["score"]) == ("what is é", "2026-11-20T12:00:00+00:00", 91.5)
        assert first["answers"] == [{"entry": "red-notice", "version": "v1", "score": 91.5}]
        assert first["feedback"] == {"at": "2026-11-20T12:01:00+00:00", "helpful": True, "comment": "thanks"}
        assert second["reply"] == "r2"
        assert store.recall("c1", NOON) == {"n": 1}
        assert report(store, NOON.date(), NOON.date(), NOON).helpful == 1


def test_a_backup_made_while_records_are_written_can_be_restored(tmp_path: Path, processes: ForkServerContext) -> None:
    """SQLite's own backup, as `sqlite3 FILE '.backup COPY'` makes it."""
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    with closing(Store(str(live))) as store:
        process = processes.Process(target=databases.write_until_killed, args=(str(live),))
        process.start()
        until(lambda: replies(store))
        with closing(sqlite3.connect(live, timeout=LONG)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        process.kill()
        process.join(LONG)
        with closing(Store(str(copy))) as restored:
            found = replies(restored)
            assert found
            assert found == replies(store)[: len(found)]
            restored.write([asked("next")])
            assert replies(restored) == [*found, "next"]


@pytest.mark.skipif(not (shutil.which("pg_dump") and shutil.which("psql")), reason="pg_dump and psql are not installed")
def test_a_dump_of_postgresql_can_be_restored() -> None:
    with _postgres_schema() as address, closing(Store(address)) as store:
        store.write(ROWS)
        before, name = report(store, SINCE, UNTIL, NOON), _schema_of(address)
        dumped = subprocess.run(["pg_dump", f"--schema={name}", POSTGRES], stdout=subprocess.PIPE, timeout=LONG, check=True)
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            databases.end_connections(server, name)
            server.execute(f"DROP SCHEMA {name} CASCADE")
        restore = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", POSTGRES]
        subprocess.run(restore, input=dumped.stdout, stdout=subprocess.DEVNULL, timeout=LONG, check=True)
        assert report(store, SINCE, UNTIL, NOON) == before
        store.write([asked("next")])
        assert "next" in replies(store)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "questions.db"
    with closing(Store(str(file))) as store, store.reading():
        store.write([asked("r1")])
        files = list(file.parent.iterdir())
        assert len(files) == 3, "the file, its log of changes and its index"
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_processes_that_start_and_write_at_once_lose_nothing(empty: Database, processes: ForkServerContext) -> None:
    run(processes, databases.write, *((empty.address, name, 400) for name in "abc"))
    with closing(Store(empty.address)) as store:
        assert replies(store) == [f"{name}-{number:04}" for name in "abc" for number in range(400)]


def test_nothing_is_lost_at_the_end(store: Store) -> None:
    with writing(store) as writer:
        assert all(writer.put(asked(f"r{number:04}")) for number in range(1000))
        assert writer.close(LONG) == 0
        assert writer.state() == WriterState(working=False, error=None, waiting=0, written=1000, dropped=0)
        assert not writer.put(asked("late"))
    assert len(replies(store)) == 1000


def test_a_killed_process_leaves_all_that_was_written_and_a_log_that_works(
    store: Store, address: str, processes: ForkServerContext
) -> None:
    process = processes.Process(target=databases.write_until_killed, args=(address,))
    process.start()
    until(lambda: len(replies(store)) > 100)
    before = replies(store)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join(LONG)
    store.close()
    until(lambda: not databases.connected(address))
    with closing(Store(address)) as another, writing(another) as writer:
        after = replies(another)
        assert after[: len(before)] == before
        assert after == [f"{number:06}" for number in range(len(after))], "no gap before the end"
        writer.put(asked("next"))
        assert writer.close(LONG) == 0
        assert replies(another) == [*after, "next"]


@pytest.mark.parametrize("left", ["an empty file", "a file without tables", "a write-ahead log"])
def test_what_a_killed_process_leaves_of_a_new_file_is_used(left: str, tmp_path: Path, file: Path) -> None:
    database = tmp_path / "questions.db"
    if left == "an empty file":
        database.touch()
    else:
        with closing(sqlite3.connect(database)) as killed:
            killed.execute("PRAGMA journal_mode = WAL")
    if left == "a write-ahead log":
        with closing(sqlite3.connect(database)) as killed, closing(sqlite3.connect(file)) as whole:
            whole.backup(killed)
            for side in ("", "-wal", "-shm"):
                shutil.copy(f"{database}{side}", tmp_path / f"copy.db{side}")
        database = tmp_path / "copy.db"
        assert database.with_name("copy.db-wal").stat().st_size, "the tables are in the write-ahead log alone"
    with closing(Store(str(database))) as store:
        assert store.exists() == (left == "a write-ahead log")
        store.write([asked("r1")])
        assert replies(store) == ["r1"]


def test_a_database_that_is_down_at_the_start_and_again_later_gets_all_in_order(empty: Database) -> None:
    empty.stop()
    told: list[str] = []
    with closing(Store(empty.address)) as store, writing(store, told) as writer:
        for number in range(3):
            assert writer.put(asked(f"r{number}"))
        until(lambda: writer.state().error)
        assert not writer.state().working
        empty.start()
        until(lambda: writer.state() == WriterState(working=True, error=None, waiting=0, written=3, dropped=0))
        empty.stop()
        writer.put(asked("r3"))
        until(lambda: writer.state().error)
        empty.start()
        writer.put(asked("r4"))
        assert writer.close(LONG) == 0
        assert replies(store)[:3] == ["r0", "r1", "r2"]
        assert replies(store)[-1] == "r4"
    assert SECRET not in "".join(told)
    assert "red notice" not in "".join(told)
    assert len(told) == 4, "an error is reported when it begins and when it ends"


def test_a_file_that_takes_the_place_of_the_log_is_written_to_instead(tmp_path: Path) -> None:
    log = tmp_path / "q.db"
    with closing(Store(str(log))) as store:
        store.write([asked("r1")])
        log.rename(tmp_path / "moved.db")
        with pytest.raises(UnreachableError):
            store.write([asked("r2")])
        store.write([asked("r2")])
        assert replies(store) == ["r2"]


def test_connections_that_the_server_ends_are_made_anew(store: Store) -> None:
    store.write([asked("r1")])
    if store.url.get_backend_name() == "postgresql":
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            databases.end_connections(server, str(store.url.query["application_name"]))
    store.write([asked("r2")])
    assert replies(store) == ["r1", "r2"]


def test_tables_that_are_gone_are_created_again(empty: Database) -> None:
    with closing(Store(empty.address)) as store:
        store.write([asked("r1")])
        with connected(empty.address) as connection:
            metadata.drop_all(connection)
            connection.execute(sa.text("DROP TABLE alembic_version"))
        with pytest.raises(UnreachableError):
            store.write([asked("r2")])
        store.write([asked("r2")])
        assert replies(store) == ["r2"]


def test_a_server_that_hangs_is_given_up(postgres: str) -> None:
    with (
        databases.forwarded(postgres) as (forwarder, address),
        closing(Store(address, timeout=0.5)) as store,
        ThreadPoolExecutor() as threads,
    ):
        forwarder.start()
        assert store.recall("nobody", NOON) is None
        forwarder.hanging = True
        try:
            assert isinstance(threads.submit(store.recall, "nobody", NOON).exception(LONG), UnreachableError)
        finally:
            forwarder.hanging = False
        assert store.recall("nobody", NOON) is None


def test_records_above_the_limit_are_dropped_and_put_does_not_wait(empty: Database) -> None:
    empty.stop()
    with closing(Store(empty.address)) as store, writing(store, max_waiting=50) as writer:
        taken = [writer.put(asked(f"r{number:02}")) for number in range(80)]
        assert taken == [True] * 50 + [False] * 30
        assert (writer.state().waiting, writer.state().dropped) == (50, 30)
        assert writer.close(0.3) == 50
        empty.start()


def test_put_does_not_wait_for_a_locked_database(store: Store, address: str) -> None:
    with connected(address) as lock, writing(store) as writer, ThreadPoolExecutor() as threads:
        lock.execute(sa.text("BEGIN IMMEDIATE" if lock.dialect.name == "sqlite" else "LOCK TABLE question"))
        taken = threads.submit(lambda: [writer.put(asked(f"r{number}")) for number in range(20)])
        assert taken.result(LONG) == [True] * 20
        assert writer.state().written == 0
        lock.rollback()
        assert writer.close(LONG) == 0
        assert len(replies(store)) == 20


BAD: dict[str, Any] = {
    "a lone surrogate": {"channel": "\udc80"},
    "a time without a zone": {"at": datetime(2026, 11, 20)},
    "no status": {"status": None},
    "no text": {"question": None},
}


def test_a_connection_in_use_is_closed_after_the_store(store: Store) -> None:
    with store.reading() as connection:
        raw: Any = connection.connection.driver_connection
        store.close()
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        raw.execute("SELECT 1")


def test_bad_records_do_not_block_the_rest(store: Store) -> None:
    told: list[str] = []
    with writing(store, told) as writer:
        for number, changes in enumerate(BAD.values()):
            writer.put(asked(f"good{number}"))
            writer.put(asked(f"bad{number}", **changes))
        writer.put(asked("last"))
        assert writer.close(LONG) == 0
        assert (writer.state().written, writer.state().dropped) == (5, 4)
    assert replies(store) == ["good0", "good1", "good2", "good3", "last"]
    assert len(told) == 4
    assert "red notice" not in "".join(told)


def test_what_is_written_is_without_personal_data(store: Store) -> None:
    with writing(store) as writer:
        writer.put(asked("r1", question="mail john@example.com or call +44 20 7946 0958"))
        writer.put(FeedbackRecord("r1", NOON, helpful=True, comment="my name is John Smith\x1b[31m"))
        writer.put(asked("r2", question="why " * 1200 + "07911 123456"))
        assert writer.close(LONG) == 0
    first, second = store.export("c1")["questions"]
    assert first["question"] == "mail [e-mail] or call [phone]"
    assert first["feedback"]["comment"] == "my name is [name]"
    assert len(second["question"]) < 4010


def test_a_batch_can_be_written_again(store: Store) -> None:
    batch: list[Record] = [asked("r1"), asked("r2"), FeedbackRecord("r1", NOON, helpful=True)]
    for _ in range(2):
        store.write(batch)
    store.write([asked("r1", question="another"), asked("r3")])
    assert replies(store) == ["r1", "r2", "r3"]
    assert [row["question"] for row in store.export("c1")["questions"]] == ["what is a red notice"] * 3
    assert [len(row["answers"]) for row in store.export("c1")["questions"]] == [1, 1, 1]


def test_a_batch_is_written_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(RefusedError):
        store.write([asked("r1"), asked("r2", status=None)])
    assert replies(store) == []


def test_the_last_feedback_holds_and_may_come_first(store: Store) -> None:
    later = FeedbackRecord("r1", NOON + timedelta(minutes=1), helpful=False, comment="no")
    store.write([later])
    store.write([asked("r1"), FeedbackRecord("r1", NOON, helpful=True)])
    (row,) = store.export("c1")["questions"]
    assert row["feedback"] == {"at": "2026-11-20T12:01:00+00:00", "helpful": False, "comment": "no"}


def test_a_context_is_recalled_while_it_is_young(store: Store) -> None:
    store.remember("c1", {"n": 1}, NOON)
    store.remember("c1", {"n": 2}, NOON + timedelta(seconds=1))
    assert store.recall("c1", NOON) == {"n": 2}
    assert store.recall("c1", NOON + timedelta(seconds=2)) is None
    assert store.recall("c2", NOON) is None


def test_a_context_replaces_one_from_before_the_clock_was_set_back(store: Store) -> None:
    store.remember("c1", {"topic": "old"}, NOON)
    store.remember("c1", {"topic": "new"}, NOON - timedelta(hours=3))
    assert store.recall("c1", NOON - timedelta(hours=27)) == {"topic": "new"}


def test_a_context_that_was_damaged_by_hand_is_refused(store: Store, address: str) -> None:
    store.remember("c1", {}, NOON)
    with connected(address) as connection:
        connection.execute(sa.text("UPDATE conversation SET context = '{'"))
    with pytest.raises(RefusedError):
        store.recall("c1", NOON)
    with pytest.raises(RefusedError):
        store.export("c1")


def test_expired_records_are_deleted(store: Store) -> None:
    old = NOON - timedelta(days=31)
    store.write([asked("old", at=old), asked("new"), FeedbackRecord("old", old, helpful=True), FeedbackRecord("nobody", old, helpful=True)])
    store.remember("c1", {}, NOON - timedelta(hours=25))
    store.remember("c2", {}, NOON)
    with writing(store):
        until(lambda: replies(store) == ["new"] and not store.recall("c1", old))
    assert store.export("c1")["context"] is None
    assert store.recall("c2", NOON) == {}
    assert store.delete_expired(NOON, NOON) == Deleted(0, 0)


def test_feedback_that_nobody_could_ask_for_is_deleted_with_the_contexts(store: Store) -> None:
    verdicts = [FeedbackRecord("here", NOON, helpful=True), FeedbackRecord("erased", NOON, helpful=False, comment="so")]
    store.write([asked("here"), *verdicts])
    assert store.delete_expired(NOON - timedelta(days=30), NOON).count == 0
    assert store.delete_expired(NOON - timedelta(days=30), NOON + timedelta(seconds=1)).count == 1
    assert store.export("c1")["questions"][0]["feedback"]


def test_one_deletion_removes_at_most_a_quarter_oldest_first(store: Store) -> None:
    store.write([asked(f"r{number:03}", at=NOON + timedelta(minutes=number)) for number in range(100)])
    assert store.delete_expired(NOON + timedelta(days=1), NOON) == Deleted(25, 75)
    assert replies(store) == [f"r{number:03}" for number in range(25, 100)]
    assert store.delete_expired(NOON + timedelta(days=1), NOON, 0.1).count == 10, "several workers share the quarter"
    for _ in range(10):
        store.delete_expired(NOON + timedelta(days=1), NOON)
    assert replies(store) == [], "the last ones go too"


class Clocks:
    """A wall clock and a monotonic counter that a test sets, both at once."""

    def __init__(self) -> None:
        self.at = Reading(NOON, 0.0)

    def set(self, wall: datetime, hours: float) -> None:
        self.at = Reading(wall, 3600.0 * hours)

    def both(self) -> dict[str, Any]:
        return {"clock": lambda: self.at.wall, "elapsed": lambda: self.at.elapsed}


def log_something(writer: Writer, clocks: Clocks) -> None:
    """Wakes the writer up, and waits until it has written and looked at the clock."""
    count = writer.state().written
    writer.put(asked(f"at {clocks.at.elapsed}", at=clocks.at.wall))
    until(lambda: writer.state().written == count + 1)


def test_expired_records_are_deleted_every_hour(store: Store) -> None:
    clocks = Clocks()
    with writing(store, **clocks.both()) as writer:
        log_something(writer, clocks)
        clocks.set(NOON + timedelta(days=31), 31 * 24)
        log_something(writer, clocks)
        until(lambda: replies(store) == [f"at {31 * 24 * 3600.0}"])


def test_a_clock_that_is_ahead_for_a_while_deletes_nothing(store: Store) -> None:
    store.write([asked(f"r{number:02}") for number in range(20)])
    clocks, told = Clocks(), list[str]()
    with writing(store, told, **clocks.both()) as writer:
        log_something(writer, clocks)
        clocks.set(NOON + timedelta(days=400), 0.1)
        log_something(writer, clocks)
        clocks.set(NOON + timedelta(days=400, hours=2), 2.1)
        log_something(writer, clocks)
        clocks.set(NOON + timedelta(hours=3), 3)
        log_something(writer, clocks)
        clocks.set(NOON + timedelta(hours=4), 4)
        log_something(writer, clocks)
        assert len(replies(store)) == 25
        assert sum("the clock was set to" in line for line in told) == 2
        clocks.set(NOON + timedelta(days=31), 31 * 24)
        log_something(writer, clocks)
        until(lambda: len(replies(store)) < 25)


def test_a_clock_that_is_ahead_at_the_start_deletes_nothing(store: Store) -> None:
    store.write([asked(f"r{number:02}") for number in range(40)])
    clocks, told = Clocks(), list[str]()
    clocks.set(NOON + timedelta(days=400), 0)
    with writing(store, told, **clocks.both()) as writer:
        log_something(writer, clocks)
        clocks.set(NOON + timedelta(days=400, hours=11), 11)
        log_something(writer, clocks)
        assert len(replies(store)) == 42
        assert "its newest record is from 2026-11-20" in told[0]
        clocks.set(NOON + timedelta(days=400, hours=13), 13)
        log_something(writer, clocks)
        until(lambda: len(told) == 2)
        assert "11 expired records were deleted and 29 are left" in told[1]
        assert len(replies(store)) == 32


def test_a_clock_that_is_set_back_does_not_stop_deletion(store: Store) -> None:
    clocks = Clocks()
    with writing(store, **clocks.both()) as writer:
        log_something(writer, clocks)
        clocks.set(NOON - timedelta(days=365), 0.1)
        log_something(writer, clocks)
        store.write([asked("old", at=NOON - timedelta(days=400))])
        clocks.set(NOON - timedelta(days=364), 24.1)
        log_something(writer, clocks)
        until(lambda: "old" not in replies(store))


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOLDS = {
    "an empty log": (None, [], 0.0),
    "a record a minute ago": (NOON - timedelta(minutes=1), [], 0.0),
    "a quiet night": (NOON - 9 * HOUR, [], 9.0),
    "a quiet week": (NOON - 7 * DAY, [], 12.0),
    "records from the future": (NOON + 400 * DAY, [], 12.0),
    "an even clock": (None, [(NOON + HOUR, 1.0), (NOON + 50 * DAY, 50 * 24.0)], 0.0),
    "a leap second": (None, [(NOON + HOUR - timedelta(seconds=1), 1.0)], 0.0),
    "an hour ahead": (None, [(NOON + 2 * HOUR, 1.0)], 1.0),
    "ahead and back": (None, [(NOON + 2 * HOUR, 1.0), (NOON + 2 * HOUR, 2.0)], 1.0),
    "a night asleep": (None, [(NOON + 9 * HOUR, 1.0)], 8.0),
    "a year ahead": (None, [(NOON + 365 * DAY, 1.0)], 12.0),
    "a year back": (None, [(NOON - 365 * DAY, 1.0)], 12.0),
    "a year ahead, half a day ago": (None, [(NOON + 365 * DAY, 1.0), (NOON + 365 * DAY + 12 * HOUR, 13.0)], 0.0),
}


@pytest.mark.parametrize("case", HOLDS.values(), ids=HOLDS)
def test_deletion_waits_after_clocks_disagreed(case: tuple[datetime | None, list[tuple[datetime, float]], float]) -> None:
    newest, readings, hours = case
    schedule = Schedule.start(Reading(NOON, 0.0), newest)
    for wall, passed in readings:
        schedule = schedule.observe(Reading(wall, 3600 * passed))
    assert schedule.hold() == timedelta(hours=hours)
    assert schedule.is_due() == (hours == 0)


def test_a_conversation_is_erased_and_no_other(store: Store, address: str) -> None:
    word = "quicksilver"
    store.write(
        [asked("r1", question=word), asked("r2", conversation="c2"), *(FeedbackRecord(name, NOON, helpful=True) for name in ("r1", "r2"))]
    )
    store.remember("c1", {"word": word}, NOON)
    store.write([TurnRecord("r1", "c1", NOON, word, word)])
    Outbox(store).put([Outgoing("k1", "webhook", "c1", {"said": word}), Outgoing("k2", "webhook", "c2", {})], NOON)
    Takeovers(store).take("c1", NOON)
    assert store.erase("c1") == 6
    assert store.erase("c1") == 0
    assert store.export("c1") == {"conversation": "c1", "questions": [], "context": None, "turn": [], "outgoing": [], "takeover": []}
    assert [item["key"] for item in store.export("c2")["outgoing"]] == ["k2"]
    assert store.export("c2")["questions"][0]["feedback"]
    if store.url.get_backend_name() == "sqlite":
        files = Path(address).parent.iterdir()
        assert not any(word.encode() in file.read_bytes() for file in files), "not in free pages or the log of changes either"


ROWS: tuple[Record, ...] = (
    asked("r1", latency=10.0),
    asked("r2", latency=20.0, channel="mail", answers=(AnswerRecord("red-notice", "v1", 90.0), AnswerRecord("diffusion", "v1", 80.0))),
    asked("r3", latency=30.0, answers=(AnswerRecord("diffusion", "v1", 80.0),) * 2, conversation="c2"),
    asked("r4", latency=40.0, status="none", reason="out-of-scope", answers=(), question="How do I bake bread?", conversation=None),
    asked("r5", latency=50.0, status="none", reason="below-threshold", answers=(), question="how do i  bake BREAD"),
    asked("r6", latency=60.0, status="handoff", reason="third-miss", answers=(), question="How do I bake bread?"),
    asked("r7", latency=70.0, status="handoff", reason="asked-for-human", answers=(), question="a human please"),
    asked("r8", latency=80.0, status="clarify", reason="ambiguous", answers=(), question="notice"),
    asked("r9", latency=90.0, status="smalltalk", answers=(), question="hello"),
    asked(
        "r10",
        latency=100.0,
        status="none",
        reason="gibberish",
        answers=(),
        question="asdf",
        at=datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC),
    ),
    asked("before", at=datetime(2026, 11, 18, 23, 59, 59, 999999, tzinfo=UTC)),
    asked("after", at=datetime(2026, 11, 21, tzinfo=UTC)),
    FeedbackRecord("r1", NOON, helpful=True),
    FeedbackRecord("r2", NOON, helpful=False),
    FeedbackRecord("r3", NOON, helpful=True),
    FeedbackRecord("before", NOON - timedelta(days=9), helpful=True),
)
SINCE, UNTIL = date(2026, 11, 19), date(2026, 11, 20)
EXPECTED = Report(
    since=SINCE,
    until=UNTIL,
    questions=10,
    conversations=2,
    statuses=Statuses(answered=3, asked_back=1, refused=3, handed_over=2, small_talk=1),
    channels=(("web", 9), ("mail", 1)),
    helpful=2,
    unhelpful=1,
    entries=(EntryCount("diffusion", 2, 1, 1), EntryCount("red-notice", 2, 1, 1)),
    unanswered=(
        Wording("How do I bake bread?", 3, ("below-threshold", "out-of-scope", "third-miss")),
        Wording("asdf", 1, ("gibberish",)),
    ),
    asked_back=(Wording("notice", 1, ("ambiguous",)),),
    latency_median=50.0,
    latency_95=100.0,
)


def test_the_report_counts_right(store: Store) -> None:
    store.write(ROWS)
    assert report(store, SINCE, UNTIL, NOON) == EXPECTED


def test_a_report_on_nothing(store: Store) -> None:
    found = report(store, SINCE, UNTIL, NOON)
    assert (found.questions, found.latency_median, found.entries, found.unanswered) == (0, None, (), ())


def command(*arguments: str) -> None:
    assert log.run(list(arguments), date.today) == 0


def test_the_command_tells_the_report(store: Store, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.write([*ROWS, asked("evil", status="none", reason="gibberish", answers=(), question="a\x1b]0;x\x07\x9b31m\nb")])
    days = ("--since", "2026-11-19", "--until", "2026-11-20")
    command("--database", address, *days, "--most", "2")
    out = capsys.readouterr().out
    told = (
        "Questions from 2026-11-19 to 2026-11-20 (UTC): 11",
        "answered 3 (27%)",
        "1. diffusion: 2 times, helpful 1, unhelpful 1",
        "Questions without an answer, 2 of 3 shown:",
        "1. 3 times (below-threshold, out-of-scope, third-miss): How do I bake bread?",
        "median 50.0 ms",
    )
    assert [line for line in told if line not in out] == []
    assert not {"\x1b", "\x07", "\x9b"} & set(out)
    command("--database", address, *days, "--json")
    assert json.loads(capsys.readouterr().out)["statuses"]["handed_over"] == 2


def test_the_command_exports_and_erases(store: Store, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.write(ROWS)
    command("--database", address, "--export", "c2")
    assert json.loads(capsys.readouterr().out)["questions"][0]["reply"] == "r3"
    command("--database", address, "--erase", "c2")
    assert capsys.readouterr().out == "Erased: 2 records (questions, feedback, the context, and what was handed over).\n"
    with pytest.raises(UsageError, match="nothing is stored"):
        command("--database", address, "--export", "c2")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--database", "/nowhere/q.db"], "no question log yet: /nowhere/q.db", id="no file"),
        pytest.param(["--database", f"postgresql://u:{SECRET}@127.0.0.1:1/x"], "cannot be reached: PostgreSQL at 127.0.0.1", id="nobody"),
        pytest.param(["--database", f"postgresql://127.0.0.1:1/x?password={SECRET}"], "cannot be reached", id="password elsewhere"),
        pytest.param(["--database", f"postgresql://u:{SECRET}@:p/x"], "not a valid database URL", id="no URL"),
        pytest.param(["--database", f"mysql://u:{SECRET}@host/x"], "a SQLite file or PostgreSQL", id="another database"),
        pytest.param(["--database", "None "], "write none to keep no log", id="a word"),
        pytest.param(["--days", "5", "--since", "2026-01-01"], "either --days or --since", id="both"),
        pytest.param(["--since", "2026-02-01", "--until", "2026-01-01"], "is after the last", id="backwards"),
        pytest.param(["--since", "yesterday"], "'yesterday' is not a day", id="no day"),
        pytest.param(["--days", "0"], "not a number from 1", id="no days"),
        pytest.param(["--most", "x"], "'x' is not a number from 1 to 100000", id="no number"),
        pytest.param(["--export", "a", "--erase", "b"], "not allowed with", id="export and erase"),
    ],
)
def test_mistakes_are_told_without_secrets(arguments: list[str], told: str) -> None:
    with pytest.raises(BotError) as caught:
        log.run(arguments, date.today)
    assert told in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def _plain(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("CREATE TABLE question (id); CREATE TABLE answer (id); INSERT INTO question VALUES (1)")


def _with_write_ahead_log(file: Path) -> None:
    _plain(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _with_everything_in_the_write_ahead_log(file: Path) -> None:
    other = file.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE players (name)")
        for side in ("", "-wal", "-shm"):
            shutil.copy(f"{other}{side}", f"{file}{side}")


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "tables of another program": (_plain, "'answer', 'question'"),
    "the same in WAL mode": (_with_write_ahead_log, "'answer', 'question'"),
    "a table that is still in the WAL": (_with_everything_in_the_write_ahead_log, "'players'"),
    "a text": (lambda file: file.write_text("no database" * 100, "utf-8"), "not a SQLite database"),
    "five bytes": (lambda file: file.write_text("hello", "utf-8"), "not a SQLite database"),
    "zeros": (lambda file: file.write_bytes(bytes(8192)), "not a SQLite database"),
    "a folder": (lambda file: file.mkdir(), "not a regular file"),
    "a pipe": (os.mkfifo, "not a regular file"),
}


@pytest.mark.parametrize(("make", "told"), FOREIGN.values(), ids=FOREIGN)
def test_the_file_of_another_program_is_refused_and_left_as_it_is(make: Callable[[Path], object], told: str, tmp_path: Path) -> None:
    file = tmp_path / "q.db"
    make(file)
    before = contents(tmp_path)
    with pytest.raises(UnreachableError, match=told):
        log.run(["--database", str(file)], date.today)
    with closing(Store(str(file))) as store, writing(store) as writer:
        writer.put(asked("r1"))
        until(lambda: told in str(writer.state().error))
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    """What is in a folder, without the index that SQLite keeps of a WAL file for those that have it open."""
    return {file.name: file.read_bytes() if file.is_file() else b"" for file in folder.iterdir() if not file.name.endswith("-shm")}


def test_an_empty_file_is_not_touched_by_the_report(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.touch()
    with pytest.raises(UsageError, match="no question log yet"):
        log.run(["--database", str(file)], date.today)
    assert contents(tmp_path) == {"notes.txt": b""}


def test_a_schema_with_tables_of_another_program_is_refused() -> None:
    with _postgres_schema() as address:
        with connected(address) as connection:
            connection.execute(sa.text("CREATE TABLE alembic_version (version_num text)"))
        with closing(Store(address)) as store:
            assert not store.exists()
            with pytest.raises(UnreachableError, match="another program: alembic_version"):
                store.write([asked("r1")])
        with connected(address) as connection:
            assert sa.inspect(connection).get_table_names() == ["alembic_version"]


def test_file_names_that_are_not_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.path.join(str(tmp_path), os.fsdecode(b"\xff?#%41.db"))
    with closing(Store(name)) as store:
        store.write([asked("r1")])
    command("--database", name, "--since", "2026-11-20", "--until", "2026-11-20")
    assert "(UTC): 1\n" in capsys.readouterr().out
    assert os.fsencode(name) in [os.fsencode(file) for file in tmp_path.iterdir()]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--until", "9999-12-31"], id="the last day"),
        pytest.param(["--since", "9999-12-31", "--until", "9999-12-31"], id="the last day alone"),
        pytest.param(["--since", "0001-01-01"], id="the first day"),
        pytest.param(["--until", "0001-01-01"], id="thirty days before the first"),
        pytest.param(["--days", "100000", "--until", "0100-01-01"], id="days before the first"),
    ],
)
def test_any_day_of_the_calendar_can_be_asked_for(
    store: Store, address: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    command("--database", address, *arguments, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["since"] <= found["until"]


def test_questions_dated_ahead_are_reported(store: Store, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.write([asked("r1", at=datetime.now(UTC) + timedelta(days=400)), asked("r2", at=datetime.now(UTC))])
    command("--database", address)
    assert "1 question is dated in the future" in capsys.readouterr().out
    command("--database", address, "--json")
    assert json.loads(capsys.readouterr().out)["dated_ahead"] == 1


PLACES = (
    "{log}",
    "none",
    "",
    ":",
    "~",
    "~nobody/q.db",
    "C:\\q.db",
    "sqlite://",
    "sqlite:///{log}",
    "sqlite:///{log}?uri=true",
    "sqlite:///\udcff",
)
URLS = (
    "postgresql://127.0.0.1:1/x",
    "postgresql://127.0.0.1:1/x?nonsense=1",
    "postgresql://[::1/x",
    "postgres://u:p@127.0.0.1:x/y",
    "http://x",
)
WORDS = (
    "0",
    "1",
    "-1",
    "100000",
    "9" * 5000,
    "1e3",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "rasa:ann",
    ":",
    "c1",
    "--json",
    "\udcff",
    "rasa:\udcff",
)
VALUES = st.one_of(st.sampled_from((*PLACES, *URLS, *WORDS)), st.text(st.characters(exclude_characters="\0/:"), max_size=8))
OPTIONS = ("--database", "--config", "--days", "--since", "--until", "--most", "--json", "--export", "--erase", "--d", "")
ARGUMENTS = st.lists(st.tuples(st.sampled_from(OPTIONS), VALUES), max_size=4)


def said(arguments: list[str]) -> str:
    """The message of an error, or that the command ended well."""
    try:
        code = log.run(arguments, date.today)
    except BotError as error:
        return str(error)
    return f"exit code {code}" if code else "all went well"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(given=ARGUMENTS)
def test_any_arguments_give_a_report_or_a_sentence(given: list[tuple[str, str]], file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [word.replace("{log}", str(file)) for pair in given for word in pair if word]
    if {"-h", "--help"} & set(words):
        return
    with monkeypatch.context() as variables:
        variables.chdir(file.parent)
        variables.setenv("FACTOTUM_CONFIG", "")
        before = sorted(os.listdir())
        assert len(said(["--database", str(file), *words]).split()) > 2
        assert {name for name in os.listdir() if not name.endswith(("-wal", "-shm"))} <= set(before)


WITHOUT_THE_EXTRA = """
import os, sys
from importlib import import_module
from bot.cli import guarded
from bot.commands import log
from bot.serve import settings
for missing, address in (case.split("=") for case in sys.argv[1:]):
    if not os.fork():
        sys.modules[missing] = None
        os._exit(guarded(["log", "--database", address]))
    print(os.waitstatus_to_exitcode(os.wait()[1]), file=sys.stderr)
    import_module(missing)
"""


def test_without_the_extra_the_command_says_what_to_install() -> None:
    install = "pip install 'factotum-faq[serve]'"
    cases = {
        "sqlalchemy=x.db": install,
        "alembic=x.db": install,
        "psycopg=postgresql://h/x": install,
        "phonenumbers=x.db": "no question log yet",
    }
    done = subprocess.run([sys.executable, "-c", WITHOUT_THE_EXTRA, *cases], capture_output=True, text=True, timeout=2 * LONG, check=True)
    told = done.stderr.splitlines()
    assert told[1::2] == ["2"] * len(cases)
    assert [line for line, expected in zip(told[::2], cases.values(), strict=True) if expected not in line] == []


@pytest.mark.parametrize("written", ["postgresql://u@h/d", "postgres://u@h/d", "postgresql+psycopg://u@h/d"])
def test_urls_of_postgresql(written: str) -> None:
    assert url_of(written).drivername == "postgresql+psycopg"


FILES = {
    "sqlite:////a/b.db": "/a/b.db",
    "sqlite:///b.db": "b.db",
    "b.db": "b.db",
    "/home/ann@example.org/b.db": "/home/ann@example.org/b.db",
    "./12:30.db": "./12:30.db",
    "C:\\logs\\q.db": "C:\\logs\\q.db",
    "C:/logs/q.db": "C:/logs/q.db",
    "sqlite:///C:/logs/q.db": "C:/logs/q.db",
    "\\\\server\\share\\q.db": "\\\\server\\share\\q.db",
    "~/q.db": "{home}/q.db",
    "sqlite:///~/q.db": "{home}/q.db",
}


@pytest.mark.parametrize(("written", "path"), FILES.items())
def test_paths_of_files(written: str, path: str) -> None:
    url = url_of(written)
    assert (url.drivername, url.database) == ("sqlite", path.replace("{home}", str(Path.home())))


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "://",
            "sqlite://",
            "sqlite:///",
            "sqlite:///:memory:",
            ":memory:",
            "sqlite:///a.db?mode=ro",
            "a\0b",
            "~nobody-of-that-name/q.db",
        ),
        *("postgresql//u:pw@host/db", "postgres:/host/db", "host:5432/db", "u:pw@host", "mysql://host/db", "file:x.db"),
    ],
)
def test_what_is_not_a_database_is_refused(written: str) -> None:
    with pytest.raises(DatabaseUrlError, match="Write it like"):
        url_of(written)


@pytest.mark.parametrize("folder", ["~/.local/state/factotum", "", "state"])
def test_nothing_is_written_relative_to_the_working_directory_by_default(folder: str) -> None:
    with pytest.raises(DatabaseUrlError, match="no home folder"):
        in_folder(folder)
    assert in_folder("/var/lib/factotum") == "sqlite:////var/lib/factotum/questions.db"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become a user without a home folder")
def test_a_user_without_a_home_folder_is_told(processes: ForkServerContext, tmp_path: Path) -> None:
    ours, theirs = processes.Pipe()
    run(processes, databases.start_without_home, (str(tmp_path), theirs))
    for what in ("the log's default database", "the service"):
        assert ours.poll(LONG)
        assert "no home folder for the question log. Set FACTOTUM_DATABASE" in ours.recv(), what
    assert list(tmp_path.iterdir()) == []
