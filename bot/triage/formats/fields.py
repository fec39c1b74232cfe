"""What the formats of records share: texts with or without markup, times, and the order of preference among keys."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.imports.found import Text
from bot.imports.rich_text import convert
from bot.imports.values import text
from bot.triage.message import MOST_TEXT, Found, Left, Message

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before this no desk had mail: such a time is a wrong clock."""

_FORMS = ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%y %I:%M %p", "%d.%m.%Y %H:%M")
"""Forms of times in sheets. Where day and month cannot be told apart the day comes first, as in most of the world."""

_MARKED = 4 * MOST_TEXT
"""Characters of a text with markup that are read."""


def first(record: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first of some values that is a text with words."""
    return next((found for key in keys if (found := text(record.get(key))).strip()), "")


def unmarked(source: str) -> str:
    """HTML as text, a paragraph a line."""
    return convert(Text(source[:_MARKED], "html")).text


def body(record: Mapping[str, Any], plain: Sequence[str], marked: Sequence[str]) -> str:
    """The text of a record: the first plain one, else the first with markup."""
    return first(record, plain) or unmarked(first(record, marked))


def time_of(value: Any) -> datetime | None:
    """A time as it is written in exports: ISO 8601, with a blank for the T, as in mails, or as sheets have it. UTC if it names no zone."""
    written = text(value).strip()
    if not written or written.isdigit():
        return None
    for read in (_iso, parsedate_to_datetime, *map(_form, _FORMS)):
        try:
            found = read(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return sane(found)
    return None


def sane(at: datetime) -> datetime | None:
    """A time in UTC; None if it is before there were desks with mail, or a day ahead of the clock."""
    try:
        found = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
    return found if found >= _EARLIEST else None


def message(place: str, words: str, subject: str, at: Any) -> Found:
    """The message of a text; of one without words its subject."""
    said = words.strip() or subject.strip()
    return Message(place, said[:MOST_TEXT], time_of(at)) if said else Left(place, "unreadable", "it has no text")


def _iso(written: str) -> datetime:
    return datetime.fromisoformat(written.removesuffix(" UTC"))


def _form(form: str) -> Any:
    return lambda written: datetime.strptime(written, form)
