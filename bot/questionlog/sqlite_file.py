"""The file of a SQLite log: created for its owner only, and inspected without changing it before anything is written to it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.questionlog.errors import UnreachableError
from bot.questionlog.tables import LOG_TABLES

_TIMEOUT = 3.0
"""Seconds to wait for a lock while a file is inspected. A lock is held for milliseconds: a writer commits at most 300 records at a time."""


def prepare(file: Path) -> None:
    """Makes sure that the file may be used: creates it for its owner only (WAL gives its side files the same mode), or inspects it. An
    existing file keeps its mode: somebody may have been given access. Raises UnreachableError if it belongs to another program."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        holds_log(file)


def identity(file: Path) -> tuple[int, int] | None:
    """What tells the file at a path from another that takes its place; None if there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def holds_log(file: Path) -> bool:
    """Whether the file holds a question log; False if it is missing or empty. Leaves the file as it is and creates none beside it.
    Raises UnreachableError if it is not a SQLite database, or one of another program."""
    if not file.exists():
        return False
    if not file.is_file():
        raise UnreachableError(f"the question log cannot be kept in {file}: that is not a regular file.")
    tables = _tables(file) if file.stat().st_size else frozenset()
    if tables and not tables >= LOG_TABLES:
        raise UnreachableError(
            f"{file} is the database of another program: it holds no question log, but {_some(tables)}. Nothing was changed in it; "
            "give the question log a file of its own."
        )
    return bool(tables)


def _tables(file: Path) -> frozenset[str]:
    """The names of the tables and views, without SQLite's own."""
    try:
        with closing(sqlite3.connect(_read_only(file), uri=True, timeout=_TIMEOUT)) as connection:
            return frozenset(name for (name,) in connection.execute("SELECT name FROM sqlite_schema") if not name.startswith("sqlite_"))
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise UnreachableError(f"{file} is not a SQLite database. Give the question log a file of its own.") from None
        raise UnreachableError(f"the question log cannot be read: {file} ({error.sqlite_errorname}).") from None


def _read_only(file: Path) -> str:
    """The URI that opens a file without changing it. `immutable` keeps SQLite from creating side files, which it leaves behind when it
    only reads; with changes in a WAL file, the side files are there, and needed."""
    wal = file.with_name(f"{file.name}-wal")
    return f"{file.absolute().as_uri()}?mode=ro{'' if wal.exists() and wal.stat().st_size else '&immutable=1'}"


def _some(names: frozenset[str]) -> str:
    first = sorted(names)[:3]
    return ", ".join(f"'{name}'" for name in first) + (" and more" if len(names) > len(first) else "")
