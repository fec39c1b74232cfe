"""Databases for the tests of the question log, and what other processes do to them. Imports nothing that a process does not need."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from multiprocessing.connection import Connection
from time import sleep
from typing import Any
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from bot.commands import serve
from bot.questionlog.database_url import default_url
from bot.questionlog.errors import DatabaseUrlError
from bot.questionlog.outbox import Outbox, Outgoing
from bot.questionlog.record import QuestionRecord
from bot.questionlog.store import Store
from bot.questionlog.writer import Writer

POSTGRES = os.environ.get("FACTOTUM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
SECRET = "geheim-4711"


@dataclass(frozen=True, slots=True)
class Database:
    """A database of a test's own. `stop` makes it unreachable at its address, `start` reachable again."""

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
def database_in(encoding: str) -> Iterator[str]:
    """The address of a fresh database of PostgreSQL with an encoding. Raises OperationalError if no server answers."""
    name = f"factotum_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=10) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'")
        try:
            own = sa.make_url(POSTGRES).set(database=name).update_query_dict({"application_name": name})
            yield own.render_as_string(hide_password=False)
        finally:
            end_connections(server, name)
            server.execute(f"DROP DATABASE {name}")


@contextmanager
def schema() -> Iterator[str]:
    """The address of a fresh schema of PostgreSQL. Raises OperationalError if no server answers."""
    name = f"factotum_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=10) as server:
        server.execute(f"CREATE SCHEMA {name}")
        try:
            own = {"options": f"-csearch_path={name}", "application_name": name}
            yield sa.make_url(POSTGRES).update_query_dict(own).render_as_string(hide_password=False)
        finally:
            end_connections(server, name)
            server.execute(f"DROP SCHEMA {name} CASCADE")


def end_connections(server: psycopg.Connection[Any], name: str) -> None:
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (name,))


def connected(address: str) -> bool:
    """Whether the server still works for a client of an address: it writes what it was sent, even when the client was killed."""
    if not address.startswith("postgresql:"):
        return False
    with psycopg.connect(POSTGRES, connect_timeout=10) as server:
        name = sa.make_url(address).query["application_name"]
        return bool(server.execute("SELECT 1 FROM pg_stat_activity WHERE application_name = %s", (name,)).fetchone())


@contextmanager
def forwarded(address: str) -> Iterator[tuple[Forwarder, str]]:
    """A forwarder to PostgreSQL that is still shut, and the address through it, with a password in it."""
    url = sa.make_url(address)
    forwarder = Forwarder((url.host or "127.0.0.1", url.port or 5432))
    through = url.set(host="127.0.0.1", port=forwarder.port, password=url.password or SECRET)
    try:
        yield forwarder, through.render_as_string(hide_password=False)
    finally:
        forwarder.hanging = False
        forwarder.stop()


def write(address: str, name: str, count: int) -> None:
    """A process that starts, writes records and ends."""
    with closing(Store(address, timeout=60)) as store:
        writer = _writer(store)
        for number in range(count):
            assert writer.put(_record(f"{name}-{number:04}"))
            if number % 50 == 0:
                sleep(0.005)
        assert writer.close(120) == 0


def write_until_killed(address: str) -> None:
    """A process that writes records without end."""
    writer, number = _writer(Store(address, timeout=60)), 0
    while True:
        writer.put(_record(f"{number:06}"))
        number += 1
        sleep(0.002)


def put_and_be_killed(address: str) -> None:
    """A process that keeps a message to be sent, and is killed at once."""
    Outbox(Store(address, timeout=60)).put([Outgoing("k1", "webhook", None, {})], datetime.now(UTC))
    os.kill(os.getpid(), signal.SIGKILL)


def start_without_home(folder: str, result: Connection) -> None:
    """A process of a user without a home folder. Sends the errors that there is no default database: of the log, and of the service."""
    os.chdir(folder)
    os.environ.pop("HOME", None)
    os.environ.pop("XDG_STATE_HOME", None)
    os.environ.pop("FACTOTUM_DATABASE", None)
    for module in ("bot.serve.server", "bot.serve.app"):
        import_module(module)  # while the libraries can be read: they may be in root's home folder
    os.setuid(54321)
    for start in (default_url, lambda: serve.run([], date.today)):
        try:
            result.send(start())
        except DatabaseUrlError as error:
            result.send(str(error))


def _writer(store: Store) -> Writer:
    return Writer(store, redact=str, clock=lambda: datetime.now(UTC), retention_days=9, context_hours=9, warn=print)


def _record(reply: str) -> QuestionRecord:
    return QuestionRecord(reply, datetime.now(UTC), "web", "c", "what", "answer", None, (), None, "kb", 1.0)
