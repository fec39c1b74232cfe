"""Rasa's REST channel (RasaHQ/rasa, rasa/core/channels/rest.py), so that chat widgets made for it work unchanged.

The channel has no place for a context: the service keeps it in the question log's database for a limited time, under a pseudonym of the
sender. A message without a sender belongs to no conversation, since all senders without a name would share it.
"""

from collections.abc import Iterator
from typing import Any

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from bot.answering.layout import LISTS
from bot.reply import Block
from bot.serve import threads
from bot.serve.context_store import ContextStore
from bot.serve.conversations import Answered, Conversations, Message
from bot.serve.http.access import Access
from bot.serve.http.limits import MOST_TEXT

NAME = "rasa"

_NOBODY = "default"
_NONE_OF_THESE = {"title": "None of these", "payload": "none of these"}
_MORE = {"title": "More", "payload": "more"}


class Incoming(BaseModel):
    """A message as the channel sends it; other fields are ignored."""

    sender: str | int | None = None
    message: str | None = Field(default="", max_length=MOST_TEXT)

    model_config = ConfigDict(strict=True)


def routes(conversations: Conversations, contexts: ContextStore, access: Access) -> APIRouter:
    """The channel's webhook, and its health check."""
    router = APIRouter(prefix="/webhooks/rest", include_in_schema=False)

    @router.get("/")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @router.post("/webhook", dependencies=[Depends(access.admit)])
    async def webhook(request: Request, stream: bool = False) -> Response:
        incoming = _read(await request.body())
        sender = str(_NOBODY if incoming.sender is None else incoming.sender)
        answered = await _respond(incoming.message or "", sender, conversations, contexts)
        items = [orjson.dumps({"recipient_id": sender, **item}) for item in _items(answered.reply.blocks)]
        if stream:
            return Response(b"".join(item + b"\n" for item in items), media_type="text/event-stream")
        return Response(b"[" + b",".join(items) + b"]", media_type="application/json")

    return router


def _read(body: bytes) -> Incoming:
    """The message in a body of any content type (some widgets send text/plain). Raises RequestValidationError."""
    try:
        return Incoming.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError([{**item, "loc": ("body", *item["loc"])} for item in error.errors()]) from None


async def _respond(text: str, sender: str, conversations: Conversations, contexts: ContextStore) -> Answered:
    message = Message(text, channel=NAME)
    answered = await (
        conversations.respond(message) if sender in ("", _NOBODY) else threads.respond(message, sender, conversations, contexts)
    )
    assert answered is not None  # None is for a choice that does not exist, and this is a text
    return answered


def _items(blocks: list[Block]) -> Iterator[dict[str, Any]]:
    """The messages that a reply becomes: a paragraph each, with the lines of a list below what stands before it, and choices as
    buttons."""
    items: list[dict[str, Any]] = []
    for block in blocks:
        if block.role in ("option", "related"):
            items[-1].setdefault("buttons", []).append(_button(block))
        elif block.role == "more":
            items[-1]["buttons"] = [_MORE]
        elif block.role in LISTS:
            items[-1]["text"] += f"\n{block.text}"
        else:
            items.append({"text": block.text})
    if any(block.role == "option" for block in blocks):
        items[-1]["buttons"].append(_NONE_OF_THESE)
    yield from items


def _button(block: Block) -> dict[str, str]:
    """A pressed button comes back as a message with its payload, and widgets show it as one: so it is the question itself, which its
    entry answers."""
    question = block.label or block.text
    return {"title": question, "payload": question}
