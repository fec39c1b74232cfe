"""The question log -> a stream of messages, the same from SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.questionlog.store import Store
from bot.questionlog.tables import answer, feedback, question
from bot.reporting.asked import OUTCOMES, Asked

_CHUNK = 2000
"""Rows that are fetched at once, so that a log of any size takes no more memory than that."""

_PRESSED = "[chose "
"""How the service notes an option or link that somebody pressed (bot/serve/conversations.py)."""


def messages(store: Store, start: datetime, end: datetime) -> Iterator[Asked]:
    """The messages from `start` on and before `end`, the oldest first. Raises UnreachableError."""
    with store.reading() as connection:
        rows = connection.execution_options(yield_per=_CHUNK).execute(_wanted(start, end)).mappings()
        for _, same in groupby(rows, key=lambda row: row["reply"]):
            yield _asked(list(same))


def _wanted(start: datetime, end: datetime) -> sa.Select[Any]:
    """A row for each answer of each message, at least one."""
    told = (question.c.reply, question.c.at, question.c.channel, question.c.conversation, question.c.question, question.c.status)
    rest = (question.c.reason, question.c.kb, answer.c.entry, feedback.c.helpful, feedback.c.comment)
    joined = question.outerjoin(answer, question.c.reply == answer.c.reply).outerjoin(feedback, question.c.reply == feedback.c.reply)
    within = (question.c.at >= start) & (question.c.at < end)
    return sa.select(*told, *rest).select_from(joined).where(within).order_by(question.c.at, question.c.reply, answer.c.position)


def _asked(rows: list[Any]) -> Asked:
    """A message of its rows."""
    row = rows[0]
    pressed = row["question"].startswith(_PRESSED)
    outcome = "chosen" if pressed else OUTCOMES.get(row["status"], "refused")
    return Asked(
        at=row["at"],
        channel=row["channel"],
        conversation=row["conversation"],
        question=row["question"],
        outcome=outcome,
        reason=row["reason"],
        answers=tuple(dict.fromkeys(one["entry"] for one in rows if one["entry"])),
        kb=row["kb"],
        gaps=(row["question"],) if _is_gap(row) and not pressed else (),
        helpful=row["helpful"],
        comment=row["comment"] or "",
    )


def _is_gap(row: Any) -> bool:
    """No answer, or a handoff after the third question without one, as in bot/questionlog/report.py."""
    return bool(row["status"] == "none" or (row["status"] == "handoff" and row["reason"] == "third-miss"))
