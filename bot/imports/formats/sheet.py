"""Workbooks: XLSX and ODS. Each sheet that names a question and an answer column is read; if none does, the first that holds anything."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from bot.imports.files import File
from bot.imports.found import Found, Skipped
from bot.imports.sheets import Sheet, is_workbook, left_out, workbook
from bot.imports.table import columns_of, items

NAMES = ("xlsx", "ods")
ABOUT = "a workbook (XLSX or ODS)"


def recognise(file: File) -> bool:
    return is_workbook(file)


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        yield from (Skipped(where.rstrip(", ") or file.name, "", reason) for reason in left_out(file))
        with workbook(file) as found:
            yield from _sheets(found, where, named)


def _sheets(found: Sequence[Sheet], where: str, named: Mapping[str, str] | None) -> Iterator[Found]:
    shown = [sheet for sheet in found if sheet.shown]
    taken = [sheet for sheet in shown if _is_faq(sheet, named)] or [sheet for sheet in shown if next(sheet.rows(), None)][:1]
    for sheet in found:
        place = f"{where}sheet {sheet.name}"
        if sheet in taken:
            yield from items(sheet.rows(), f"{place}, " if len(found) > 1 else where, named)
        elif next(sheet.rows(), None):
            yield Skipped(place, "", "no column is named question and none answer" if sheet.shown else "the sheet is hidden")


def _is_faq(sheet: Sheet, named: Mapping[str, str] | None) -> bool:
    return any(columns_of(cells, named) for _, cells in islice(sheet.rows(), 20))
