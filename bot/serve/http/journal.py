"""Tells the operator, in the log, of requests that are refused for where they come from: whoever asked sees only that it does not work."""

import logging
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.serve.http.access import same_site
from bot.serve.settings import Settings

log = logging.getLogger("factotum.serve")

_MOST = 100
"""Names of which a process tells: each once, so that nobody fills the log with made-up ones."""

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Journal:
    """Tells of each name once. `told`: what it has told of."""

    told: set[tuple[str, str]] = field(default_factory=set)

    def refused(self, what: str, name: str, mend: str) -> None:
        """Logs a refusal, if none of the kind and the name was logged before. `name` comes from the request."""
        if (what, name[:_LONGEST]) in self.told or len(self.told) >= _MOST:
            return
        self.told.add((what, name[:_LONGEST]))
        further: dict[str, Any] = {"refused": name[:_LONGEST], "mend": mend}
        log.warning(what, extra=further)


class Origins:
    """ASGI middleware that tells of pages which are not named in `origins`: also of those that only ask whether they may (CORS)."""

    def __init__(self, app: ASGIApp, settings: Settings, journal: Journal) -> None:
        self.app, self.settings, self.journal = app, settings, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not same_site(request := Request(scope), self.settings):
            self._tell(request)
        await self.app(scope, receive, send)

    def _tell(self, request: Request) -> None:
        mend = "Name it in FACTOTUM_ORIGINS if that page may show the widget."
        if request.url.path.removeprefix(request.scope.get("root_path", "")) in ("/", "/feedback"):
            mend = "If it is the service's own page behind a proxy, set FACTOTUM_PUBLIC_URL to the address that people reach it under."
        self.journal.refused("a page of another origin asked", request.headers["origin"], mend)
