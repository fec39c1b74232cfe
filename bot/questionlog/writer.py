"""Writes what was asked, away from the path of a question: put() only queues; a thread redacts and writes in batches."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Condition, Event, Thread
from time import monotonic, sleep

from bot.questionlog.errors import RefusedError, UnreachableError
from bot.questionlog.record import Asked, Record
from bot.questionlog.store import Store

GATHER = 0.25
"""Seconds between writes at most: what a killed process loses, and a little more."""

BATCH = 300
"""Records of one transaction at most."""

_LONGEST = 4000
"""Characters of a question or comment that are kept."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
_PRUNE_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class State:
    """How the writer is doing. `fault` says in words what is wrong with the database, without secrets; `waiting`, `written` and `dropped`
    count records of this process."""

    working: bool
    fault: str | None
    waiting: int
    written: int
    dropped: int


class Writer:
    """The thread that writes to a store. Made in the process that uses it (after a fork, not before), ended by close(); the store stays the
    caller's.

    `redact` takes the personal data out of a text, in the thread. `bound` is the number of records that wait at most; `clock` gives aware
    times; `warn` is called like logging's warning(), from the thread. What is older than `retention_days`, and contexts older than
    `context_hours`, are deleted at the start and every hour.
    """

    def __init__(
        self,
        store: Store,
        *,
        redact: Callable[[str], str],
        bound: int = 10_000,
        clock: Callable[[], datetime],
        retention_days: float,
        context_hours: float,
        warn: Callable[..., None],
    ) -> None:
        self._store, self._redact, self._bound, self._clock, self._warn = store, redact, bound, clock, warn
        self._ages = timedelta(days=retention_days), timedelta(hours=context_hours)
        self._queue: deque[Record] = deque()
        self._batch: list[Record] = []
        self._changed = Condition()
        self._closing = Event()
        self._deadline = float("inf")
        self._fault: str | None = None
        self._written = self._dropped = 0
        self._next_prune: datetime | None = None
        self._thread = Thread(target=self._run, name="question log", daemon=True)
        self._thread.start()

    def put(self, record: Record) -> bool:
        """Queues a record; never waits for the database. False if it is dropped: the bound is reached, or the writer closed."""
        with self._changed:
            if self._closing.is_set() or self._waiting() >= self._bound:
                self._dropped += 1
                return False
            self._queue.append(record)
            if len(self._queue) in (1, BATCH):
                self._changed.notify()
            return True

    def state(self) -> State:
        """How it is doing now."""
        with self._changed:
            working = self._fault is None and self._thread.is_alive()
            return State(working, self._fault, self._waiting(), self._written, self._dropped)

    def close(self, patience: float) -> int:
        """Takes no more, writes what waits for up to `patience` seconds and gives how many records are left unwritten."""
        with self._changed:
            self._deadline = monotonic() + patience
            self._closing.set()
            self._changed.notify()
        self._thread.join(patience)
        with self._changed:
            return self._waiting()

    def _waiting(self) -> int:
        return len(self._queue) + len(self._batch)

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            self._gather()
            fault = self._work()
            self._note(fault)
            if self._is_done():
                return
            if fault and self._closing.wait(pause):
                sleep(_FIRST_PAUSE)
            pause = min(2 * pause, _LONGEST_PAUSE) if fault else _FIRST_PAUSE

    def _gather(self) -> None:
        """Waits for a first record or the next hour, then a moment for more, unless a batch failed, is full or the end has come."""
        with self._changed:
            if self._batch or self._closing.is_set() or self._is_prune_due():
                return
            self._changed.wait_for(lambda: self._queue or self._closing.is_set(), timeout=60)
            self._changed.wait_for(lambda: len(self._queue) >= BATCH or self._closing.is_set(), timeout=GATHER)

    def _is_done(self) -> bool:
        with self._changed:
            return self._closing.is_set() and (monotonic() >= self._deadline or not self._waiting())

    def _work(self) -> str | None:
        """Writes all that waits, then prunes if it is time to. Gives what is wrong, in words, if the database cannot be worked with."""
        try:
            while self._take() and monotonic() < self._deadline:
                self._write()
            self._prune()
        except (UnreachableError, RefusedError) as error:
            return str(error)
        except Exception as error:  # the thread has to outlive whatever it is; its message might tell what was asked
            return f"the question log cannot be written ({type(error).__name__})."
        return None

    def _is_prune_due(self) -> bool:
        return not self._closing.is_set() and (self._next_prune is None or self._clock() >= self._next_prune)

    def _prune(self) -> None:
        if not self._is_prune_due():
            return
        now = self._clock()
        kept, contexts = self._ages
        self._store.prune(now - kept, now - contexts)
        self._next_prune = now + _PRUNE_EVERY

    def _take(self) -> bool:
        """Moves a batch out of the queue, without personal data, unless there is one still unwritten. Whether there is one now."""
        for _ in range(0 if self._batch else min(BATCH, len(self._queue))):
            made = self._cleaned(self._queue[0])
            with self._changed:
                self._queue.popleft()
                self._batch += [made] if made else []
        return bool(self._batch)

    def _cleaned(self, record: Record) -> Record | None:
        """The record as it may be kept; None if it is none that could be."""
        try:
            if isinstance(record, Asked):
                return replace(record, question=self._redact(_cut(record.question)))
            return replace(record, comment=self._redact(_cut(record.comment)) if record.comment else None)
        except Exception as error:
            self._drop(error)
            return None

    def _write(self) -> None:
        """Writes the batch; if the database refuses it, one by one, and what it refuses then is dropped."""
        try:
            self._store.write(self._batch)
            self._settle(len(self._batch))
        except RefusedError:
            while self._batch:
                self._write_first()

    def _write_first(self) -> None:
        try:
            self._store.write(self._batch[:1])
        except RefusedError as error:
            self._drop(error)
            self._settle(1, written=0)
        else:
            self._settle(1)

    def _settle(self, count: int, written: int | None = None) -> None:
        """Takes the first records of the batch out of it."""
        with self._changed:
            del self._batch[:count]
            self._written += count if written is None else written

    def _drop(self, error: Exception) -> None:
        with self._changed:
            self._dropped += 1
        self._tell("question log: one record was dropped: %s", error if isinstance(error, RefusedError) else type(error).__name__)

    def _tell(self, message: str, *values: object) -> None:
        # Whoever is told may fail at it; the log goes on.
        with suppress(Exception):
            self._warn(message, *values)

    def _note(self, fault: str | None) -> None:
        """Warns when a fault begins and when it ends, not each time between."""
        with self._changed:
            before, self._fault = self._fault, fault
        if fault and not before:
            self._tell("question log: %s It is tried again.", fault)
        elif before and not fault:
            self._tell("question log: it can be written again; %d records were dropped so far.", self._dropped)


def _cut(text: str) -> str:
    """The text up to the longest that is kept, without a word or number that the cut goes through."""
    if len(text) <= _LONGEST:
        return text
    start = text[:_LONGEST].rsplit(None, 1)[0] if " " in text[:_LONGEST] else ""
    return start.rstrip("0123456789+-./() ") + " […]"
