"""CSV and TSV in any usual dialect: comma, semicolon, tab or bar; quotes or none; with or without names of columns, mark and `sep=` line.

The dialect is told by what makes the rows equally long, for guessing at single characters fails: csv.Sniffer splits later `""` and
clevercsv 0.8.5 takes the question mark for the delimiter. A quote that is opened and never closed would swallow all that follows, so every
file is read once strictly before it is read for good.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.imports import limits
from bot.imports.decode import encoding_of
from bot.imports.files import File
from bot.imports.found import Found, Skipped
from bot.imports.table import Row, columns_of, items

NAMES = ("csv", "tsv")
ABOUT = "a table (CSV or TSV)"

_ENDINGS = (".csv", ".tsv", ".tab")
_SAMPLE = 2**18
_CHUNK = 2**20

_LEAST_EVEN = 0.8
"""The share of rows of one length below which a text without names of columns is a plain list: commas of its sentences are none of a
table."""

_NEVER = "\x1f"
"""A delimiter that no text holds, for a list of single texts."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written. `quoting`: whether a quote at the start of a cell means anything; `blanks`: a blank after the delimiter
    means nothing; `escape`: a backslash before a quote, in place of two quotes."""

    delimiter: str
    quoting: bool = True
    blanks: bool = False
    escape: bool = False

    def reader(self, lines: Iterator[str], *, strict: bool = False) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoting else csv.QUOTE_NONE,
            skipinitialspace=self.blanks,
            doublequote=not self.escape,
            escapechar="\\" if self.escape else None,
            strict=strict,
        )


def recognise(file: File) -> bool:
    if file.is_zip:
        return False
    return file.ending in _ENDINGS or (file.ending in (".txt", "") and "\t" in file.start.partition("\n")[0] and _names_columns(file.start))


def _names_columns(text: str) -> bool:
    return columns_of(text.partition("\n")[0].split("\t")) is not None


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        yield from _read(file, f"{file.name}, " if len(files) > 1 else "", named)


def _read(file: File, where: str, named: Mapping[str, str] | None) -> Iterator[Found]:
    name, guessed = _encoding(file)
    if guessed:
        reason = f"nothing says how its letters are written; read as {name}. Look at one with é or ä, and name another with --encoding"
        yield Skipped(where.rstrip(", ") or file.name, "", reason)
    dialect, loose = _dialect(file, name)
    if loose:
        reason = "a quotation mark ends in the middle of a cell here; the cell was taken without it. Check it"
        yield Skipped(f"{where}row {loose}", "", reason)
    with _lines(file, name) as lines:
        yield from items(_rows(lines, dialect), where, named)


def rows_of(file: File) -> Iterator[Row]:
    """The rows of a table as they are. Raises UsageError for a quotation mark that is never closed."""
    name, _ = _encoding(file)
    dialect, _ = _dialect(file, name)
    with _lines(file, name) as lines:
        yield from _rows(lines, dialect)


def _dialect(file: File, encoding: str) -> tuple[Dialect, int]:
    """(the dialect of a file, the row of the first quotation mark that stands oddly or 0)."""
    csv.field_size_limit(limits.WHOLE)
    with _lines(file, encoding) as lines:
        sample = lines.read(_SAMPLE)
        whole = not lines.read(1)
    return _checked(file, encoding, dialect_of(sample if whole else sample.rpartition("\n")[0]))


def _encoding(file: File) -> tuple[str, bool]:
    """The encoding of a file of any size, without reading it at once."""
    head = file.head
    _, name, guessed = encoding_of(head if len(head) == file.size else head[: head.rfind(b"\n") + 1] or head, file.encoding)
    if name != "utf-8" or file.encoding:
        return name, guessed
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.opened() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return "cp1252", True
    return "utf-8", False


def _lines(file: File, encoding: str) -> io.TextIOWrapper:
    name = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}.get(encoding, encoding)
    return io.TextIOWrapper(io.BufferedReader(file.opened()), encoding=name, errors="replace", newline="")  # type: ignore[type-var]


def _rows(lines: Iterator[str], dialect: Dialect) -> Iterator[Row]:
    """The rows with their numbers; a first line `sep=;`, which Excel reads and does not show, is none of them. Zero characters are
    dropped: no text holds them."""
    for number, cells in enumerate(dialect.reader(line.replace("\0", "") for line in lines), 1):
        if number == 1:
            cells = [cell.lstrip("\ufeff") for cell in cells]
            if _separator(dialect.delimiter.join(cells)):
                continue
        yield number, cells if dialect.quoting else [_unquoted(cell) for cell in cells]


def _unquoted(cell: str) -> str:
    """A cell of an unquoted table that is in quotes all the same."""
    return cell[1:-1].replace('""', '"') if re.fullmatch(r'"(?:[^"]|"")*"', cell) else cell


def _checked(file: File, encoding: str, dialect: Dialect) -> tuple[Dialect, int]:
    """(the dialect in which no quote swallows rows, the row of the first quote that stands oddly or 0). Raises UsageError for a quote that
    is never closed in a table whose cells may hold line ends."""
    row = 0
    try:
        with _lines(file, encoding) as lines:
            for row, _ in enumerate(dialect.reader((line.replace("\0", "") for line in lines), strict=True), 1):  # noqa: B007
                pass
    except csv.Error as error:
        if dialect.delimiter == "\t":
            return Dialect("\t", quoting=False), 0
        if "unexpected end" in str(error):
            fault = f"{file.name}: a quotation mark opens a cell in row {row + 1} and is never closed."
            raise UsageError(f"{fault} Write it twice if it belongs to the text, or save the table as CSV again.") from error
        return dialect, row + 1
    return dialect, 0


def dialect_of(sample: str) -> Dialect:
    """The dialect of a table: the delimiter by which the first row names question and answer, else the one that gives the most rows of
    the same length."""
    named = _separator(sample.lstrip("\ufeff").partition("\n")[0])
    delimiters = named or ("\t" if "\t" in sample else "") + ",;|"
    candidates = [
        Dialect(delimiter, True, blanks, escape)
        for delimiter in delimiters
        for blanks in ((False, True) if re.search(rf'{re.escape(delimiter)} +"', sample) else (False,))
        for escape in ((False, True) if '\\"' in sample else (False,))
    ]
    named_columns, even, _, best = max((*_evenness(sample, dialect), number) for number, dialect in enumerate(reversed(candidates)))
    return candidates[-1 - best] if named_columns or named or even >= _LEAST_EVEN else Dialect(_NEVER)


def _separator(line: str) -> str:
    found = re.fullmatch(r"sep=(.)\s*", line.strip("\r\n"), re.I)
    return found[1] if found else ""


def _evenness(sample: str, dialect: Dialect) -> tuple[bool, float, bool]:
    """How well a dialect fits: whether the first row names the columns, the share of rows of the commonest length from 2 on, and whether
    every quote stands where it may."""
    clean = True
    try:
        rows = list(dialect.reader(iter(sample.splitlines(keepends=True)), strict=True))
    except csv.Error:
        clean = False
        rows = list(dialect.reader(iter(sample.splitlines(keepends=True))))
    rows = [row for row in rows if any(row)]
    lengths = Counter(len(row) for row in rows)
    best = max((count for length, count in lengths.items() if length > 1), default=0)
    return any(columns_of(row) for row in rows[:5]), best / max(len(rows), 1), clean
