"""The generic channel: signed webhooks in and out, for a system of your own (Standard Webhooks 1.0).

In: {"type": "message.created", "data": {"conversation", "text"}}, or in place of the text "choice" or "intent"; "page" may be there. Other
types are ignored. Out: {"type": "reply.created", "data": {"conversation", "delivery", "draft", "reply"}}, where `delivery` is the
webhook-id of the message, `draft` says that only an agent may see it, and `reply` is the reply object.
"""

from datetime import datetime
from typing import Any

import orjson

from bot.render.json import as_fields
from bot.reply import Reply
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.outgoing.webhook import is_signed, signed

NAME = "hook"
_PING = Sending(NAME, {"method": "POST", "path": "", "json": {"type": "ping", "data": {}}})
_LONGEST = 190  # characters of an id: the database's keys have 200


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    return keys.secret is not None and is_signed(keys.secret.get_secret_value(), headers, body)


def read(headers: Headers, body: bytes) -> Incoming | None:
    event = orjson.loads(body)
    if event["type"] != "message.created":
        return None
    data = event["data"]
    intent = data.get("intent")
    if intent not in (None, "person"):
        raise ValueError("an intent that is not known")
    text, conversation = str(data.get("text") or ""), str(data["conversation"])
    if not conversation or len(conversation) > _LONGEST or len(headers["webhook-id"]) > _LONGEST:
        raise ValueError("an id that is too long")
    return Incoming(headers["webhook-id"], conversation, text, data.get("choice"), intent, data.get("page"))


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    fields: dict[str, Any] = orjson.loads(orjson.dumps(as_fields(reply)))
    data = {"conversation": incoming.conversation, "delivery": incoming.delivery, "draft": draft, "reply": fields}
    return [Sending(NAME, {"method": "POST", "path": "", "json": {"type": "reply.created", "data": data}})]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return signed(keys.secret.get_secret_value(), key, now, body) if keys.secret else {}


PLATFORM = Platform(NAME, "real server", answer, Hook(is_genuine, read), headers, _PING)
