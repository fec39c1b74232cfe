"""Everything that is stored of a conversation, as plain values: what its person may ask for."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.questionlog.tables import DESK_TABLES, answer, conversation, feedback, question


def everything_of(connection: sa.Connection, conversation_id: str) -> dict[str, Any]:
    """The questions with answers and feedback, oldest first, the context, and the rows of each table of handing over."""
    questions = sa.select(question).where(question.c.conversation == conversation_id).order_by(question.c.at, question.c.reply)
    context = sa.select(conversation.c.at, conversation.c.context).where(conversation.c.id == conversation_id)
    rows = [_plain(row) for row in connection.execute(questions).mappings().all()]
    for row in rows:
        row |= _answers_and_feedback(connection, row["reply"])
    stored = connection.execute(context).mappings().first()
    return {
        "conversation": conversation_id,
        "questions": rows,
        "context": stored and _plain(stored) | {"context": json.loads(stored["context"])},
        **{table.name: _rows_of(connection, table, conversation_id) for table in DESK_TABLES},
    }


def _rows_of(connection: sa.Connection, table: sa.Table, conversation_id: str) -> list[dict[str, Any]]:
    wanted = sa.select(table).where(table.c.conversation == conversation_id).order_by(table.c.at)
    return [_plain(row) for row in connection.execute(wanted).mappings()]


def _answers_and_feedback(connection: sa.Connection, reply: str) -> dict[str, Any]:
    columns = (answer.c.entry, answer.c.version, answer.c.score)
    answers = connection.execute(sa.select(*columns).where(answer.c.reply == reply).order_by(answer.c.position))
    found = connection.execute(sa.select(feedback.c.at, feedback.c.helpful, feedback.c.comment).where(feedback.c.reply == reply))
    verdict = found.mappings().first()
    return {"answers": [dict(row) for row in answers.mappings()], "feedback": verdict and _plain(verdict)}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
