"""Keeps a number of worker processes running: starts them, replaces those that end, and stops all of them on a signal.

uvicorn's own supervisor is not used: it kills workers that do not answer a check within five seconds, which on a busy machine happens to
those that are still loading, and its classes differ from version to version.
"""

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any

from bot.errors import BotError
from bot.serve.child import Child, spawn

log = logging.getLogger("factotum.serve")

_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds before a worker is started again after one that ended before it was ready, after two in a row, and so on."""

_LEEWAY = 15.0
"""Seconds that a worker gets on top of those for its requests: it also turns away newcomers and writes the question log."""


@dataclass(slots=True)
class Workers:
    """The processes that run now. `failures`: starts in a row that did not become ready; `next_start`: by the monotonic clock."""

    number: int
    start: Callable[[], Child]
    starting: list[Child] = field(default_factory=list)
    serving: list[Child] = field(default_factory=list)
    failures: int = 0
    next_start: float = 0.0

    def fill_up(self) -> None:
        """Starts the workers that are missing, unless it is too early to try again."""
        while len(self.running) < self.number and time.monotonic() >= self.next_start:
            self.starting.append(self.start())

    @property
    def running(self) -> list[Child]:
        return [*self.starting, *self.serving]

    def wait(self, stop: Connection) -> list[Any]:
        """Waits for an event: a worker is ready, a worker ended, it is time to start one, or there is something to read from `stop`."""
        missing = len(self.running) < self.number
        timeout = max(0.0, self.next_start - time.monotonic()) if missing else None
        return wait([stop, *(child.process.sentinel for child in self.running), *(child.pipe for child in self.starting)], timeout)

    def note_ready(self) -> None:
        """Moves the workers that said that they are ready to those that serve."""
        for child in [child for child in self.starting if child.pipe.poll() and _said_ready(child)]:
            self.starting.remove(child)
            self.serving.append(child)
            log.info("a worker is ready", extra={"pid": child.process.pid})
            self.failures, self.next_start = 0, 0.0

    def note_ended(self) -> None:
        """Drops the workers that have ended. Raises BotError if one could not start and no other serves."""
        for child in [child for child in self.running if not child.process.is_alive()]:
            failed = child in self.starting
            (self.starting if failed else self.serving).remove(child)
            log.error("a worker ended", extra={"pid": child.process.pid, "status": child.process.exitcode, "served": not failed})
            child.end()
            if failed and not self.serving:
                raise BotError("a worker could not start; the log above says why.")
            if failed:
                self.next_start = time.monotonic() + _PAUSES[min(self.failures, len(_PAUSES) - 1)]
                self.failures += 1

    def stop(self, seconds: float) -> None:
        """Asks all workers to stop, and kills those that have not after some seconds."""
        until = time.monotonic() + seconds
        for child in self.running:
            child.process.terminate()
        for child in self.running:
            child.process.join(max(0.0, until - time.monotonic()))
            if child.process.is_alive():
                log.error("a worker did not stop in time and was killed", extra={"pid": child.process.pid})
            child.end()


def supervise(number: int, target: Callable[..., None], given: tuple[Any, ...], ready: Callable[[], None], stop_seconds: float) -> None:
    """Runs `target(pipe, *given)` in `number` processes until SIGINT or SIGTERM. Each sends True through its pipe once it serves; the first
    time, `ready` is called. A worker that ends is replaced. Raises BotError if one cannot start while no other serves."""
    workers, told = Workers(number, lambda: spawn(target, *given, daemon=False)), False
    with _signals() as stop:
        try:
            workers.fill_up()
            while stop not in workers.wait(stop):
                workers.note_ready()
                if workers.serving and not told:
                    told = True
                    ready()
                workers.note_ended()
                workers.fill_up()
        finally:
            workers.stop(stop_seconds + _LEEWAY)


def _said_ready(child: Child) -> bool:
    try:
        return bool(child.pipe.recv())
    except (EOFError, OSError):
        return False


@contextmanager
def _signals() -> Iterator[Connection]:
    """A connection that can be read from once SIGINT or SIGTERM came. Later ones are ignored: nothing must interrupt the orderly stop."""
    reading, writing = Pipe(duplex=False)
    numbers = (signal.SIGINT, signal.SIGTERM)
    with reading, writing:
        for number in numbers:
            signal.signal(number, lambda *_: writing.send_bytes(b"stop"))
        try:
            yield reading
        finally:
            for number in numbers:
                signal.signal(number, lambda *_: None)
