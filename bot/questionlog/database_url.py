"""Where the log is kept: a URL or the path of a file -> an engine with timeouts, and a description without secrets."""

import re
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from platformdirs import user_state_dir
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.questionlog import sqlite_file
from bot.questionlog.errors import INSTALL, DatabaseUrlError

NONE = "none"
"""The value of FACTOTUM_DATABASE that switches the log off."""

BEGIN = "sqlite_begin"
"""Execution option: the statement that begins a SQLite transaction. The default, BEGIN IMMEDIATE, locks the file for writing at once."""

_CONNECT_SECONDS = 2
"""The shortest that libpq's documentation recommends for connect_timeout."""

_FILE = "file"
"""What a pooled connection to SQLite notes of the file that it opened."""

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
_CERTAINLY_A_PATH = re.compile(r"[/\\.]|[A-Za-z]:[/\\]")
"""Absolute, explicitly relative, or with the drive of Windows: not a mistyped URL, whatever else it contains."""


def default_url(base: str = "") -> str:
    """The URL of a file in the user's state folder, one for each base that has a key of its own ("" for the base that ships). Raises
    DatabaseUrlError if there is no home folder to put it in."""
    try:
        folder = user_state_dir("factotum")
    except RuntimeError:
        folder = "~"
    return in_folder(folder, base)


def in_folder(folder: str, base: str = "") -> str:
    """The URL of the log of a base in a state folder. Raises DatabaseUrlError if the folder is not absolute: without a home folder,
    older versions of platformdirs give '~/…', which would be created in the working directory."""
    if not Path(folder).is_absolute():
        raise DatabaseUrlError(
            "there is no home folder for the question log. Set FACTOTUM_DATABASE to a file, a PostgreSQL URL or 'none', or set HOME."
        )
    return f"sqlite:///{Path(folder) / (f'questions-{base}.db' if base else 'questions.db')}"


def url_of(address: str) -> sa.URL:
    """`postgresql://…`, `sqlite:///FILE` or the path of a file -> its URL. Raises DatabaseUrlError, whose message does not repeat the
    address: it may contain a password."""
    if "://" not in address:
        if not _CERTAINLY_A_PATH.match(address) and ("@" in address or ":" in address):
            raise _unusable("it is neither a file nor a URL")
        if not re.search(r"[/\\.]", address):
            raise _unusable("a single word is not taken for a file: write none to keep no log, or ./ before the name of a file")
        return _file_url(sa.URL.create("sqlite", database=address))
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError):
        raise _unusable("it is not a valid database URL") from None
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        return _file_url(url)
    raise _unusable("it has to be a SQLite file or PostgreSQL")


def description(url: sa.URL) -> str:
    """The database in words, without secrets: its file, or its host and name."""
    if url.drivername == "sqlite":
        return str(url.database)
    return f"PostgreSQL at {url.host or 'this machine'}, database {url.database or '(default)'}"


def file_of(url: sa.URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


def engine_of(url: sa.URL, timeout: float) -> sa.Engine:
    """An engine that has not connected yet. Connections are given up if the database does not answer within `timeout` seconds. Raises
    DatabaseUrlError if the driver is not installed."""
    file = file_of(url)
    return _sqlite(url, file, timeout) if file else _postgres(url, timeout)


def _file_url(url: sa.URL) -> sa.URL:
    """The URL of a SQLite file with a leading ~ expanded. Raises DatabaseUrlError if it does not name a file."""
    path = url.database or ""
    if path in ("", ":memory:") or "\0" in path or url.query:
        raise _unusable("a SQLite database needs the path of a file, without options")
    if path.startswith("~"):
        try:
            path = str(Path(path).expanduser())
        except RuntimeError:
            raise _unusable("it starts with ~, but that home folder cannot be found") from None
    return url.set(database=path)


def _sqlite(url: sa.URL, file: Path, timeout: float) -> sa.Engine:
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"timeout": timeout})
    sa.event.listen(engine, "do_connect", lambda *_: sqlite_file.prepare(file))
    sa.event.listen(engine, "connect", lambda connection, record: _configure_sqlite(connection, record, file))
    sa.event.listen(engine, "checkout", lambda _connection, record, _proxy: _check_still_there(record, file))
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres(url: sa.URL, timeout: float) -> sa.Engine:
    try:
        from bot.questionlog.pg_timeout import connection_with_timeout
    except ImportError:
        raise DatabaseUrlError(f"PostgreSQL needs psycopg. {INSTALL}") from None
    # Without an encoding of its own, psycopg takes the database's, and gives bytes for text if that is SQL_ASCII.
    kind, arguments = connection_with_timeout(timeout), {"connect_timeout": _CONNECT_SECONDS, "client_encoding": "utf8"}
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_timeout=timeout, connect_args=arguments)
    sa.event.listen(engine, "do_connect", lambda _dialect, _record, args, options: kind.connect(*args, **options))
    return engine


def _unusable(why: str) -> DatabaseUrlError:
    return DatabaseUrlError(
        f"the database of the question log cannot be used: {why}. Write it like postgresql://user@host/name or sqlite:////folder/file.db."
    )


def _check_still_there(record: ConnectionPoolEntry, file: Path) -> None:
    """Has the pool connect anew if the file was moved, deleted or replaced: what is written to the open one would be lost to readers, and
    a second connection by its name could damage it (sqlite.org/howtocorrupt.html, 2.4)."""
    if record.info[_FILE] != sqlite_file.identity(file):
        raise DisconnectionError("the file is another one")


def _configure_sqlite(connection: Any, record: ConnectionPoolEntry, file: Path) -> None:
    record.info[_FILE] = sqlite_file.identity(file)
    # The driver's own BEGIN comes too late if several processes write: _begin_sqlite opens each transaction instead.
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    if begin := connection.get_execution_options().get(BEGIN, "BEGIN IMMEDIATE"):
        connection.exec_driver_sql(begin)
