"""Telegram: a bot with a webhook. The setting `url` is https://api.telegram.org/bot and the bot's token; `secret` is setWebhook's
secret_token.

By Telegram's documentation (Bot API: Update, setWebhook, sendMessage). An option is a button that sends its number; a text has at most 4096
characters.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from bot.reply import Option, Reply
from bot.serve.channels.lengths import parts
from bot.serve.channels.platform import Headers, Hook, Incoming, Keys, Platform, Sending
from bot.serve.channels.shared_secret import is_secret

NAME = "telegram"
_MOST = 4096
_MOST_ON_BUTTON = 60


def is_genuine(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    return is_secret(keys, headers.get("x-telegram-bot-api-secret-token", ""))


def read(headers: Headers, body: bytes) -> Incoming | None:
    update = orjson.loads(body)
    pressed = update.get("callback_query")
    message = pressed["message"] if pressed else update.get("message")
    sender = pressed["from"] if pressed else (message or {}).get("from")
    text = pressed.get("data") if pressed else (message or {}).get("text")
    if not message or not text or not sender or sender.get("is_bot"):
        return None
    chat = int(message["chat"]["id"])
    return Incoming(str(int(update["update_id"])), str(chat), str(text), to={"chat": chat})


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    messages: list[dict[str, Any]] = [{"chat_id": incoming.to["chat"], "text": part} for part in parts(reply.text, _MOST)]
    if reply.options:
        messages[-1]["reply_markup"] = {"inline_keyboard": _buttons(reply.options)}
    return [Sending(NAME, {"method": "POST", "path": "/sendMessage", "json": message}) for message in messages]


def _buttons(options: Sequence[Option]) -> list[list[dict[str, str]]]:
    return [
        [{"text": f"{number}. {option.question}"[:_MOST_ON_BUTTON], "callback_data": str(number)}]
        for number, option in enumerate(options, 1)
    ]


_WHO = Sending(NAME, {"method": "POST", "path": "/getMe", "json": {}})
PLATFORM = Platform(NAME, "contract only", answer, Hook(is_genuine, read), probe=_WHO, drafts=False)
