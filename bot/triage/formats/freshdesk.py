"""Freshdesk: tickets of the API with their conversations, and of the account's export ({helpdesk_ticket} with notes)."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.imports.values import mapping, text
from bot.triage.formats.fields import body, message
from bot.triage.message import Found, Left

_REPLIES = ("conversations", "notes", "helpdesk_notes")


def messages(record: Mapping[str, Any], place: str) -> Iterator[Found] | None:
    ticket = mapping(record.get("helpdesk_ticket")) or (record if {"description_text", "description_html"} & record.keys() else {})
    return _messages(ticket, place) if ticket else None


def _messages(ticket: Mapping[str, Any], place: str) -> Iterator[Found]:
    plain = ("description_text",) if "description_text" in ticket else ("description",)
    words = body(ticket, plain, ("description_html", "description"))
    yield message(place, words, text(ticket.get("subject")), ticket.get("created_at"))
    replies: list[Any] = next((ticket[key] for key in _REPLIES if isinstance(ticket.get(key), list)), [])
    for number, reply in enumerate(map(mapping, replies), 1):
        where = f"{place}, reply {number}"
        if reply.get("incoming") is not True or reply.get("private") is True:
            yield Left(where, "skipped", "not by the customer")
        else:
            words = body(reply, ("body_text", *(["body"] if "body_html" in reply else [])), ("body_html", "body"))
            yield message(where, words, "", reply.get("created_at"))
