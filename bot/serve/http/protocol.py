"""One connection of uvicorn with what it leaves out: an end for headers that never end, and a stop that loses no request.

It builds on methods of uvicorn's HttpToolsProtocol that are not documented, so pyproject.toml bounds uvicorn above; tests/test_service.py
tells whether a newer one still works.
"""

import asyncio
import sys
from http import HTTPStatus

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.serve.http.access_log import HEADERS
from bot.serve.http.problems import MEDIA_TYPE, response

MOST_HEADER = 16_384
"""Bytes of a header, whole or not."""

IDLE = 30
"""Seconds for which a connection is kept open for the next request, and a reply may stay untaken."""

GRACE = 1.0
"""Seconds after the order to stop in which an open connection may still bring a request."""


_OFFERS = frozenset((b"upgrade", b"connection", b"http2-settings"))
"""Header fields with which a client offers to go on in another protocol."""


class Config(uvicorn.Config):
    """uvicorn's configuration, with the seconds within which a header must arrive, and the path below which people reach the service."""

    header_seconds: float = 10
    sub_path: str = ""


class Protocol(HttpToolsProtocol):
    """One connection. It is closed if a header is too long or late, if a reply is not taken, or if what arrives is not a request; when the
    service stops, it is closed after the request that is on its way.

    An offer to go on in another protocol is ignored (RFC 9110, 7.8): the request is read again without it. uvicorn 0.54 with httptools 0.9
    would lose its body, which Java's HttpClient and curl --http2 send (findings/uvicorn-upgrade-loses-body.sh).
    """

    again = b""
    limit: asyncio.TimerHandle | None = None
    stalled: asyncio.TimerHandle | None = None
    header = 0
    in_header = False
    stopping = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that pause_writing is called for every reply that is not taken
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received = data
        super().data_received(data)
        while self.again and not self.transport.is_closing():
            self._received, self.again = self.again, b""
            super().data_received(self._received)
        if self.transport.is_closing():
            return
        if self.in_header:
            self._measure(len(data))  # the parser tells nothing of a header before it is complete
        if self.limit is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()  # what came is not a request, but uvicorn has stopped its own timer for it

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.header, self.in_header = 0, True
        self._wait()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.in_header:  # not a trailer, which comes after the body
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.parser.should_upgrade():
            return
        self.in_header = False
        self._arrived()
        self.header = sum(len(name) + len(value) for name, value in self.headers) + len(self.url)
        if self.header > MOST_HEADER:
            raise ValueError("the header is too large")
        super().on_headers_complete()
        self.cycle.keep_alive = self.cycle.keep_alive and not self.stopping

    def on_message_complete(self) -> None:
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Called by uvicorn while it handles the parser's HttpParserUpgrade, which says where the header ends."""
        raised, method = sys.exception(), self.parser.get_method()
        if method == b"CONNECT" or raised is None:
            self.send_400_response("")
            return
        fields = b"".join(b"%s: %s\r\n" % field for field in self.headers if field[0] not in _OFFERS)
        fields += (
            b"connection: close\r\n" if any(name == b"connection" and b"close" in value.lower() for name, value in self.headers) else b""
        )
        version = self.parser.get_http_version().encode()
        self.again = b"%s %s HTTP/%s\r\n%s\r\n" % (method, self.url, version, fields) + self._received[raised.args[0] :]
        self.parser = httptools.HttpRequestParser(self)

    def send_400_response(self, msg: str) -> None:
        below = self.config.sub_path if isinstance(self.config, Config) else ""
        self.transport.write(as_bytes("header-too-large" if self.header > MOST_HEADER else "bad-request", below))
        self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stalled = self.stalled or self.loop.call_later(IDLE, self.transport.abort)

    def resume_writing(self) -> None:
        if self.stalled:
            self.stalled.cancel()
            self.stalled = None
        super().resume_writing()

    def shutdown(self) -> None:
        self.stopping = True
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(GRACE, super().shutdown)
        else:
            super().shutdown()

    def _wait(self) -> None:
        self._arrived()
        seconds = self.config.header_seconds if isinstance(self.config, Config) else Config.header_seconds
        self.limit = self.loop.call_later(seconds, self.transport.abort)

    def _arrived(self) -> None:
        if self.limit:
            self.limit.cancel()
            self.limit = None

    def _measure(self, size: int) -> None:
        self.header += size
        if self.header > MOST_HEADER:
            self.send_400_response("")


def as_bytes(name: str, below: str = "") -> bytes:
    """A problem as an HTTP response in bytes, for where no application answers. `below`: the path below which people reach the service."""
    sent = response(name).below(below)
    phrase = HTTPStatus(sent.status_code).phrase
    fields = {**HEADERS, "Content-Type": MEDIA_TYPE, "Content-Length": str(len(sent.body)), "Connection": "close"}
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    return f"HTTP/1.1 {sent.status_code} {phrase}\r\n{head}\r\n".encode() + bytes(sent.body)
