"""A message -> the row of what the bot would have said to it, without personal data."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.engine import Bot
from bot.english.email import body
from bot.english.tokens import safe
from bot.reply import Reply
from bot.triage.message import Found, Left

_REPEATED = re.compile("“[^”]*”")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `status` is that of the reply, or skipped or unreadable; `said` is what the bot would have said; `entries` are
    the ids of its answers and `score` (0..100) the best of their scores; `unanswered` are the questions that got no answer."""

    archive: str
    place: str
    at: datetime | None
    message: str
    status: str
    reason: str
    entries: tuple[str, ...] = ()
    score: float | None = None
    said: str = ""
    unanswered: tuple[str, ...] = ()


def row_of(found: Found, archive: str, bot: Bot, clean: Callable[[str], str]) -> Row:
    """The row of what was read. `clean` takes personal data out of a text. What is quoted and signed is not kept, and not answered."""
    archive, place = clean(archive), clean(found.place)
    if isinstance(found, Left):
        return Row(archive, place, None, "", found.status, clean(found.reason))
    try:
        words = body(safe_lines(found.text), is_mail=found.is_mail).strip() or safe_lines(found.text)
        reply = bot.ask(words)
        return _row(reply, archive, place, found.at, words, clean)
    except Exception as error:  # one message must not end a run of millions
        return Row(archive, place, found.at, "", "unreadable", f"it could not be answered ({type(error).__name__})")


def safe_lines(text: str) -> str:
    """A text without control characters, line by line."""
    return "\n".join(map(safe, text.split("\n")))


def _row(reply: Reply, archive: str, place: str, at: datetime | None, words: str, clean: Callable[[str], str]) -> Row:
    is_gap = reply.status in ("none", "handoff") or (reply.status == "answer" and reply.unanswered)
    return Row(
        archive=archive,
        place=place,
        at=at,
        message=clean(words),
        status=reply.status,
        reason=reply.reason or "",
        entries=tuple(dict.fromkeys(answer.id for answer in reply.answers)),
        score=max((answer.score for answer in reply.answers), default=None),
        said=_said(reply),
        unanswered=tuple(clean(one.asked) for one in reply.unanswered) if is_gap else (),
    )


def _said(reply: Reply) -> str:
    """What is said, without what a reply repeats of the message, which stands in quotation marks: it may be a name or a number."""
    if reply.answers:
        return "\n\n".join(answer.text for answer in reply.answers)
    options = "\n".join(option.question for option in reply.options)
    return options if reply.status == "clarify" else _REPEATED.sub("“…”", reply.text)
