"""Workbooks (XLSX by openpyxl, ODS as a stream of XML) -> sheets of rows as text, one row at a time.

Checked before anything is read: sizes, names and passwords of the archive, and that no part declares entities. Of formulas the value is
taken that was computed last.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from xml.etree import ElementTree

from bot.errors import UsageError
from bot.imports import limits
from bot.imports.files import File, refuse_entities
from bot.imports.rich_text import reachable
from bot.imports.table import Row

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]|table:formula=")
_CHUNK = 2**20

_FAULTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, zipfile.BadZipFile, ElementTree.ParseError)
"""What openpyxl raises on a damaged workbook."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, whether people see it, and its rows, which can be read more than once."""

    name: str
    shown: bool
    rows: Callable[[], Iterator[Row]]


def is_workbook(file: File) -> bool:
    return file.is_zip and bool(file.members & {"xl/workbook.xml", "content.xml"})


@contextmanager
def workbook(file: File) -> Iterator[list[Sheet]]:
    """The sheets of a workbook, which can be read while it is open. Raises UsageError if it is damaged or not safe to read."""
    _refuse_entities(file)
    if "xl/workbook.xml" not in file.members:
        yield _ods(file)
        return
    with file.opened() as stream:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and validations, which say nothing of the text
                book = _book(stream)
        except _FAULTS as error:
            raise _damaged(file.name) from error
        yield [Sheet(sheet.title, sheet.sheet_state == "visible", _xlsx_rows(file.name, sheet)) for sheet in book.worksheets]


def left_out(file: File) -> Iterator[str]:
    """What a workbook holds that is not read, in words."""
    if any(re.match(r"xl/(comments|threadedComments)", name) for name in file.members):
        yield "comments on cells are not taken"
    if any(re.match(r"(xl/media|Pictures)/.", name) for name in file.members):
        yield "pictures are not taken"
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in file.members):
        yield "macros are not taken, and none was run"
    if _has_formulas(file):
        yield "some cells hold formulas: what they showed when the file was saved is taken, and none was computed"


def _parts(file: File) -> list[str]:
    return sorted(name for name in file.members if name.endswith((".xml", ".rels")))


def _refuse_entities(file: File) -> None:
    with file.opened() as stream, _zip(stream, file.name) as archive:
        for name in _parts(file):
            with archive.open(name) as part:
                refuse_entities(part, f"{file.name}: {name}")


def _has_formulas(file: File) -> bool:
    names = [name for name in _parts(file) if re.match(r"xl/worksheets/|content\.xml", name)]
    with file.opened() as stream, _zip(stream, file.name) as archive:
        for name in names:
            with archive.open(name) as part:
                tail = b""
                while chunk := part.read(_CHUNK):
                    if _FORMULA.search(tail + chunk):
                        return True
                    tail = chunk[-20:]
    return False


def _zip(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise _damaged(name) from error


def _damaged(name: str) -> UsageError:
    return UsageError(f"{name} is damaged: it cannot be read as a workbook. Open it in your spreadsheet and save it anew.")


def _book(stream: IO[bytes]) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageError("this needs the extra 'import': pip install '.[import]'.") from None
    return load_workbook(stream, read_only=True, data_only=True, keep_links=False)


def _xlsx_rows(name: str, sheet: Any) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        sheet.reset_dimensions()  # what a file says of its size may be wrong
        try:
            yield from _numbered(sheet.iter_rows(values_only=True), f"{name}: sheet {sheet.title}")
        except _FAULTS as error:
            raise _damaged(name) from error

    return rows


def _numbered(rows: Iterator[tuple[Any, ...]], where: str) -> Iterator[Row]:
    for number in range(1, limits.ROWS + 1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of dates that no calendar has, which then stay numbers
            cells = next(rows, None)
        if cells is None:
            return
        if any(cell is not None for cell in cells):
            yield number, [_as_text(cell) for cell in cells[: limits.COLUMNS]]
    if next(rows, None) is not None:
        raise UsageError(f"{where} has more rows than any spreadsheet can hold. Nothing was written.")


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"


def _ods(file: File) -> list[Sheet]:
    names = [name for kind, name, _, _ in _ods_parts(file, rows=False) if kind == "sheet"]
    return [Sheet(name, True, _ods_rows(file, number)) for number, name in enumerate(names)]


def _ods_rows(file: File, wanted: int) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        sheet = -1
        for kind, _, number, cells in _ods_parts(file):
            sheet += kind == "sheet"
            if sheet > wanted:
                return
            if sheet == wanted and cells:
                yield number, cells

    return rows


def _ods_parts(file: File, *, rows: bool = True) -> Iterator[tuple[str, str, int, list[str]]]:
    """The sheets of an ODS file by their names, each followed by its rows (OpenDocument 1.3, part 3, chapter 9)."""
    with file.opened() as stream, _zip(stream, file.name) as archive, archive.open("content.xml") as content:
        try:
            open_tables: list[Any] = []
            number = 0
            for event, node in ElementTree.iterparse(content, events=("start", "end")):
                if node.tag == f"{_TABLE}table":
                    if event == "start":
                        open_tables.append(node)
                        number = 0
                        yield "sheet", node.get(f"{_TABLE}name", "sheet"), 0, []
                    else:
                        open_tables.pop()
                elif event == "end" and node.tag == f"{_TABLE}table-row" and open_tables:
                    repeated = _count(node.get(f"{_TABLE}number-rows-repeated"))
                    cells = _ods_cells(node) if rows else []
                    yield "row", "", number + 1, cells
                    number += repeated
                    if cells and number > limits.ROWS:
                        raise UsageError(f"{file.name} has more rows than any spreadsheet can hold. Nothing was written.")
                    node.clear()
                    if node in open_tables[-1]:
                        open_tables[-1].remove(node)
        except (ElementTree.ParseError, zipfile.BadZipFile, OSError, EOFError) as error:
            raise _damaged(file.name) from error


def _ods_cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell") or len(cells) >= limits.COLUMNS:
            continue
        text = "\n".join(_ods_text(line) for line in cell if line.tag == f"{_TEXT}p")
        cells += [text] * min(_count(cell.get(f"{_TABLE}number-columns-repeated")), limits.COLUMNS - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _ods_text(node: Any) -> str:
    found = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            found.append(" " * min(_count(child.get(f"{_TEXT}c")), 100))
        elif child.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            found.append("\n" if child.tag.endswith("break") else " ")
        elif child.tag == f"{_TEXT}a":
            words, address = _ods_text(child), reachable(child.get(_HREF, ""))
            found.append(f"{words} ({address})" if address and address != words else words)
        elif child.tag != f"{_OFFICE}annotation":
            found.append(_ods_text(child))
        found.append(child.tail or "")
    return "".join(found)


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 1
