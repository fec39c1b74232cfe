"""The path below which a proxy shows the service: every address that the service tells of itself begins with it."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class SubPath:
    """ASGI middleware for a service that people reach below a path, such as /faq of https://desk.example.org/faq/.

    The proxy may pass that path on or take it away. `path` begins with a slash and ends without one; it may be empty. Redirects name path
    and query alone (RFC 9110, 2022, section 10.2.2), whatever host and scheme the proxy passes on.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app, self.path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            below = scope["path"].removeprefix(self.path) if f"{scope['path']}/".startswith(f"{self.path}/") else scope["path"]
            scope["root_path"], scope["path"] = self.path, self.path + (below or "/")

        async def relative(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if "location" in headers:
                    headers["location"] = urlsplit(headers["location"])._replace(scheme="", netloc="").geturl()
            await send(message)

        await self.app(scope, receive, relative)
