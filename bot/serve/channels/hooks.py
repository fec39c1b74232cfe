"""POST /channels/NAME: where other systems tell of messages. The signature is checked over the bytes as they came, before they are read."""

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.errors import BotError
from bot.serve.channels.inbox import Inboxes
from bot.serve.channels.shared_secret import QUERY
from bot.serve.http.access import Access
from bot.serve.http.problems import Refused

UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a message raises that does not have the form of its channel."""


def routes(inboxes: Inboxes, access: Access) -> APIRouter:
    """The route, for the channels that are set."""
    router = APIRouter(include_in_schema=False)

    @router.post("/channels/{name}")
    async def hook(name: str, request: Request) -> Response:
        inbox = inboxes.get(name)
        if inbox is None or inbox.platform.hook is None:
            raise Refused("not-found", "The settings name no such channel that takes requests.")
        body, headers = await request.body(), {**request.headers, QUERY: request.url.query}
        if not inbox.platform.hook.is_genuine(inbox.given, headers, body, inbox.now()):
            access.count(request)
            raise Refused("bad-signature")
        try:
            greeting = inbox.platform.hook.greets(body)
            incoming = None if greeting else inbox.platform.hook.read(headers, body)
        except UNREADABLE:
            raise Refused("invalid", "The message does not have the form that this channel documents.") from None
        if incoming:
            try:
                await inbox.take(incoming)
            except BotError as error:
                raise Refused("not-ready", str(error), {"Retry-After": "5"}) from None
        return Response(orjson.dumps(greeting or {}), media_type="application/json")

    return router
