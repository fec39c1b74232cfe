"""uvicorn with what it leaves out: an end for headers that never end, and a stop that loses no request that was sent."""

import asyncio
import gc
import logging
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import uvicorn
from pythonjsonlogger.core import RESERVED_ATTRS
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from bot.errors import BotError
from bot.serve.access_log import HEADERS
from bot.serve.metrics import FOLDER_VARIABLE
from bot.serve.problems import MEDIA_TYPE, response
from bot.serve.settings import Settings

log = logging.getLogger("factotum.serve")

MOST_HEADER = 16_384
"""Bytes of a header that is not yet whole."""

_IDLE = 30  # seconds that a connection is kept open for the next request
_GRACE = 1.0  # seconds after the order to stop in which an open connection may still bring a request
_FILES, _RESERVED = 16_384, 64  # open files of a process, and those that are kept for other things than connections
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
        "uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
"""A line of JSON an event, on standard error."""


class Config(uvicorn.Config):
    """The configuration of uvicorn, with the seconds within which a header must be here."""

    header_seconds: float = 10


class Protocol(HttpToolsProtocol):
    """One connection: closed if a header is too long or too late, if what was sent is not taken, or if it says nothing that is a request;
    when the service stops, closed after the request that is on its way."""

    limit: asyncio.TimerHandle | None = None
    stalled: asyncio.TimerHandle | None = None
    header = 0
    in_header = False
    stopping = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that we are told of every reply that is not taken
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.in_header:
            self._measure(len(data))  # of a header that is not whole the parser tells nothing yet
        if self.limit is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()  # what came is no request: uvicorn has stopped its own clock for it

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.header, self.in_header = 0, True
        self._wait()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.in_header:  # what comes after the body is no header of ours
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self.in_header = False
        self._arrived()
        self.header = sum(len(name) + len(value) for name, value in self.headers) + len(self.url)
        if self.header > MOST_HEADER:
            raise ValueError("the header is too large")
        super().on_headers_complete()
        self.cycle.keep_alive = self.cycle.keep_alive and not self.stopping

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_plainly("header-too-large" if self.header > MOST_HEADER else "bad-request"))
        self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stalled = self.stalled or self.loop.call_later(_IDLE, self.transport.abort)

    def resume_writing(self) -> None:
        if self.stalled:
            self.stalled.cancel()
            self.stalled = None
        super().resume_writing()

    def shutdown(self) -> None:
        self.stopping = True
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(_GRACE, super().shutdown)
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


def _plainly(name: str) -> bytes:
    """A problem as bytes, for where no application answers."""
    told = response(name)
    phrase = HTTPStatus(told.status_code).phrase
    fields = {**HEADERS, "Content-Type": MEDIA_TYPE, "Content-Length": str(len(told.body)), "Connection": "close"}
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    return f"HTTP/1.1 {told.status_code} {phrase}\r\n{head}\r\n".encode() + bytes(told.body)


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
    until = time.monotonic() + _GRACE
    with listening, suppress(OSError):
        listening.setblocking(False)
        while time.monotonic() < until:
            _say(listening.accept()[0], _plainly("not-ready"))


def _say(connection: socket.socket, words: bytes) -> None:
    with connection, suppress(OSError):
        connection.settimeout(0.02)
        connection.recv(MOST_HEADER)  # what is not read when a connection is closed makes the other side lose what we say
        connection.sendall(words)


def _most_connections() -> int:
    """How many connections a process may hold; those beyond are answered with 503 instead of none being accepted any more."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows has no such limit
        return _FILES - _RESERVED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, _FILES) if hard != resource.RLIM_INFINITY else _FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(64, wanted - _RESERVED)


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
        limit_concurrency=_most_connections(),
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
