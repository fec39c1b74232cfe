"""The question log -> the questions that a curator has to look at, each with why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.questionlog.report import within
from bot.questionlog.store import Store
from bot.questionlog.tables import feedback, question

NARROW = 10.0
"""Points of the score (0..100) up to which an answer counts as narrow: a tenth of the scale, within which another wording of the same
question may be decided otherwise."""

Why = Literal["judged", "unanswered", "not-chosen", "handed-over", "narrow", "outside"]

WHYS: Mapping[Why, str] = {
    "judged": "judged unhelpful",
    "unanswered": "no answer",
    "not-chosen": "asked back, nothing chosen",
    "handed-over": "handed over",
    "narrow": "answered narrowly",
    "outside": "outside by design",
}
"""Why a question is looked at, the gravest first, in words."""

_OUTSIDE = ("out-of-scope", "declined", "other-subject")
_UNANSWERED = ("below-threshold", "unknown-words", "expired")
_ASKED_BACK = ("ambiguous", "not-said")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the log. `chosen` is the entry that was chosen next of those offered to it, `comment` what was written with a verdict;
    `nearest` are entries with their scores (0..100)."""

    reply: str
    at: datetime
    text: str
    why: Why
    nearest: tuple[tuple[str, float], ...] = ()
    chosen: str | None = None
    comment: str | None = None


def asked(store: Store, since: date, until: date, base: str | None = None) -> tuple[Asked, ...]:
    """The questions of the UTC days from `since` to `until`, both included, that a curator has to look at, in order of time; of one base,
    if it is named (records of before 0.8 name none and count). Raises UnreachableError."""
    given = within(since, until, question.c.at)
    if base is not None:
        given &= (question.c.base == base) | question.c.base.is_(None)
    columns = [question.c[name] for name in ("reply", "at", "conversation", "question", "status", "reason", "nearest", "chosen", "margin")]
    joined = sa.select(*columns, feedback.c.helpful, feedback.c.comment).join(feedback, feedback.c.reply == question.c.reply, isouter=True)
    with store.reading() as connection:
        rows = connection.execute(joined.where(given).order_by(question.c.at, question.c.reply)).mappings().all()
    found = (_asked(row, following) for row, following in zip(rows, _following(rows), strict=True) if row["chosen"] is None)
    return tuple(item for item in found if item)


def _following(rows: Sequence[Mapping[Any, Any]]) -> Iterable[str | None]:
    """For each message the entry that the next one of its conversation chose."""
    chosen: list[str | None] = [None] * len(rows)
    last: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row["conversation"] is not None:
            if row["conversation"] in last:
                chosen[last[row["conversation"]]] = row["chosen"]
            last[row["conversation"]] = at
    return chosen


def _asked(row: Mapping[Any, Any], chosen: str | None) -> Asked | None:
    why = _why(row, chosen)
    nearest = tuple((item["entry"], item["score"]) for item in row["nearest"] or ())
    led_to = chosen if row["status"] == "clarify" else None
    return why and Asked(row["reply"], row["at"], row["question"], why, nearest, led_to, row["comment"])


def _why(row: Mapping[Any, Any], chosen: str | None) -> Why | None:
    """Why a question has to be looked at; None if it was answered well, or was none."""
    status, reason = row["status"], row["reason"]
    if row["helpful"] is False:
        return "judged"
    if status == "handoff" and reason == "third-miss":
        return "handed-over"
    if status == "clarify" and reason in _ASKED_BACK and chosen is None:
        return "not-chosen"
    if status == "none" and reason in (*_OUTSIDE, *_UNANSWERED):
        return "outside" if reason in _OUTSIDE else "unanswered"
    narrow = status == "answer" and row["margin"] is not None and row["margin"] < NARROW
    return "narrow" if narrow and row["helpful"] is None else None
