"""CSV: one sheet with the entries, as RFC 4180 (2005) has it, in UTF-8 with a byte order mark, without which Excel reads another encoding.

No cell starts a formula: where the text begins with = + - @, a tab or a carriage return (perhaps after apostrophes), one more
apostrophe stands before it, and taking that off gives the text back.
"""

import csv
import io
import re

from bot.exports.format import Format, Output, Subject
from bot.exports.table import COLUMNS, OF_OTHER_FILES, entries

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write(subject: Subject) -> Output:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in entries(subject))
    return Output({"faq.csv": text.getvalue().encode("utf-8-sig")})


def guarded(text: str) -> str:
    """The text of a cell, in which no program sees a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


_SHOWN = OF_OTHER_FILES | {"sources"}

FORMAT = Format(name="csv", about="one sheet, for any spreadsheet program", write=write, holds=COLUMNS - _SHOWN, shown=_SHOWN)
