"""XLSX: a workbook, with the entries on one sheet and their sources on another. Every cell is text, and an empty one is not written."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from bot.errors import BotError
from bot.exports.format import Format, MissingPackageError, Output, Subject
from bot.exports.table import COLUMNS, OF_OTHER_FILES, Row, entries, sources

MOST_CHARACTERS = 32_767
"""In a cell (Excel specifications and limits)."""

_WIDE, _WIDTH = ("question", "alternates", "answer"), 50
_NARROW_WIDTH = 18


def write(subject: Subject) -> Output:
    return Output({"faq.xlsx": workbook(subject, {"Entries": entries(subject), "Sources": sources(subject)})})


def workbook(subject: Subject, sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook of sheets by name, each with its headings in the first row. Raises BotError for a text that no cell can hold."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingPackageError(error) from None
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": subject.title, "created": datetime.combine(subject.day, time())})
        # As text typed after an apostrophe: it starts no formula when somebody edits the cell, either.
        text = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for column, title in enumerate(rows[0]):
                sheet.set_column(column, column, _WIDTH if title.startswith(_WIDE) else _NARROW_WIDTH)
            for number, column, cell in _cells(name, rows):
                sheet.write_string(number, column, cell, text if number else head)
    return stream.getvalue()


def _cells(sheet: str, rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """(row, column, text) of all cells with a text, from 0."""
    found = [(number, column, cell) for number, row in enumerate(rows) for column, cell in enumerate(row) if cell]
    long = [f"{sheet}: row {number + 1}, {rows[0][column]}" for number, column, cell in found if len(cell) > MOST_CHARACTERS]
    if long:
        raise BotError(f"a cell of XLSX holds {MOST_CHARACTERS} characters, and these have more: {'; '.join(long)}. Use csv or jsonl.")
    return found


FORMAT = Format(
    name="xlsx",
    about="a workbook with a sheet of entries and one of sources",
    write=write,
    holds=COLUMNS - OF_OTHER_FILES | {"sources.yaml"},
    shown=OF_OTHER_FILES,
)
