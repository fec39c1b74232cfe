"""Under which names the service may be called. Without this, a page could point a name of its own at the service's address and read it
like a page of ours (DNS rebinding): to the browser it would be the same origin."""

from collections.abc import Collection
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.serve.http.journal import Journal
from bot.serve.http.problems import KINDS, response


class Hosts:
    """ASGI middleware that refuses requests whose Host header is not one of the service's names.

    IP addresses and localhost always pass, since no page can point those elsewhere; so does a request without the header, which no browser
    sends. `names` are lower case, without ports.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], journal: Journal) -> None:
        self.app, self.names, self.journal = app, frozenset(names), journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = [value.decode("latin-1") for key, value in scope.get("headers", ()) if key == b"host"]
        strange = [host for host in hosts if scope["type"] == "http" and not self.is_ours(host)]
        if not strange:
            return await self.app(scope, receive, send)
        mend = KINDS["wrong-host"].mend
        self.journal.refused("a request called the service by a name that is not its own", strange[0], mend)
        return await response("wrong-host", f"'{strange[0][:200]}' is not a name of this service. {mend}")(scope, receive, send)

    def is_ours(self, host: str) -> bool:
        """Whether a Host header (RFC 9110, 2022, section 7.2) names this service."""
        name = name_of(host)
        return name in self.names or name == "localhost" or name.endswith(".localhost") or _is_address(name)


def name_of(host: str) -> str:
    """A Host header without its port, in lower case; of an IPv6 address without the brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower().removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
