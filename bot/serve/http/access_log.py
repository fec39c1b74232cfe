"""Logs and counts each request under an id that the client receives too. Logs nothing about the person or the message."""

import logging
import re
import secrets
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.serve.http.problems import response
from bot.serve.metrics import Metrics

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


class AccessLog:
    """ASGI middleware around all others, so that it sets headers on, logs and counts their responses too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status, name = time.perf_counter(), 0, _id_of(scope)

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, name)
            await send(message)

        try:
            await self.app(scope, receive, observed)
        except Exception as error:
            _log_fault(error, name)
            if not status:
                await response("fault")(scope, receive, observed)
        self._log(scope, status, time.perf_counter() - start, name)

    def _log(self, scope: Scope, status: int, seconds: float, name: str) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self.metrics.requested(route, status, seconds)
        line = {"request": name, "method": scope["method"], "route": route, "status": status, "ms": round(1000 * seconds, 2)}
        log.info("request", extra=line)


def _log_fault(error: Exception, name: str) -> None:
    """Logs where a fault of ours lies, without its text, which may hold what somebody asked."""
    steps = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)]
    log.error("fault", extra={"request": name, "error": type(error).__name__, "steps": steps[-12:]})


def _id_of(scope: Scope) -> str:
    """The id that the client sent if it is safe to log, otherwise a new one."""
    given = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"x-request-id"), "")
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def _add_headers(message: Message, name: str) -> None:
    headers = MutableHeaders(raw=message["headers"])
    headers["X-Request-Id"] = name
    for key, value in HEADERS.items():
        headers.setdefault(key, value)
