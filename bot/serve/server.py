"""uvicorn with what it leaves out: an end for headers that never end, and a stop that loses no request that was sent."""

import asyncio
import gc
import logging
import os
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from pythonjsonlogger.core import RESERVED_ATTRS
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from bot.errors import BotError
from bot.serve.metrics import FOLDER_VARIABLE
from bot.serve.problems import MEDIA_TYPE, response
from bot.serve.settings import Settings

log = logging.getLogger("factotum.serve")

MOST_HEADER = 16_384
"""Bytes of a header that is not yet whole."""

_IDLE = 30  # seconds that a connection is kept open for the next request
_GRACE = 1.0  # seconds after the order to stop in which an open connection may still bring a request
_AWAY = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
_WAITING = 2048  # connections that the system holds until they are accepted

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(levelname)s %(name)s %(message)s",
            "timestamp": True,
            "reserved_attrs": [*RESERVED_ATTRS, "color_message"],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "factotum": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
"""A line of JSON an event, on standard error."""


class Config(uvicorn.Config):
    """The configuration of uvicorn, with the seconds within which a header must be here."""

    header_seconds: float = 10


class Protocol(HttpToolsProtocol):
    """One connection: closed if a header is too long or too late; when the service stops, closed after the request that is on its way."""

    limit: asyncio.TimerHandle | None = None
    header = 0
    stopping = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.limit and not self.transport.is_closing():
            self.header += len(data)
            if self.header > MOST_HEADER:
                self.send_400_response("The header is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.header = 0
        self._wait()

    def on_headers_complete(self) -> None:
        self._arrived()
        super().on_headers_complete()
        self.cycle.keep_alive = self.cycle.keep_alive and not self.stopping

    def shutdown(self) -> None:
        self.stopping = True
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(_GRACE, super().shutdown)
        else:
            super().shutdown()

    def _wait(self) -> None:
        self._arrived()
        seconds = self.config.header_seconds if isinstance(self.config, Config) else Config.header_seconds
        self.limit = self.loop.call_later(seconds, self.transport.close)

    def _arrived(self) -> None:
        if self.limit:
            self.limit.cancel()
            self.limit = None


def run(settings: Settings, app: str, tell: Callable[[str], None]) -> None:
    """Serves an application, named by the import path of what makes it, until a signal ends it. `tell` gets the address, as soon as there
    is one. Raises BotError if it cannot listen."""
    gc.enable()
    config = _config(settings, app)
    listening = _listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    log.info("serving", extra={"url": url, "workers": settings.workers})
    tell(f"Factotum answers at {url} (Ctrl-C stops it).")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # uvicorn's own stands in its place until it has stopped, and then calls this one
    try:
        _serve(config, listening.dup())
    finally:
        _turn_away(listening)


def _serve(config: Config, listening: socket.socket) -> None:
    if config.workers == 1:
        uvicorn.Server(config).run(sockets=[listening])
        return
    with tempfile.TemporaryDirectory(prefix="factotum-metrics-") as folder:
        os.environ[FOLDER_VARIABLE] = folder
        Multiprocess(config, sockets=[listening]).run()


def _turn_away(listening: socket.socket) -> None:
    """Answers whoever connected while the service stopped: the system accepts connections until the socket is closed."""
    body = response("not-ready").body
    head = f"{_AWAY}Content-Type: {MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n"
    with listening:
        listening.setblocking(False)
        with suppress(OSError):
            while True:
                _say(listening.accept()[0], head.encode() + bytes(body))


def _say(connection: socket.socket, words: bytes) -> None:
    with connection, suppress(OSError):
        connection.settimeout(0.2)
        connection.recv(MOST_HEADER)  # what is not read when a connection is closed makes the other side lose what we say
        connection.sendall(words)


def _config(settings: Settings, app: str) -> Config:
    config = Config(
        app,
        factory=True,
        http=Protocol,
        ws="none",
        workers=settings.workers,
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.proxies,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=settings.stop_seconds,
        backlog=_WAITING,
    )
    config.header_seconds = settings.header_seconds
    return config


def _listen(host: str, port: int) -> socket.socket:
    try:
        (family, kind, *_, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        listening = socket.socket(family, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING)  # who comes before the first worker is ready waits
    except OSError as error:
        raise BotError(f"cannot listen on {host} port {port}: {error.strerror}. Set FACTOTUM_HOST or FACTOTUM_PORT.") from None
    listening.set_inheritable(True)
    return listening
