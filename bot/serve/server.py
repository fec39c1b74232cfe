"""Runs uvicorn: one process, or several under a supervisor of our own, on a socket that is opened here."""

import gc
import logging
import logging.config
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import uvicorn
from pythonjsonlogger.core import RESERVED_ATTRS

from bot.errors import BotError
from bot.serve import settings as settings_module
from bot.serve.http.protocol import GRACE, IDLE, MOST_HEADER, Config, Protocol, as_bytes
from bot.serve.metrics import FOLDER_VARIABLE
from bot.serve.settings import Settings
from bot.serve.workers import supervise

log = logging.getLogger("factotum.serve")

_FILES, _RESERVED = 16_384, 64  # open files of a process, and those that are kept for other things than connections
_WAITING = 2048  # connections that the system holds until they are accepted
_SAFE_PATH = "PYTHONSAFEPATH"

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
"""One line of JSON for each event, on standard error."""


def run(settings: Settings, app: str, tell: Callable[[str], None]) -> None:
    """Serves an application until a signal stops it. `app` is the import path of the function that makes it; `tell` gets the address once
    requests are answered there. Raises BotError if the service cannot listen or start."""
    gc.enable()
    logging.config.dictConfig(LOGGING)
    os.environ[_SAFE_PATH] = "1"  # no process of ours imports from the folder that the service was started in
    listening = _listen(settings.host, settings.port)

    def ready() -> None:
        url = _url_of(listening)
        log.info("serving", extra={"url": url, "workers": settings.workers})
        tell(f"Factotum answers at {url} (Ctrl-C stops it).")

    try:
        if settings.workers == 1:
            _serve_here(settings, app, listening.dup(), ready)
        else:
            _serve_with_workers(settings, app, listening, ready)
    finally:
        _turn_away(listening, as_bytes("not-ready", settings.sub_path))


def _serve_here(settings: Settings, app: str, listening: socket.socket, ready: Callable[[], None]) -> None:
    _run(_Server(_config(settings, app), ready), listening)


def _serve_with_workers(settings: Settings, app: str, listening: socket.socket, ready: Callable[[], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="factotum-metrics-") as folder:
        os.environ[FOLDER_VARIABLE] = folder
        supervise(settings.workers, _work, (app, listening), ready, settings.stop_seconds)


def _work(pipe: Connection, app: str, listening: socket.socket) -> None:
    """What each worker does. It reads the settings itself, so that no secret passes between processes."""
    try:
        server = _Server(_config(settings_module.read(), app), lambda: pipe.send(True))
        _run(server, listening)
    except BotError as error:
        log.error("a worker could not start", extra={"problem": str(error)})
        raise SystemExit(2) from None


def _run(server: "_Server", listening: socket.socket) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # uvicorn puts its own in their place while it runs, and raises the signal again at its end
    server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it has begun to accept connections."""

    def __init__(self, config: Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def _turn_away(listening: socket.socket, refusal: bytes) -> None:
    """Answers those who connected while the service stopped: the system accepts connections until the socket is closed."""
    until, turned_away = time.monotonic() + GRACE, []
    with listening, suppress(OSError):
        listening.setblocking(False)
        while time.monotonic() < until:
            connection, _ = listening.accept()
            turned_away.append(connection)
            with suppress(OSError):
                connection.sendall(refusal)
                connection.shutdown(socket.SHUT_WR)
    for connection in turned_away:
        _hear_out(connection, until)


def _hear_out(connection: socket.socket, until: float) -> None:
    """Closes a connection once the other side has sent its request: what arrives at a closed one makes it lose our reply."""
    with connection, suppress(OSError):
        while (left := until - time.monotonic()) > 0:
            connection.settimeout(left)
            if not connection.recv(MOST_HEADER):
                return


def _most_connections() -> int:
    """How many connections a process may hold. Further ones are answered with 503; without a limit none would be accepted any more."""
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
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.proxies,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=settings.stop_seconds,
        backlog=_WAITING,
        limit_concurrency=_most_connections(),
    )
    config.header_seconds, config.sub_path = settings.header_seconds, settings.sub_path
    return config


def _listen(host: str, port: int) -> socket.socket:
    try:
        (family, kind, *_, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        listening = socket.socket(family, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING)  # those who connect before the first worker is ready have to wait
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that is none
        why = error.strerror if isinstance(error, OSError) else "this is not the name of a host"
        raise BotError(f"cannot listen on {host} port {port}: {why}. Set FACTOTUM_HOST or FACTOTUM_PORT.") from None
    return listening


def _url_of(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
