"""Who may ask: a program with a token, or a page whose origin the operator named; and how often."""

import hmac
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import NoReturn

from fastapi import Request
from limits import RateLimitItem
from pydantic import SecretStr

from bot.serve.http.counts import Counts
from bot.serve.http.problems import Refused
from bot.serve.setting_values import rates_of
from bot.serve.settings import Settings

_TOKEN, _ADDRESS = "token", "address"


def same_site(request: Request, settings: Settings) -> bool:
    """Whether a request names no origin, this service's own, or one that the operator named (RFC 6454, 2011).

    That the Host header is one of this service's is checked before (`hosts`): without that, any page could make the two equal.
    """
    origin = request.headers.get("origin")
    return origin is None or origin in settings.origins or origin == settings.own_origin or _is_own(origin, request)


@dataclass(slots=True)
class Access:
    """Admits requests. `settings` is replaced when files of tokens change."""

    settings: Settings
    counts: Counts
    rates: tuple[RateLimitItem, ...]
    token_rates: tuple[RateLimitItem, ...]

    @classmethod
    def of(cls, settings: Settings) -> "Access":
        return cls(settings, Counts.of(settings.store_of_rates), rates_of(settings.rate), rates_of(settings.token_rate))

    async def admit(self, request: Request) -> None:
        """Admits a token, or a page of a named origin; anybody where no tokens are set. Raises Refused: not-allowed, no-token, too-many."""
        if not same_site(request, self.settings):
            raise Refused("not-allowed", _not_named(request))
        token = _token(request)
        if self.settings.tokens and not (_known(token, self.settings.tokens) if token else self._is_open_to(request)):
            self._ask_for_token(request)
        self.count(request, token if self.settings.tokens else None)

    async def admit_json(self, request: Request) -> None:
        """The same for a request with JSON: a page elsewhere cannot send that unless the browser has asked us first (CORS)."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused("not-json")
        await self.admit(request)

    async def admit_curator(self, request: Request) -> None:
        """Admits a token and nothing else. Raises Refused: no-token, too-many."""
        token = _token(request)
        if not token or not _known(token, self.settings.tokens):
            self._ask_for_token(request)
        self.count(request, token)

    async def admit_reader(self, request: Request) -> None:
        """Admits a visitor of the help page, which is closed where tokens are set unless `open_page` is. Raises Refused no-token."""
        if not self.settings.page_is_open and not _known(_token(request) or "", self.settings.tokens):
            self._ask_for_token(request, "The help page is closed because tokens are set. FACTOTUM_OPEN_PAGE=true opens it to everybody.")

    async def admit_probe(self, request: Request) -> None:
        """Admits an operator's tool: any, unless tokens are set and `open_probes` is not. Raises Refused no-token."""
        if not self.settings.probes_are_open and not _known(_token(request) or "", self.settings.tokens):
            self._ask_for_token(request)

    def count(self, request: Request, token: str | None = None) -> None:
        """Counts a request against each rate of its token, or else of its address. Raises Refused too-many if any is exceeded."""
        rates = self.token_rates if token else self.rates
        counted = (_TOKEN, token) if token else (_ADDRESS, _network(request.client.host if request.client else ""))
        until = self.counts.exceeded(rates, counted)
        if until is not None:
            raise Refused("too-many", headers={"Retry-After": str(max(1, math.ceil(until - time.time())))})

    def forget(self) -> None:
        """Starts all counts anew: for when the clock was set, since counts end at times of day."""
        self.counts.forget()

    def _is_open_to(self, request: Request) -> bool:
        """Whether a browser says that a page which may ask without a token sends this; `admit` has refused other origins."""
        origin = request.headers.get("origin")
        if origin in self.settings.origins:
            return True
        ours = origin is not None or request.headers.get("sec-fetch-site") == "same-origin"
        return ours and self.settings.page_is_open

    def _ask_for_token(self, request: Request, detail: str = "") -> NoReturn:
        """Refuses, and counts the attempt: guessing tokens is subject to the rate too."""
        self.count(request)
        unset = "" if self.settings.tokens else "No token is set: the operator has to name some in FACTOTUM_TOKENS."
        raise Refused("no-token", detail or unset, {"WWW-Authenticate": "Bearer"})


def _not_named(request: Request) -> str:
    return f"The operator has to name {request.headers['origin'][:200]} in FACTOTUM_ORIGINS."


def _is_own(origin: str, request: Request) -> bool:
    return origin.partition("://")[2] == request.headers.get("host")


def _token(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _known(token: str, tokens: Sequence[SecretStr]) -> bool:
    given = token.encode("utf-8", "replace")
    return sum(hmac.compare_digest(given, item.get_secret_value().encode()) for item in tokens) > 0  # compares with all: constant time


def _network(address: str) -> str:
    """An address as it is counted: of IPv6 the /56, which one subscriber may have (RFC 6177, 2011)."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""  # whatever a proxy passes that is no address counts as one and the same
    return parsed.exploded[:17] if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped else str(parsed)
