"""Archives -> parts: the same in every run over the same files, so that a run can go on where one ended.

Files that can be read from any place (mbox, lines of JSON, single mails) are divided by place, and each process reads its own. Of others
(JSON in one piece, sheets) the records are read here, one part after the other, and travel with the part.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bot.english.tokens import safe
from bot.errors import UsageError
from bot.imports import sheets
from bot.imports.files import File, files_of
from bot.imports.formats import csv
from bot.imports.table import Row
from bot.triage.formats import mbox
from bot.triage.message import Kind, Left, Part

MESSAGES = 200
"""Messages of a part: about a second of work, and what a worker holds at once."""

BYTES = 16 * 2**20
"""Bytes of a part: mails may bear large files."""

_LISTS = ("tickets", "results", "helpdesk_tickets", "ticket_articles", "conversations", "messages", "data", "records", "items")
_MAIL = re.compile(rb"(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}")
"""Two fields of a header (RFC 5322): what a mail begins with."""

_HEAD = 2**16
_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Archive:
    """A file, or the mails of a folder, that are read in one way."""

    name: str
    path: Path
    kind: Kind
    files: tuple[Path, ...] = ()


def archives(sources: list[Path]) -> list[Archive]:
    """The archives of files and folders, in order. Raises UsageError for one that is not there or not readable."""
    return [found for source in sources for found in _of(source)]


def parts(found: list[Archive], encoding: str = "") -> Iterator[Part]:
    """All parts, numbered. Raises UsageError for a file that cannot be read as what it seems."""
    number = 0
    for archive in found:
        for part in _parts(archive, encoding):
            yield Part(number, archive.kind, archive.name, archive.path, *part)
            number += 1


def _of(source: Path) -> Iterator[Archive]:
    if not source.exists():
        raise UsageError(f"there is no file or folder {source}.")
    if not source.is_dir():
        yield Archive(safe(source.name), source.absolute(), _kind(source))
        return
    files = [Path(top, name) for top, _, names in _walk(source) for name in sorted(names) if not name.startswith(".")]
    regular = [file for file in files if file.is_file() and not file.is_symlink() and file.stat().st_size]
    kinds = {file: _kind(file) for file in regular}
    mails = tuple(file.absolute() for file in regular if kinds[file] == "mails")
    if mails:
        yield Archive(safe(source.name), source.absolute(), "mails", mails)
    yield from (Archive(safe(str(file.relative_to(source))), file.absolute(), kind) for file, kind in kinds.items() if kind != "mails")
    if not regular:
        raise UsageError(f"there is no file in {source}.")


def _walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield top, folders, names


def _kind(file: Path) -> Kind:
    """How a file is read, by its name or its beginning."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if mbox.begins(head):
        return "mbox"
    if file.suffix.lower() in _LINES:
        return "lines"
    return "mails" if file.suffix.lower() == ".eml" or _MAIL.match(head) else "records"


def size_of(found: list[Archive]) -> int:
    """The bytes of all archives."""
    return sum(file.stat().st_size for archive in found for file in (archive.files or (archive.path,)))


def _parts(archive: Archive, encoding: str) -> Iterator[tuple[Any, ...]]:
    """What distinguishes the parts of an archive: start, stop, files, records, size."""
    if archive.kind == "mails":
        for number, files in enumerate(_batches(iter(archive.files))):
            yield number * MESSAGES, 0, files, (), sum(file.stat().st_size for file in files)
    elif archive.kind == "records":
        batches = _batches(_told(archive, encoding))
        here = next(batches, None)
        while here is not None:  # how large a file is in records is known at its end
            here, records = next(batches, None), here
            yield 0, 0, (), records, 0 if here else archive.path.stat().st_size
    else:
        yield from ((start, stop, (), (), stop - start) for start, stop in _stretches(archive))


def _batches(items: Iterator[Any]) -> Iterator[tuple[Any, ...]]:
    while batch := tuple(islice(items, MESSAGES)):
        yield batch


def _stretches(archive: Archive) -> Iterator[tuple[int, int]]:
    """(first byte, byte behind the last) of the stretches of a file: each of at most MESSAGES messages and BYTES, or of one message."""
    begun = last = messages = 0
    size = archive.path.stat().st_size
    with archive.path.open("rb") as stream:
        for place in chain(mbox.starts(stream) if archive.kind == "mbox" else _line_starts(stream), [size]):
            if (messages >= MESSAGES or place - begun > BYTES) and last > begun:
                yield begun, last
                begun, messages = last, 0
            messages += place > last
            last = place
    if size > begun:
        yield begun, size


def _line_starts(stream: Any) -> Iterator[int]:
    at = 0
    for line in stream:
        yield at
        at += len(line)


def _told(archive: Archive, encoding: str) -> Iterator[tuple[str, Any]]:
    """The records of a file; where it cannot be read on, why."""
    try:
        yield from _records(archive.path, encoding)
    except UsageError as error:
        yield archive.path.name, Left(archive.path.name, "unreadable", str(error))


def _records(path: Path, encoding: str) -> Iterator[tuple[str, Any]]:
    """The records of a file, or of the files of a ZIP archive, each with its place."""
    files = files_of(path, encoding)
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        if sheets.is_workbook(file):
            yield from _of_workbook(file, where)
        elif file.looks_like_json:
            yield from _of_json(file, where)
        elif file.ending in (".csv", ".tsv", ".tab", ".txt"):
            yield from _named(csv.rows_of(file), where)
        else:
            raise UsageError(f"{file.name} is in no format that is known: mbox, EML, JSON, JSON lines, CSV or XLSX.")


def _of_workbook(file: File, where: str) -> Iterator[tuple[str, Any]]:
    with sheets.workbook(file) as found:
        for sheet in found:
            yield from _named(sheet.rows(), f"{where}{sheet.name}, " if len(found) > 1 else where)


def _named(rows: Iterator[Row], where: str) -> Iterator[tuple[str, Any]]:
    """Rows as records with the names of the first row."""
    names: list[str] = []
    for number, cells in rows:
        if not names:
            names = [cell.strip() for cell in cells]
        elif any(map(str.strip, cells)):
            yield f"{where}row {number}", dict(zip(names, cells, strict=False))


def _of_json(file: File, where: str) -> Iterator[tuple[str, Any]]:
    if file.json is None:
        raise UsageError(f"{file.name} is no JSON. A file of JSON lines has a name that ends in .jsonl.")
    for number, record in enumerate(_listed(file.json), 1):
        yield f"{where}record {number}", record


def _listed(value: Any) -> Iterator[Any]:
    """The records of a JSON value: a list, the list under a usual name, the rows of phpMyAdmin's tables, or the value itself."""
    if isinstance(value, list):
        for one in value:
            table = isinstance(one, Mapping) and one.get("type") == "table" and isinstance(one.get("data"), list)
            if table:
                yield from one["data"]
            elif not (isinstance(one, Mapping) and one.get("type") in ("header", "database")):
                yield one
    elif isinstance(value, Mapping) and (key := next((key for key in _LISTS if isinstance(value.get(key), list)), "")):
        yield from value[key]
    else:
        yield value
