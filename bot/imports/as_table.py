"""An import's report as a table, for a spreadsheet: a row for each item of the source."""

import csv
import io

from bot.imports.entries import Import
from bot.imports.found import left_out

HEAD = ("place", "what became of it", "entry", "text", "why", "left out")


def as_table(made: Import) -> bytes:
    """The report as CSV (RFC 4180), with the mark by which Excel knows UTF-8. No cell begins a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEAD)
    for line in made.lines:
        notes = "; ".join(dict.fromkeys(map(left_out, line.notes)))
        table.writerow([harmless(cell) for cell in (line.place, line.outcome, line.entry, line.what, line.reason, notes)])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a quotation mark in front, which is not shown (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
