"""Where the log is kept: an address -> a place that can be told and an engine that holds nobody up for long."""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from platformdirs import user_state_dir
from sqlalchemy.exc import ArgumentError

from bot.questionlog.errors import INSTALL, AddressError

BEGIN = "sqlite_begin"
"""The option of a connection that says how SQLite begins its transactions; without it the file is locked for writing at once."""

_CONNECT_SECONDS = 2
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


def default_address() -> str:
    """The address of a file in the state folder of the user."""
    return f"sqlite:///{Path(user_state_dir('factotum')) / 'questions.db'}"


def url_of(address: str) -> sa.URL:
    """`postgresql://…`, `sqlite:///FILE` or the path of a file -> its URL. Raises AddressError, which does not repeat the address: it may
    hold a password."""
    if "://" not in address:
        if "@" in address or ":" in address:
            raise AddressError(_unusable("that is neither a file nor an address"))
        return sa.URL.create("sqlite", database=address)
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError):
        raise AddressError(_unusable("that is no address of a database")) from None
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise AddressError(_unusable("the log is kept in a file of SQLite or by PostgreSQL"))


def place_of(url: sa.URL) -> str:
    """The database in words that hold no secret: its file, or its host and name."""
    if url.drivername == "sqlite":
        return str(url.database)
    return f"PostgreSQL at {url.host or 'this machine'}, database {url.database or '(default)'}"


def file_of(url: sa.URL) -> Path | None:
    """The file of a SQLite database."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


def engine_of(url: sa.URL, patience: float) -> sa.Engine:
    """An engine that has not connected yet. A connection that does not answer within `patience` seconds is given up. Raises AddressError if
    the driver is not installed."""
    file = file_of(url)
    return _sqlite(url, file, patience) if file else _postgres(url, patience)


def _sqlite(url: sa.URL, file: Path, patience: float) -> sa.Engine:
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"timeout": patience})
    sa.event.listen(engine, "do_connect", lambda *_: _make_file(file))
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres(url: sa.URL, patience: float) -> sa.Engine:
    try:
        from bot.questionlog.pg_timeout import impatient
    except ImportError:
        raise AddressError(f"PostgreSQL needs psycopg. {INSTALL}") from None
    kind, timeout = impatient(patience), {"connect_timeout": _CONNECT_SECONDS}
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_timeout=patience, connect_args=timeout)
    sa.event.listen(engine, "do_connect", lambda _dialect, _record, args, options: kind.connect(*args, **options))
    return engine


def _unusable(why: str) -> str:
    return (
        f"the database of the question log cannot be used: {why}. Write it like postgresql://user@host/name or sqlite:////folder/file.db."
    )


def _make_file(file: Path) -> None:
    """The file, for nobody but its owner; WAL gives its side files the same mode. Those who may read it were let in by hand."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own BEGIN comes too late for several writers: begin events open each transaction instead.
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    if begin := connection.get_execution_options().get(BEGIN, "BEGIN IMMEDIATE"):
        connection.exec_driver_sql(begin)
