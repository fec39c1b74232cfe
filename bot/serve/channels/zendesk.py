"""Zendesk: a trigger's webhook tells of a comment of a customer, and a private comment, or a public one, comes back.

By Zendesk's documentation (Webhooks: verifying; Tickets API). What the trigger sends is written there by hand, as README.md says:
{"ticket": "{{ticket.id}}", "text": "{{ticket.latest_public_comment}}"}. The setting `token` is an API user's "address/token:key".
"""

import base64
import hashlib
import hmac
from datetime import datetime

import orjson

from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.outgoing.webhook import TOLERANCE

NAME = "zendesk"


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    at = headers.get("x-zendesk-webhook-signature-timestamp", "")
    try:
        age = abs(now - datetime.fromisoformat(at))
    except (ValueError, TypeError):
        return False
    if keys.secret is None or age > TOLERANCE:
        return False
    wanted = base64.b64encode(hmac.new(keys.secret.get_secret_value().encode(), at.encode() + body, hashlib.sha256).digest())
    return hmac.compare_digest(wanted, headers.get("x-zendesk-webhook-signature", "").encode("utf-8", "replace"))


def read(headers: Headers, body: bytes) -> Incoming | None:
    told = orjson.loads(body)
    ticket = str(int(told["ticket"]))
    return Incoming(headers["x-zendesk-webhook-invocation-id"], ticket, str(told["text"]), to={"ticket": ticket})


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    text = f"{reply.text}\n\n{note_of(reply)}" if draft else reply.text
    change = {"ticket": {"comment": {"body": text, "public": not draft}}}
    return [Sending(NAME, {"method": "PUT", "path": f"/api/v2/tickets/{incoming.to['ticket']}.json", "json": change})]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    if keys.token is None:
        return {}
    return {"Authorization": f"Basic {base64.b64encode(keys.token.get_secret_value().encode()).decode()}", "Idempotency-Key": key}


_WHO = Sending(NAME, {"method": "GET", "path": "/api/v2/users/me.json"})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_genuine, read), headers, _WHO)
