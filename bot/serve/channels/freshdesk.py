"""Freshdesk: an automation's webhook tells of a customer's message, and a private note, or a reply, comes back.

By Freshdesk's documentation (API: replies, notes). Nothing is signed, so that the automation sends our secret in a header, and what it
sends is written there by hand, as README.md says: {"ticket": "{{ticket.id}}", "text": "{{ticket.latest_public_comment}}"}.
"""

import base64
import hashlib
import html
from datetime import datetime

import orjson

from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.html_text import words_of
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.channels.shared_secret import is_known

NAME = "freshdesk"


def read(headers: Headers, body: bytes) -> Incoming | None:
    told = orjson.loads(body)
    ticket = str(int(told["ticket"]))
    # The request has no id of its own: the same words in the same ticket are the same message.
    delivery = hashlib.sha256(f"{ticket}\0{told['text']}".encode()).hexdigest()[:32]
    return Incoming(delivery, ticket, words_of(str(told["text"])), to={"ticket": ticket})


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    place, text = f"/api/v2/tickets/{incoming.to['ticket']}", f"{reply.text}\n\n{note_of(reply)}" if draft else reply.text
    body = html.escape(text).replace("\n", "<br>")
    if draft:
        return [Sending(NAME, {"method": "POST", "path": f"{place}/notes", "json": {"body": body, "private": True}})]
    return [Sending(NAME, {"method": "POST", "path": f"{place}/reply", "json": {"body": body}})]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{keys.token.get_secret_value()}:X'.encode()).decode()}"} if keys.token else {}


_WHO = Sending(NAME, {"method": "GET", "path": "/api/v2/agents/me"})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_known, read), headers, _WHO)
