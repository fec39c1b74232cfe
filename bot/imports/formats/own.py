"""Our own bases: JSON lines (an item on each line), and the tables that `factotum export` writes, whose columns are the keys of our YAML.

In a table, lists have an item on each line of their cell; a source is "id" or "id: where in it", a `not` is "message -> entry". In CSV a
quotation mark before a sign that would begin a formula is taken off again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.errors import Place, Problem
from bot.imports.files import File
from bot.imports.formats.csv import rows_of
from bot.imports.found import Found, Own, Skipped
from bot.imports.sheets import is_workbook, workbook
from bot.imports.table import Row
from bot.kb.items import ENTRIES, ITEMS, read_item
from bot.kb.lines import numbered
from bot.kb.nodes import plain_node

NAMES = ("jsonl", "own")
ABOUT = "a base of Factotum"

_LISTS = ("alternates", "points", "steps", "facts", "claims", "denials", "related")
_GUARDED = re.compile(r"^'+[=+\-@\t\r]")


def recognise(file: File) -> bool:
    if is_workbook(file):
        with workbook(file) as sheets:
            return any(_is_head(cells) for sheet in sheets[:1] for _, cells in islice(sheet.rows(), 1))
    if file.looks_like_json:
        return file.ending == ".jsonl" and any(_type_of(value) for _, value in islice(numbered("", file.start, _ignore), 5))
    return not file.is_zip and _is_head(re.split(r"[,;\t]", file.start.partition("\n")[0].strip().replace('"', "")))


def _type_of(value: Any) -> bool:
    return isinstance(value, Mapping) and (value.get("type") in ITEMS or ("id" in value and "answer" in value))


def _is_head(cells: Sequence[str]) -> bool:
    return {"id", "kind", "question", "answer"} <= {cell.strip().lstrip("\ufeff") for cell in cells}


def _ignore(problem: Problem) -> None:
    """What is wrong with a line is told when it is read."""


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        if is_workbook(file):
            with workbook(file) as sheets:
                for sheet in sheets:
                    yield from _table(sheet.rows(), f"{where}sheet {sheet.name}, ")
        elif file.looks_like_json:
            yield from _lines(file, where)
        else:
            yield from _table(rows_of(file), where, guarded=True)


def _lines(file: File, where: str) -> Iterator[Found]:
    problems: list[Problem] = []
    for number, value in numbered(file.name, file.text, problems.append):
        yield _item(value, f"{where}line {number}")
    yield from (Skipped(f"{where}line {problem.line}", "", problem.fault) for problem in problems)


def _item(value: Any, place: str) -> Found:
    """An item that the forms of our bases accept; else why they do not."""
    problems: list[Problem] = []
    read = read_item(plain_node(value, Place(place, 1, 1), problems.append), problems.append)
    if read is None or problems:
        what = str(value.get("question") or value.get("id") or "") if isinstance(value, Mapping) else str(value)
        return Skipped(place, what[:80], problems[0].fault if problems else "it cannot be read")
    return Own(place, {"type": read.type, **_plain(read.fields)})


def _plain(value: Any) -> Any:
    """What the forms have read, as lists and mappings; whole numbers without a point."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _table(rows: Iterable[Row], where: str, *, guarded: bool = False) -> Iterator[Found]:
    stream = iter(rows)
    _, head = next(stream, (0, ()))
    keys = [cell.strip() for cell in head]
    of_sources = "title" in keys and "publisher" in keys
    if not of_sources and not _is_head(keys):
        yield Skipped(where.rstrip(", "), "", "its first row names neither entries nor sources")
        return
    for row, cells in stream:
        fields = {key: _unguarded(cell) if guarded else cell for key, cell in zip(keys, cells, strict=False) if key and cell.strip()}
        if fields:
            yield _item({"type": "source", **fields} if of_sources else _of_row(fields), f"{where}row {row}")


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _of_row(fields: Mapping[str, str]) -> dict[str, Any]:
    """A row of a table as an item."""
    kind = fields.get("kind", "").strip()
    found: dict[str, Any] = {"type": kind if kind in ENTRIES else "faq"}
    statuses = {key.partition(".")[2]: text for key, text in fields.items() if key.startswith("by_status.")}
    for key, text in fields.items():
        if key in _LISTS:
            found[key] = _each(text)
        elif key == "not":
            found[key] = [_pair(line, " -> ", "say", "see") for line in _each(text)]
        elif key == "sources":
            found[key] = [_pair(line, ": ", "id", "at") for line in _each(text)]
        elif key != "kind" and not key.startswith("by_status."):
            found[key] = text
    return found | ({"by_status": statuses} if statuses else {})


def _each(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(line: str, mark: str, first: str, second: str) -> dict[str, str]:
    left, _, right = line.rpartition(mark) if mark == " -> " and mark in line else line.partition(mark)
    return {first: left.strip(), **({second: right.strip()} if right.strip() else {})}
