"""Zendesk: tickets of the JSON export (a ticket with its `comments` a line), of the API and of incremental exports.

A customer's comment is public and by the requester; a ticket without comments has the first one as `description`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.imports.values import mapping, text
from bot.triage.formats.fields import body, message
from bot.triage.message import Found, Left


def messages(record: Mapping[str, Any], place: str) -> Iterator[Found] | None:
    ticket = mapping(record.get("ticket")) or record
    if "requester_id" not in ticket or not ({"description", "comments"} & ticket.keys()) or "description_text" in ticket:
        return None
    return _messages(ticket, place)


def _messages(ticket: Mapping[str, Any], place: str) -> Iterator[Found]:
    comments = ticket.get("comments")
    if not isinstance(comments, list) or not comments:
        yield message(place, text(ticket.get("description")), text(ticket.get("subject")), ticket.get("created_at"))
        return
    for number, comment in enumerate(map(mapping, comments)):
        where = f"{place}, comment {number + 1}"
        if comment.get("author_id") != ticket["requester_id"] or comment.get("public") is False:
            yield Left(where, "skipped", "not by the customer")
        else:
            words = body(comment, ("plain_body", "body"), ("html_body",))
            yield message(where, words, text(ticket.get("subject")) if not number else "", comment.get("created_at"))
