"""One line in the log and one count for each request, with an id that the client gets too; nothing about the person or the message."""

import logging
import re
import secrets
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.serve.metrics import Metrics
from bot.serve.problems import response

log = logging.getLogger("factotum.request")

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Set on every response that does not set them itself (OWASP Secure Headers, 2025)."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Journal:
    """ASGI middleware around all others: what it sets and counts holds for their replies too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status, name = time.perf_counter(), 0, _id_of(scope)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(message, name)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            _tell(error, name)
            if not status:
                await response("fault")(scope, receive, noting)
        self._note(scope, status, time.perf_counter() - start, name)

    def _note(self, scope: Scope, status: int, seconds: float, name: str) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self.metrics.requested(route, status, seconds)
        told = {"request": name, "method": scope["method"], "route": route, "status": status, "ms": round(1000 * seconds, 2)}
        log.info("request", extra=told)


def _tell(error: Exception, name: str) -> None:
    """Where a fault of ours lies; not its text, which may hold what somebody asked."""
    steps = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)]
    log.error("fault", extra={"request": name, "error": type(error).__name__, "steps": steps[-12:]})


def _id_of(scope: Scope) -> str:
    """The id that the client gave, if it is fit for a log; else a new one."""
    given = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"x-request-id"), "")
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def _complete(message: Message, name: str) -> None:
    headers = MutableHeaders(raw=message["headers"])
    headers["X-Request-Id"] = name
    for key, value in HEADERS.items():
        headers.setdefault(key, value)
