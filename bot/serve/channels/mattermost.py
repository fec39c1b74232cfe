"""Mattermost: an outgoing webhook tells of messages, and a bot account answers in their threads. The setting `secret` is the webhook's
token, `token` that of the bot account.

By Mattermost's documentation (Outgoing webhooks; API: posts). The webhook sends its token as it is, in the body, as JSON or as a form.
"""

from datetime import datetime
from urllib.parse import parse_qsl

import orjson

from bot.reply import Reply
from bot.serve.channels.lengths import parts
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.channels.shared_secret import is_secret

NAME = "mattermost"
_MOST = 16_383


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a body. Raises ValueError."""
    found = orjson.loads(body) if body.lstrip()[:1] == b"{" else dict(parse_qsl(body.decode()))
    return {str(name): str(value or "") for name, value in found.items()}


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    try:
        return is_secret(keys, _fields(body).get("token", ""))
    except ValueError:
        return False


def read(headers: Headers, body: bytes) -> Incoming | None:
    told = _fields(body)
    text = told["text"].removeprefix(told.get("trigger_word") or "").strip()
    place = f"{told['channel_id']}/{told['user_id']}"
    return Incoming(told["post_id"], place, text, to={"channel": told["channel_id"], "post": told["post_id"]})


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    to = {"channel_id": incoming.to["channel"], "root_id": incoming.to["post"]}
    return [Sending(NAME, {"method": "POST", "path": "/api/v4/posts", "json": to | {"message": part}}) for part in parts(reply.text, _MOST)]


def headers(keys: Keys, key: str, now: datetime, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Bearer {keys.token.get_secret_value()}"} if keys.token else {}


_WHO = Sending(NAME, {"method": "GET", "path": "/api/v4/users/me"})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_genuine, read), headers, _WHO, drafts=False)
