"""Limits the size and arrival time of request bodies. The application sees a request only once its whole body has arrived."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.serve.http.problems import Refused, response

MOST_TEXT = 10_000
"""Characters of a message."""

MOST_BODY = 131_072
"""Bytes: the longest message with every character escaped, and a context."""


class BodyLimit:
    """ASGI middleware that reads the body of each request before anything else sees it."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app, self.seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return await self.app(scope, receive, send)
        try:
            async with asyncio.timeout(self.seconds):
                body = await _whole(scope, receive)
        except TimeoutError:
            return await response("too-slow", headers={"Connection": "close"})(scope, receive, send)
        except Refused as refused:
            return await response(refused.name, refused.detail, refused.headers)(scope, receive, send)
        return await self.app(scope, _again(body, receive), send) if body is not None else None


async def _whole(scope: Scope, receive: Receive) -> bytes | None:
    """The body, or None if the client disconnected first. Raises Refused as soon as it is too large, without reading the rest."""
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if length.isdigit() and int(length) > MOST_BODY:
        raise _too_large()
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
        if size > MOST_BODY:
            raise _too_large()
    return b"".join(parts)


def _too_large() -> Refused:
    return Refused("too-large", f"A body may have at most {MOST_BODY} bytes.", {"Connection": "close"})


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read, then whatever comes next."""
    left = [body]

    async def give() -> Message:
        return {"type": "http.request", "body": left.pop(), "more_body": False} if left else await receive()

    return give
