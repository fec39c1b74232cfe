"""Chatwoot: an agent bot. Chatwoot tells of messages of customers; while their conversation is pending the bot answers, and opens it for
people when one is wanted.

By Chatwoot's source (lib/webhooks/trigger.rb, app/listeners/agent_bot_listener.rb) and API documentation. The signature (since 2026) is
X-Chatwoot-Signature: "sha256=" and the HMAC-SHA256 over "timestamp.body" in hex.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Any

import orjson

from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.outgoing.webhook import TOLERANCE

NAME = "chatwoot"


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    at = headers.get("x-chatwoot-timestamp", "")
    if keys.secret is None or not at.isdecimal() or len(at) > 12 or abs(now.timestamp() - int(at)) > TOLERANCE.total_seconds():
        return False
    wanted = "sha256=" + hmac.new(keys.secret.get_secret_value().encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), headers.get("x-chatwoot-signature", "").encode("utf-8", "replace"))


def read(headers: Headers, body: bytes) -> Incoming | None:
    event = orjson.loads(body)
    chosen = _chosen(event)
    is_new = event.get("event") == "message_created" and event.get("message_type") == "incoming" and not event.get("private")
    if event.get("conversation", {}).get("status") != "pending" or not (is_new or chosen):
        return None
    account, conversation = int(event["account"]["id"]), int(event["conversation"]["id"])
    name = f"message-{int(event['id'])}" + (".chosen" if chosen else "")
    to = {"account": account, "conversation": conversation}
    return Incoming(name, f"{account}/{conversation}", "" if chosen else str(event.get("content") or ""), chosen, to=to)


def _chosen(event: dict[str, Any]) -> str | None:
    """The value of the option that was pressed, which comes as a change of the message that offered it."""
    submitted = (event.get("content_attributes") or {}).get("submitted_values")
    return str(submitted[0]["value"]) if event.get("event") == "message_updated" and submitted else None


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    place = f"/api/v1/accounts/{incoming.to['account']}/conversations/{incoming.to['conversation']}"
    text = f"{reply.text}\n\n{note_of(reply)}" if draft else reply.text
    message: dict[str, Any] = {"content": text, "message_type": "outgoing", "private": draft, "content_type": "text"}
    if reply.options and not draft:
        items = [{"title": option.question, "value": option.id} for option in reply.options]
        message |= {"content_type": "input_select", "content_attributes": {"items": items}}
    sent = [Sending(NAME, {"method": "POST", "path": f"{place}/messages", "json": message})]
    if draft or (reply.handoff and reply.handoff["wanted"]):  # a note reaches nobody while the conversation is the bot's
        sent.append(Sending(NAME, {"method": "POST", "path": f"{place}/toggle_status", "json": {"status": "open"}}))
    return sent


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"api_access_token": keys.token.get_secret_value()} if keys.token else {}


PLATFORM = Platform(NAME, "contract only", answer, Hook(is_genuine, read), headers)
