"""The other side of what the service sends, for tests: an HTTP server that answers as told, and a mail server."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body)


@dataclass(slots=True)
class Peer:
    """`answers` are the statuses of the next requests, 200 after them; `says` is the body of each answer. `taken` are the requests that
    were answered with 2xx, in their order; `seen` are all."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    says: bytes = b"{}"
    seen: list[Request] = field(default_factory=list)
    taken: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> int:
        status = self.answers.pop(0) if self.answers else 200
        self.seen.append(request)
        if status < 300:
            self.taken.append(request)
        return status


@contextmanager
def web_peer() -> Iterator[Peer]:
    """A server on a free port."""
    peer = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(peer.answer(Request(self.command, self.path, headers, body)))
            self.send_header("Content-Length", str(len(peer.says)))
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(peer.says)

        do_PUT = do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        peer.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield peer
        server.shutdown()


@dataclass(slots=True)
class MailPeer:
    """`refuses` is what it says to the next mail instead of taking it. `taken` are the mails that it took."""

    url: str = ""
    refuses: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return self.refuses.pop(0)
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@cache
def _smtp() -> Any:
    """aiosmtpd's server. It needs a package `public`, in whose place it would find tests/measure/public.py."""
    before = sys.path[:]
    sys.path[:] = [folder for folder in sys.path if not folder.endswith("measure")]
    try:
        from aiosmtpd.smtp import SMTP
    finally:
        sys.path[:] = before
    return SMTP


@contextmanager
def mail_peer() -> Iterator[MailPeer]:
    """A mail server on a free port, in a loop of its own: aiosmtpd's Controller gives up if it cannot reach itself within a second."""
    peer, loop = MailPeer(), asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: _smtp()(peer, hostname="peer", loop=loop), "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    peer.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield peer
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
