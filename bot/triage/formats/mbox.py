"""mbox: mails behind lines that begin with "From ". Such a line also stands in texts, where most programs do not quote it; it begins a mail
only after an empty line, with a date at its end, and before a line of a header."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import IO

FROM = re.compile(rb"From .*\d\d:\d\d.*\d{4}\b.*")
_HEADER = re.compile(rb"(?:[!-9;-~]+:|>From )")
_QUOTED = re.compile(rb"^>(>*From )", re.M)


def begins(data: bytes) -> bool:
    """Whether bytes are the beginning of an mbox."""
    return bool(FROM.match(data.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]))


def starts(stream: IO[bytes]) -> Iterator[int]:
    """Where the mails of a file begin, in bytes; each is told when the line after it was seen."""
    at, before, candidate = 0, b"\n", -1
    for line in stream:
        if candidate >= 0 and _HEADER.match(line):
            yield candidate
        candidate = at if not before.strip() and FROM.match(line.lstrip(b"\xef\xbb\xbf")) else -1
        at, before = at + len(line), line


def mails(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(where it begins, the mail without its "From " line) of each mail in a stretch of a file, which begins with a mail."""
    places = [*_starts(data), len(data)]
    places[:0] = [0] if places[0] else []  # what stands before the first mail
    for start, stop in pairwise(places):
        yield start, _QUOTED.sub(rb"\1", data[data.find(b"\n", start) + 1 : stop])


def _starts(data: bytes) -> Iterator[int]:
    yield from starts(BytesIO(data))
