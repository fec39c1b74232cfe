"""Who may ask: by token, or from a page whose origin the operator named; and how often."""

import hmac
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import NoReturn

from fastapi import Request
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pydantic import SecretStr

from bot.serve.problems import Refused
from bot.serve.settings import Settings, rate_of

_TOKEN, _ADDRESS = "token", "address"


def same_site(request: Request, settings: Settings) -> bool:
    """Whether a request comes from no page, from one of our own, or from one whose origin was named (RFC 6454, 2011)."""
    origin = request.headers.get("origin")
    return origin is None or origin in settings.origins or origin.partition("://")[2] == request.headers.get("host")


@dataclass(frozen=True, slots=True)
class Door:
    """Admits requests. Rates are counted in this process alone."""

    settings: Settings
    counts: FixedWindowRateLimiter
    rate: RateLimitItem | None
    token_rate: RateLimitItem | None

    @classmethod
    def of(cls, settings: Settings) -> "Door":
        return cls(settings, FixedWindowRateLimiter(MemoryStorage()), rate_of(settings.rate), rate_of(settings.token_rate))

    async def admit(self, request: Request) -> None:
        """Lets a request in. Raises Refused: not-allowed, no-token or too-many."""
        if not same_site(request, self.settings):
            raise Refused("not-allowed")
        token = _token(request)
        if self.settings.tokens and not (_known(token, self.settings.tokens) if token else _from_a_page(request)):
            self._ask_for_token(request)
        self.count(request, token if self.settings.tokens else None)

    async def admit_json(self, request: Request) -> None:
        """Lets a request in that brings JSON: a page elsewhere cannot send that without the browser asking us first (CORS)."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused("not-json")
        await self.admit(request)

    async def admit_curator(self, request: Request) -> None:
        """Lets a request in that has a token; no page's origin stands in for it."""
        token = _token(request)
        if not token or not _known(token, self.settings.tokens):
            self._ask_for_token(request)
        self.count(request, token)

    def _ask_for_token(self, request: Request) -> NoReturn:
        """Counts what came without a token that holds: to try tokens out is to ask."""
        self.count(request)
        detail = "" if self.settings.tokens else "No token is set: the operator has to name some in FACTOTUM_TOKENS."
        raise Refused("no-token", detail, {"WWW-Authenticate": "Bearer"})

    def count(self, request: Request, token: str | None = None) -> None:
        """Counts a request for its token, or else for the address that it comes from. Raises Refused too-many."""
        rate = self.token_rate if token else self.rate
        who = (_TOKEN, token) if token else (_ADDRESS, _network(request.client.host if request.client else ""))
        if rate and not self.counts.hit(rate, *who):
            seconds = math.ceil(self.counts.get_window_stats(rate, *who).reset_time - time.time())
            raise Refused("too-many", headers={"Retry-After": str(max(1, seconds))})


def _token(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _known(token: str, tokens: Sequence[SecretStr]) -> bool:
    given = token.encode("utf-8", "replace")
    return sum(hmac.compare_digest(given, item.get_secret_value().encode()) for item in tokens) > 0  # all of them: in equal time


def _from_a_page(request: Request) -> bool:
    """Whether a browser says that a page of ours, or one that was named, sends this; `admit` has refused the others."""
    return "origin" in request.headers or request.headers.get("sec-fetch-site") == "same-origin"


def _network(address: str) -> str:
    """An address as it is counted: of IPv6 the /56, which is what one subscriber may have (RFC 6177, 2011)."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""  # what a proxy says that is no address is counted as one
    return parsed.exploded[:17] if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped else str(parsed)
