"""Answers long messages in a process of its own, which is ended if one takes longer than the time limit.

Only a process can be ended: a thread cannot be, and one that is inside a regular expression holds up all others.
"""

import ctypes
import gc
import logging
import signal
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any, Literal

from bot.engine import Bot
from bot.serve.child import Child, spawn

log = logging.getLogger("factotum.serve")

_START_SECONDS = 120.0
"""Seconds within which the process must be ready. Starting takes half a second on a quiet machine; this is for a very busy one."""

WARM_UP = (
    "a red notice is an arrest warrant",
    "hola, ¿dónde está la biblioteca y quién la paga?",
    "Dear all,\n\nwho are you?\n\nRegards,\nAnn",
)
"""Messages that make a bot load what it otherwise loads for the first message that needs it: stance, language detection, letters."""

Method = Literal["noted", "explain"]


class TookTooLong(Exception):  # noqa: N818 - not an error of the program: the caller says so in the reply
    """A message took longer than the time limit."""


def warm(bot: Bot) -> Bot:
    """The bot, once it has loaded everything that it loads on demand, so that nobody who asks has to wait for that."""
    for text in WARM_UP:
        bot.ask(text)
    _give_back()
    return bot


def _give_back() -> None:
    """Gives the memory that loading took and no longer needs back to the system, some 20 MB: the C library of Linux keeps it."""
    if trim := getattr(ctypes.CDLL(None) if sys.platform == "linux" else None, "malloc_trim", None):
        trim(0)


@dataclass(slots=True)
class AnsweringProcess:
    """The process; it is started when first needed, and again after a message was given up or for another bot. One message at a time: other
    threads wait. `seconds` is the time limit of a message.

    It is not started with the service: it takes as much memory as a worker's own copy of base and language model (some 150 MB)."""

    seconds: float
    _bot: Bot | None = None
    _child: Child | None = None
    _lock: Lock = field(default_factory=Lock)
    _closed: bool = False

    def call(self, bot: Bot, method: Method, text: str, context: Mapping[str, Any] | None) -> Any:
        """What a method of the bot returns for a message. Blocks. Raises TookTooLong, and RuntimeError if the process fails."""
        with self._lock:
            child = self._ready(bot)
            try:
                child.pipe.send((method, text, context))
                if not child.pipe.poll(self.seconds):
                    log.warning("a message was given up: it took too long", extra={"seconds": self.seconds, "characters": len(text)})
                    raise TookTooLong
                result, steps = child.pipe.recv()
            except (TookTooLong, EOFError, OSError) as error:
                self._end()
                raise error if isinstance(error, TookTooLong) else RuntimeError("the process for long messages ended") from None
        if steps:
            log.error("fault", extra={"error": result, "steps": steps})
            raise RuntimeError("a fault in the process for long messages")
        return result

    def close(self) -> None:
        """Ends the process, whatever it is doing: whoever waits for it gets RuntimeError."""
        self._closed = True
        if child := self._child:
            with suppress(ValueError):  # it has ended meanwhile
                child.process.kill()
        with self._lock:
            self._end()

    def _ready(self, bot: Bot) -> Child:
        if self._child and self._bot is bot and self._child.process.is_alive():
            return self._child
        self._end()
        if self._closed:
            raise RuntimeError("the service stops")
        start = perf_counter()
        child = spawn(_answer, bot)
        self._bot, self._child = bot, child
        try:
            started = child.pipe.poll(_START_SECONDS) and child.pipe.recv()
        except (EOFError, OSError):
            started = False
        if not started:
            self._end()
            raise RuntimeError("the process for long messages did not start")
        log.info("the process for long messages is ready", extra={"pid": child.process.pid, "seconds": round(perf_counter() - start, 2)})
        return child

    def _end(self) -> None:
        if self._child:
            self._child.end()
        self._bot = self._child = None


def _answer(pipe: Connection, bot: Bot) -> None:
    """What the process does, until the other side closes the pipe or dies: Ctrl-C and SIGTERM sent to the whole group are for the parent,
    which still answers what has arrived."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    warm(bot)
    gc.freeze()
    try:
        pipe.send(True)
        while True:
            method, text, context = pipe.recv()
            pipe.send(_result(bot, method, text, context))
    except (EOFError, OSError):
        return


def _result(bot: Bot, method: Method, text: str, context: Mapping[str, Any] | None) -> tuple[Any, list[str]]:
    """A result and no steps, or the name of an exception and where it was raised; its text may hold what somebody asked."""
    try:
        return getattr(bot, method)(text, context), []
    except Exception as error:
        steps = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)]
        return type(error).__name__, steps[-12:]
