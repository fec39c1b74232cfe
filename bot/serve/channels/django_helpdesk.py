"""django-helpdesk: its webhooks tell of tickets and follow-ups, and a private follow-up, or a public one, comes back.

Seen of a real one (2.6.1): the addresses of webhooks stand in its environment and nothing is signed, so that our secret stands in the
query of the address; the webhook of follow-ups tells of our own too, which have a user; a ticket's description is cut like a reply, its
first follow-up is whole.
"""

from datetime import datetime
from typing import Any

import orjson

from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.channels.shared_secret import is_known

NAME = "django_helpdesk"


def read(headers: Headers, body: bytes) -> Incoming | None:
    told = orjson.loads(body)
    ticket, number = told["ticket"], told.get("followup_id")
    said = _followup(ticket, number)
    if number is not None and (not said or said.get("user") or not said.get("public")):
        return None
    text = (said or {}).get("comment") or ticket.get("description") or ticket["title"]
    delivery = f"followup-{int(number)}" if number is not None else f"ticket-{int(ticket['id'])}"
    return Incoming(delivery, str(int(ticket["id"])), str(text), to={"ticket": int(ticket["id"])})


def _followup(ticket: dict[str, Any], number: int | None) -> dict[str, Any] | None:
    """The follow-up of a number, or the first where none is named."""
    found = ticket.get("followup_set") or []
    return next((item for item in found if number is None or item.get("id") == number), None)


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    text = f"{reply.text}\n\n{note_of(reply)}" if draft else reply.text
    note = {"ticket": incoming.to["ticket"], "title": "Factotum", "comment": text, "public": not draft}
    return [Sending(NAME, {"method": "POST", "path": "/api/followups/", "json": note})]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Token {keys.token.get_secret_value()}"} if keys.token else {}


_LIST = Sending(NAME, {"method": "GET", "path": "/api/tickets/?page_size=1"})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_known, read), headers, _LIST)
