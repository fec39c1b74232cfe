"""The dates that a text names, for the rules that compare them."""

import re
from collections.abc import Iterator

from bot.knowledge import Entry

MONTHS = "January February March April May June July August September October November December".split()
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NAMED = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) ((?:1[89]|20)\d\d)\b")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'(])")


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """The keys of an entry that hold what it tells, and their texts."""
    for key in ("answer", "why", "remember", "more"):
        if text := getattr(entry, key):
            yield key, text


def sentences(text: str) -> list[str]:
    return _END.split(text)


def named(text: str) -> list[str]:
    """The months and days that a text names, as 2026-11 or 2026-11-17."""
    found = _NAMED.findall(text)
    return [f"{year}-{MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "") for day, month, year in found]
