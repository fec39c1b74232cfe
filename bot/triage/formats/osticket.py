"""osTicket: rows of the table thread_entry, as CSV or as phpMyAdmin's JSON. `type` M is a customer's message, R a reply, N a note."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.imports.values import text
from bot.triage.formats.fields import message, unmarked
from bot.triage.message import Found, Left


def messages(record: Mapping[str, Any], place: str) -> Iterator[Found] | None:
    return _messages(record, place) if {"thread_id", "type", "body"} <= record.keys() else None


def _messages(record: Mapping[str, Any], place: str) -> Iterator[Found]:
    if text(record["type"]).upper() != "M":
        yield Left(place, "skipped", "not by the customer")
        return
    words = text(record["body"])
    plain = unmarked(words) if text(record.get("format")).lower() == "html" else words
    yield message(place, plain, text(record.get("title")), record.get("created"))
