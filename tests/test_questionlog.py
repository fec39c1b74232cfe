"""The question log on real databases: SQLite in a folder, and PostgreSQL where FACTOTUM_TEST_POSTGRES (or this machine) has one."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.commands import log
from bot.errors import BotError, UsageError
from bot.questionlog.database_url import default_address, url_of
from bot.questionlog.errors import AddressError, RefusedError, UnreachableError
from bot.questionlog.record import Asked, Feedback, Given, Record
from bot.questionlog.report import EntryCount, Report, Statuses, Wording, report
from bot.questionlog.store import Store
from bot.questionlog.tables import metadata, question
from bot.questionlog.writer import State, Writer
from bot.redaction.field import Field
from bot.redaction.redact import redact

POSTGRES = os.environ.get("FACTOTUM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "geheim-4711"


@dataclass(frozen=True, slots=True)
class Kept:
    """A database of a test's own. `stop` makes it unreachable, `start` reachable again, both for those who come by `address`."""

    address: str
    stop: Callable[[], object]
    start: Callable[[], object]


class Forwarder:
    """A TCP port that leads to another one while it is open, and nowhere while it is shut; hanging, it takes bytes and sends none on."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.hanging = target, False
        self.pairs: list[socket.socket] = []
        self.door: socket.socket | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def start(self) -> None:
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.door,), daemon=True).start()

    def stop(self) -> None:
        for end in (self.door, *self.pairs):
            if end:
                _shut(end)
                end.close()
        self.door, self.pairs = None, []

    def _accept(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            far = socket.create_connection(self.target)
            self.pairs += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                while self.hanging:
                    sleep(0.05)
                other.sendall(data)
        _shut(one)
        _shut(other)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def postgres_schema() -> Iterator[str]:
    """The name of a fresh schema. Skips the test where no server answers."""
    name = f"factotum_{uuid4().hex[:12]}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("NOT TESTED ON POSTGRESQL: no server answers at FACTOTUM_TEST_POSTGRES (default 127.0.0.1:5432)")
    with server:
        server.execute(f"CREATE SCHEMA {name}")
        try:
            yield name
        finally:
            end_connections(server, name)
            server.execute(f"DROP SCHEMA {name} CASCADE")


def end_connections(server: psycopg.Connection[Any], name: str) -> None:
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (name,))


@contextmanager
def forwarded() -> Iterator[tuple[Forwarder, str]]:
    """A forwarder to PostgreSQL that is shut yet, and the address through it, with a password in it."""
    url = sa.make_url(POSTGRES)
    with postgres_schema() as name:
        forwarder = Forwarder((url.host or "127.0.0.1", url.port or 5432))
        own = {"options": f"-csearch_path={name}", "application_name": name}
        through = url.set(host="127.0.0.1", port=forwarder.port, password=url.password or SECRET).update_query_dict(own)
        try:
            yield forwarder, through.render_as_string(hide_password=False)
        finally:
            forwarder.hanging = False
            forwarder.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """A database that can be reached."""
    if request.param == "sqlite":
        folder = tmp_path / "log"
        blocked = tmp_path / "gone"

        def stop() -> None:
            if folder.exists():
                folder.rename(blocked)
            folder.touch()

        def start() -> None:
            folder.unlink()
            if blocked.exists():
                blocked.rename(folder)

        yield Kept(str(folder / "questions.db"), stop, start)
        return
    with forwarded() as (forwarder, address):
        forwarder.start()
        yield Kept(address, forwarder.stop, forwarder.start)


@pytest.fixture
def store(kept: Kept) -> Iterator[Store]:
    with closing(Store(kept.address)) as made:
        yield made


def asked(reply: str, **changes: Any) -> Asked:
    made = Asked(reply, NOON, "web", "c1", "what is a red notice", "answer", None, (Given("red-notice", "v1", 91.5),), 91.5, "kb1", 12.25)
    return replace(made, **changes)


def replies(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(sa.select(question.c.reply).order_by(question.c.reply)))


def until(holds: Callable[[], object], seconds: float = 8.0) -> None:
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, "it did not come about in time"
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
        writer.close(2)


def running(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another Python process with the names of this module's imports at hand."""
    lead = (
        "import sys, os\nfrom time import sleep\nfrom datetime import UTC, datetime\nfrom bot.questionlog.store import Store\n"
        "from bot.questionlog.writer import Writer\nfrom bot.questionlog.record import *\n"
        "def asked(reply): return Asked(reply, datetime.now(UTC), 'web', 'c', 'what', 'answer', None, (), None, 'kb', 1.0)\n"
        "def writer(store):\n"
        "    return Writer(store, redact=str, clock=lambda: datetime.now(UTC), retention_days=9, context_hours=9, warn=print)\n"
    )
    command = [sys.executable, "-W", "error", "-c", lead + code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Waits until they ended well."""
    for process in processes:
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, ""), out


def test_every_field_comes_back(store: Store) -> None:
    two = (Given("a", "v1", 90.5), Given("b", "v2", 80.25))
    store.write([asked("r1", at=NOON.astimezone(), answers=two, conversation="c é", reason="ambiguous", status="clarify")])
    store.write([Feedback("r1", NOON + timedelta(seconds=1), helpful=False, comment="too long")])
    store.remember("c é", {"last": ["a"], "n": 1}, NOON)
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
    }


def test_the_migrations_make_the_tables(store: Store, kept: Kept) -> None:
    assert not store.exists()
    store.write([])
    assert store.exists()
    engine = sa.create_engine(url_of(kept.address))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_tables_of_a_later_version_are_told(store: Store, kept: Kept) -> None:
    store.write([])
    engine = sa.create_engine(url_of(kept.address))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with closing(Store(kept.address)) as late, pytest.raises(UnreachableError, match="another version"):
        late.write([])


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "questions.db"
    with closing(Store(str(file))) as store, store.reading():
        store.write([asked("r1")])
        files = list(file.parent.iterdir())
        assert len(files) == 3, "the file, its log of changes and its index"
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_processes_that_start_and_write_at_once_lose_nothing(store: Store, kept: Kept) -> None:
    code = (
        "s = Store(sys.argv[1], patience=10)\nw = writer(s)\n"
        "for n in range(1500): assert w.put(asked(f'{sys.argv[2]}-{n:04}')); n % 50 or sleep(0.005)\n"
        "assert w.close(20) == 0\ns.close()\n"
    )
    ended([running(code, kept.address, name) for name in "abc"])
    assert replies(store) == [f"{name}-{number:04}" for name in "abc" for number in range(1500)]


def test_nothing_is_lost_at_the_end(store: Store) -> None:
    with writing(store) as writer:
        assert all(writer.put(asked(f"r{number:04}")) for number in range(1000))
        assert writer.close(10) == 0
        assert writer.state() == State(working=False, fault=None, waiting=0, written=1000, dropped=0)
        assert not writer.put(asked("late"))
    assert len(replies(store)) == 1000


def test_a_killed_process_loses_less_than_a_second(store: Store, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    code = (
        "w = writer(Store(sys.argv[1]))\nn = 0\n"
        "while True: w.put(asked(f'{n:06}')); print(n, datetime.now(UTC).isoformat(), flush=True); n += 1; sleep(0.002)\n"
    )
    with running(code, kept.address) as process:
        assert process.stdout
        seen = [process.stdout.readline().split() for _ in range(500)]
        process.send_signal(signal.SIGKILL)
        seen += [line.split() for line in process.stdout if line.endswith("\n")]
    written = replies(store)
    assert written == [f"{number:06}" for number in range(len(written))], "no gap before the end"
    lost = seen[len(written) :]
    seconds = (datetime.fromisoformat(seen[-1][1]) - datetime.fromisoformat(lost[0][1])).total_seconds() if lost else 0.0
    with capsys.disabled():
        print(f"\n  SIGKILL on {store.url.get_backend_name()}: {len(lost)} of {len(seen)} records lost, the last {seconds:.2f} s")
    assert written
    assert seconds < 1


def test_a_database_that_is_down_at_the_start_and_again_later_gets_all_in_order(kept: Kept) -> None:
    kept.stop()
    told: list[str] = []
    with closing(Store(kept.address)) as store, writing(store, told) as writer:
        for number in range(3):
            assert writer.put(asked(f"r{number}"))
        until(lambda: writer.state().fault)
        assert not writer.state().working
        kept.start()
        until(lambda: writer.state() == State(working=True, fault=None, waiting=0, written=3, dropped=0))
        if store.url.get_backend_name() == "postgresql":  # a file that is open outlives its folder
            kept.stop()
            writer.put(asked("r3"))
            until(lambda: writer.state().fault)
            kept.start()
        writer.put(asked("r4"))
        assert writer.close(8) == 0
        assert replies(store)[:3] == ["r0", "r1", "r2"]
        assert replies(store)[-1] == "r4"
    assert SECRET not in "".join(told)
    assert "red notice" not in "".join(told)
    assert len(told) in (2, 4), "a fault is told when it begins and when it ends"


def test_connections_that_the_server_ends_are_made_anew(store: Store) -> None:
    store.write([asked("r1")])
    if store.url.get_backend_name() == "postgresql":
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            end_connections(server, str(store.url.query["application_name"]))
    store.write([asked("r2")])
    assert replies(store) == ["r1", "r2"]


def test_tables_that_are_gone_are_made_anew(store: Store, kept: Kept) -> None:
    store.write([asked("r1")])
    engine = sa.create_engine(url_of(kept.address))
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE alembic_version"))
    engine.dispose()
    with pytest.raises(UnreachableError):
        store.write([asked("r2")])
    store.write([asked("r2")])
    assert replies(store) == ["r2"]


def test_a_server_that_hangs_holds_nobody_up() -> None:
    with forwarded() as (forwarder, address), closing(Store(address, patience=0.5)) as store:
        forwarder.start()
        store.write([asked("r1")])
        forwarder.hanging = True
        start = monotonic()
        with pytest.raises(UnreachableError):
            store.recall("c1", NOON)
        assert monotonic() - start < 3.5, "the connection that was open gets 0.5 s, the one that is made instead 2 s"
        forwarder.hanging = False
        assert store.recall("c1", NOON) is None


def test_beyond_the_bound_records_are_dropped_and_put_does_not_wait(kept: Kept) -> None:
    kept.stop()
    with closing(Store(kept.address)) as store, writing(store, bound=50) as writer:
        start = monotonic()
        taken = [writer.put(asked(f"r{number:02}")) for number in range(80)]
        assert monotonic() - start < 0.2
        assert taken == [True] * 50 + [False] * 30
        assert (writer.state().waiting, writer.state().dropped) == (50, 30)
        start = monotonic()
        assert writer.close(0.3) == 50
        assert monotonic() - start < 1
        kept.start()


BAD: dict[str, Any] = {
    "a lone surrogate": {"channel": "\udc80"},
    "a time without a zone": {"at": datetime(2026, 11, 20)},
    "no status": {"status": None},
    "no text": {"question": None},
}


def test_bad_records_do_not_block_the_rest(store: Store) -> None:
    told: list[str] = []
    with writing(store, told) as writer:
        for number, changes in enumerate(BAD.values()):
            writer.put(asked(f"good{number}"))
            writer.put(asked(f"bad{number}", **changes))
        writer.put(asked("last"))
        assert writer.close(5) == 0
        assert (writer.state().written, writer.state().dropped) == (5, 4)
    assert replies(store) == ["good0", "good1", "good2", "good3", "last"]
    assert len(told) == 4
    assert "red notice" not in "".join(told)


def test_what_is_written_is_without_personal_data(store: Store) -> None:
    with writing(store) as writer:
        writer.put(asked("r1", question="mail john@example.com or call +44 20 7946 0958"))
        writer.put(Feedback("r1", NOON, helpful=True, comment="my name is John Smith\x1b[31m"))
        writer.put(asked("r2", question="why " * 1200 + "07911 123456"))
        assert writer.close(5) == 0
    first, second = store.export("c1")["questions"]
    assert first["question"] == "mail [e-mail] or call [phone]"
    assert first["feedback"]["comment"] == "my name is [name]"
    assert len(second["question"]) < 4010


def test_a_batch_can_be_written_again(store: Store) -> None:
    batch: list[Record] = [asked("r1"), asked("r2"), Feedback("r1", NOON, helpful=True)]
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
    later = Feedback("r1", NOON + timedelta(minutes=1), helpful=False, comment="no")
    store.write([later])
    store.write([asked("r1"), Feedback("r1", NOON, helpful=True)])
    (row,) = store.export("c1")["questions"]
    assert row["feedback"] == {"at": "2026-11-20T12:01:00+00:00", "helpful": False, "comment": "no"}


def test_a_context_is_recalled_while_it_is_young(store: Store) -> None:
    store.remember("c1", {"n": 1}, NOON)
    store.remember("c1", {"n": 2}, NOON + timedelta(seconds=1))
    assert store.recall("c1", NOON) == {"n": 2}
    assert store.recall("c1", NOON + timedelta(seconds=2)) is None
    assert store.recall("c2", NOON) is None


def test_what_is_too_old_goes(store: Store) -> None:
    old = NOON - timedelta(days=31)
    store.write([asked("old", at=old), asked("new"), Feedback("old", old, helpful=True), Feedback("nobody", old, helpful=True)])
    store.remember("c1", {}, NOON - timedelta(hours=25))
    store.remember("c2", {}, NOON)
    times = iter([NOON, NOON])
    with writing(store, clock=lambda: next(times, NOON)):
        until(lambda: replies(store) == ["new"] and not store.recall("c1", old))
    assert store.export("c1")["context"] is None
    assert store.recall("c2", NOON) == {}
    assert store.prune(NOON, NOON) == 0


def test_feedback_that_nobody_could_ask_for_goes_with_the_contexts(store: Store) -> None:
    store.write([asked("here"), Feedback("here", NOON, helpful=True), Feedback("erased", NOON, helpful=False, comment="so")])
    assert store.prune(NOON - timedelta(days=30), NOON) == 0
    assert store.prune(NOON - timedelta(days=30), NOON + timedelta(seconds=1)) == 1
    assert store.export("c1")["questions"][0]["feedback"]


def test_pruning_comes_again_each_hour(store: Store) -> None:
    hour = [NOON]
    with writing(store, clock=lambda: hour[0]) as writer:
        writer.put(asked("r1"))
        until(lambda: writer.state().written == 1)
        hour[0] = NOON + timedelta(days=31)
        writer.put(asked("r2", at=hour[0]))
        until(lambda: replies(store) == ["r2"])


def test_a_conversation_is_erased_and_no_other(store: Store, kept: Kept) -> None:
    word = "quicksilver"
    store.write(
        [asked("r1", question=word), asked("r2", conversation="c2"), *(Feedback(name, NOON, helpful=True) for name in ("r1", "r2"))]
    )
    store.remember("c1", {"word": word}, NOON)
    assert store.erase("c1") == 3
    assert store.erase("c1") == 0
    assert store.export("c1") == {"conversation": "c1", "questions": [], "context": None}
    assert store.export("c2")["questions"][0]["feedback"]
    if store.url.get_backend_name() == "sqlite":
        files = Path(kept.address).parent.iterdir()
        assert not any(word.encode() in file.read_bytes() for file in files), "not in free pages or the log of changes either"


ROWS: tuple[Record, ...] = (
    asked("r1", latency=10.0),
    asked("r2", latency=20.0, channel="mail", answers=(Given("red-notice", "v1", 90.0), Given("diffusion", "v1", 80.0))),
    asked("r3", latency=30.0, answers=(Given("diffusion", "v1", 80.0),) * 2, conversation="c2"),
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
    Feedback("r1", NOON, helpful=True),
    Feedback("r2", NOON, helpful=False),
    Feedback("r3", NOON, helpful=True),
    Feedback("before", NOON - timedelta(days=9), helpful=True),
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
    assert report(store, SINCE, UNTIL) == EXPECTED


def test_a_report_on_nothing(store: Store) -> None:
    found = report(store, SINCE, UNTIL)
    assert (found.questions, found.latency_median, found.entries, found.unanswered) == (0, None, (), ())


def command(*arguments: str) -> None:
    assert log.run(list(arguments), date.today) == 0


def test_the_command_tells_the_report(store: Store, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    store.write([*ROWS, asked("evil", status="none", reason="gibberish", answers=(), question="a\x1b]0;x\x07\x9b31m\nb")])
    days = ("--since", "2026-11-19", "--until", "2026-11-20")
    command("--database", kept.address, *days, "--most", "2")
    out = capsys.readouterr().out
    told = (
        "Questions from 2026-11-19 to 2026-11-20 (UTC): 11",
        "answered 3 (27%)",
        "1. diffusion: 2 times, helpful 1, not helpful 1",
        "Not answered, by wording, 2 of 3 shown:",
        "1. 3 times (below-threshold, out-of-scope, third-miss): How do I bake bread?",
        "50.0 ms median",
    )
    assert [line for line in told if line not in out] == []
    assert not {"\x1b", "\x07", "\x9b"} & set(out)
    command("--database", kept.address, *days, "--json")
    assert json.loads(capsys.readouterr().out)["statuses"]["handed_over"] == 2


def test_the_command_exports_and_erases(store: Store, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    store.write(ROWS)
    command("--database", kept.address, "--export", "c2")
    assert json.loads(capsys.readouterr().out)["questions"][0]["reply"] == "r3"
    command("--database", kept.address, "--erase", "c2")
    assert capsys.readouterr().out == "Erased: 2 records (questions, feedbacks and the context together).\n"
    with pytest.raises(UsageError, match="nothing is kept"):
        command("--database", kept.address, "--export", "c2")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--database", "/nowhere/q.db"], "no question log yet: /nowhere/q.db", id="no file"),
        pytest.param(["--database", f"postgresql://u:{SECRET}@127.0.0.1:1/x"], "cannot be reached: PostgreSQL at 127.0.0.1", id="nobody"),
        pytest.param(["--database", f"postgresql://127.0.0.1:1/x?password={SECRET}"], "cannot be reached", id="password elsewhere"),
        pytest.param(["--database", f"postgresql://u:{SECRET}@:p/x"], "no address", id="no address"),
        pytest.param(["--database", f"mysql://u:{SECRET}@host/x"], "SQLite or by PostgreSQL", id="another database"),
        pytest.param(["--days", "5", "--since", "2026-01-01"], "either --days or --since", id="both"),
        pytest.param(["--since", "2026-02-01", "--until", "2026-01-01"], "is after the last", id="backwards"),
        pytest.param(["--since", "yesterday"], "'yesterday' is not a day", id="no day"),
        pytest.param(["--days", "0"], "a number from 1", id="no days"),
        pytest.param(["--most", "x"], "invalid", id="no number"),
        pytest.param(["--export", "a", "--erase", "b"], "not allowed with", id="export and erase"),
    ],
)
def test_mistakes_are_told_without_secrets(arguments: list[str], told: str) -> None:
    with pytest.raises(BotError) as caught:
        log.run(arguments, date.today)
    assert told in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "q.db"
    file.write_text("no database" * 100, "utf-8")
    with pytest.raises(UnreachableError, match="NOTADB"):
        log.run(["--database", str(file)], date.today)


@pytest.mark.parametrize(
    ("missing", "address"), [("sqlalchemy", "x.db"), ("alembic", "x.db"), ("psycopg", "postgresql://h/x"), ("phonenumbers", "x.db")]
)
def test_without_the_extra_it_is_told_what_to_install(missing: str, address: str) -> None:
    code = "import sys; sys.modules[sys.argv[1]] = None\nfrom bot.commands import log\nlog.run(['--database', sys.argv[2]], None)"
    done = subprocess.run([sys.executable, "-c", code, missing, address], capture_output=True, text=True, timeout=30, check=False)
    told = done.stderr.splitlines()[-1]
    expected = "no question log yet" if missing == "phonenumbers" else "pip install 'factotum-faq[serve]'"
    assert told.startswith("bot.")
    assert expected in told


def test_addresses() -> None:
    for written in ("postgresql://u@h/d", "postgres://u@h/d", "postgresql+psycopg://u@h/d"):
        assert url_of(written).drivername == "postgresql+psycopg"
    assert url_of("sqlite:////a/b.db").database == "/a/b.db"
    assert default_address().endswith("/questions.db")
    for nothing in ("sqlite://", "sqlite:///:memory:", "://", "postgresql//u:pw@host/db", "postgres:/host/db"):
        with pytest.raises(AddressError):
            url_of(nothing)
