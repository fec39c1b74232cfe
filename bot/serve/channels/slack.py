"""Slack: an app that is mentioned in a channel, or written to. The setting `url` is https://slack.com/api, `secret` the app's signing
secret and `token` the bot's.

By Slack's documentation (Verifying requests; Events API; chat.postMessage). An answer stands in the thread of the message; an option is
chosen by its number.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from bot.reply import Reply
from bot.serve.channels.lengths import parts
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.outgoing.webhook import TOLERANCE

NAME = "slack"
_MOST = 4000  # characters of a text that are shown whole
_MENTION = re.compile(r"<@[A-Z0-9]+>\s*")
_ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    at = headers.get("x-slack-request-timestamp", "")
    if keys.secret is None or not at.isascii() or not at.isdecimal() or abs(now.timestamp() - int(at[:12])) > TOLERANCE.total_seconds():
        return False
    wanted = "v0=" + hmac.new(keys.secret.get_secret_value().encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), headers.get("x-slack-signature", "").encode("utf-8", "replace"))


def greets(body: bytes) -> Mapping[str, Any] | None:
    event = orjson.loads(body)
    return {"challenge": event["challenge"]} if event.get("type") == "url_verification" else None


def read(headers: Headers, body: bytes) -> Incoming | None:
    whole = orjson.loads(body)
    event = whole.get("event") or {}
    direct = event.get("type") == "message" and event.get("channel_type") == "im"
    if not (direct or event.get("type") == "app_mention") or event.get("bot_id") or event.get("subtype") or not event.get("user"):
        return None
    text = _MENTION.sub("", event.get("text") or "")
    for plain, escaped in reversed(_ESCAPED):
        text = text.replace(escaped, plain)
    thread = event.get("thread_ts") or (None if direct else event["ts"])
    to = {"channel": event["channel"], "thread": thread}
    return Incoming(str(whole["event_id"]), f"{event['channel']}/{thread or event['user']}", text.strip(), to=to)


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    to = {"channel": incoming.to["channel"], "unfurl_links": False, "unfurl_media": False}
    to |= {"thread_ts": incoming.to["thread"]} if incoming.to["thread"] else {}
    text = reply.text
    for plain, escaped in _ESCAPED:
        text = text.replace(plain, escaped)
    return [Sending(NAME, {"method": "POST", "path": "/chat.postMessage", "json": to | {"text": part}}) for part in parts(text, _MOST)]


def fault(body: bytes) -> str | None:
    """What is wrong: Slack answers 200 with "ok": false."""
    try:
        told = orjson.loads(body)
    except ValueError:
        return "answered what is no JSON"
    return None if told.get("ok") else f"answered {str(told.get('error'))[:60]}"


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Bearer {keys.token.get_secret_value()}"} if keys.token else {}


_WHO = Sending(NAME, {"method": "POST", "path": "/auth.test", "json": {}})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_genuine, read, greets), headers, _WHO, fault, drafts=False)
