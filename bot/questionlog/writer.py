"""Writes records in the background: put() only queues them; a thread removes personal data and writes them in batches."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Condition, Event, Thread
from time import monotonic, sleep

from bot.questionlog.errors import RefusedError, UnreachableError
from bot.questionlog.expiry import LONGEST_HOLD, Reading, Schedule
from bot.questionlog.record import FeedbackRecord, QuestionRecord, Record
from bot.questionlog.store import MOST_DELETED, Store

GATHER = 0.25
"""Longest time between writes in seconds. A killed process loses at most what it received in that time and during one write."""

BATCH = 300
"""Most records in one transaction."""

_LONGEST = 4000
"""Characters of a question or comment that are stored."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
"""Seconds before another attempt after an error; doubled from the first to the longest."""


@dataclass(frozen=True, slots=True)
class WriterState:
    """How the writer is doing. `error` says what is wrong with the database, without secrets; `waiting`, `written` and `dropped` are
    numbers of records of this process."""

    working: bool
    error: str | None
    waiting: int
    written: int
    dropped: int


class Writer:
    """The thread that writes to a store. Create it in the process that uses it (after a fork, not before) and end it with close(); the
    store is closed by the caller.

    `redact` takes the personal data out of a text. At most `max_waiting` records wait to be written. `clock` returns aware times,
    `elapsed` seconds of a monotonic counter. Records older than `retention_days` and contexts older than `context_hours` are deleted at
    the start and every hour, within the bounds of expiry.py and of MOST_DELETED, which `workers` processes with a writer each share.
    `warn` is called from the thread, like logging.warning.
    """

    def __init__(
        self,
        store: Store,
        *,
        redact: Callable[[str], str],
        max_waiting: int = 10_000,
        clock: Callable[[], datetime],
        elapsed: Callable[[], float] = monotonic,
        retention_days: float,
        context_hours: float,
        workers: int = 1,
        warn: Callable[..., None],
    ) -> None:
        self._store, self._redact, self._max_waiting, self._clock, self._elapsed = store, redact, max_waiting, clock, elapsed
        self._warn = warn
        self._ages = timedelta(days=retention_days), timedelta(hours=context_hours)
        self._most_deleted = MOST_DELETED / workers
        self._queue: deque[Record] = deque()
        self._batch: list[Record] = []
        self._changed = Condition()
        self._closing = Event()
        self._deadline = float("inf")
        self._error: str | None = None
        self._written = self._dropped = 0
        self._hurried = False
        self._schedule: Schedule | None = None
        self._thread = Thread(target=self._run, name="question log", daemon=True)
        self._thread.start()

    def put(self, record: Record) -> bool:
        """Queues a record; never waits for the database. False if it is dropped: too many are waiting, or the writer is closed."""
        with self._changed:
            if self._closing.is_set() or self._waiting() >= self._max_waiting:
                self._dropped += 1
                return False
            self._queue.append(record)
            if len(self._queue) in (1, BATCH):
                self._changed.notify()
            return True

    def flush(self, timeout: float) -> bool:
        """Waits up to `timeout` seconds until what was put so far is written (or dropped), without gathering more; whether it is."""
        with self._changed:
            until, self._hurried = self._settled() + self._waiting(), True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._settled() >= until, timeout)

    def state(self) -> WriterState:
        """The present state."""
        with self._changed:
            working = self._error is None and self._thread.is_alive()
            return WriterState(working, self._error, self._waiting(), self._written, self._dropped)

    def close(self, timeout: float) -> int:
        """Takes no more records and spends up to `timeout` seconds on writing those that wait; returns how many remain unwritten."""
        with self._changed:
            self._deadline = monotonic() + timeout
            self._closing.set()
            self._changed.notify()
        self._thread.join(timeout)
        with self._changed:
            return self._waiting()

    def _waiting(self) -> int:
        return len(self._queue) + len(self._batch)

    def _settled(self) -> int:
        return self._written + self._dropped

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            self._gather()
            error = self._work()
            self._report(error)
            if self._is_done():
                return
            if error and self._closing.wait(pause):
                sleep(_FIRST_PAUSE)
            pause = min(2 * pause, _LONGEST_PAUSE) if error else _FIRST_PAUSE

    def _gather(self) -> None:
        """Waits for a first record and then a moment for more; not if a batch failed or is full, a deletion is due or the writer closes."""
        with self._changed:
            if self._batch or self._closing.is_set() or self._is_deletion_due():
                return
            self._changed.wait_for(lambda: self._queue or self._closing.is_set(), timeout=60)
            self._changed.wait_for(lambda: len(self._queue) >= BATCH or self._hurried or self._closing.is_set(), timeout=GATHER)
            self._hurried = False

    def _is_done(self) -> bool:
        with self._changed:
            return self._closing.is_set() and (monotonic() >= self._deadline or not self._waiting())

    def _work(self) -> str | None:
        """Writes everything that waits, then deletes expired records if that is due. Returns what is wrong with the database, in words."""
        try:
            self._read_clocks()
            while self._take() and monotonic() < self._deadline:
                self._write()
            self._delete_expired()
        except (UnreachableError, RefusedError) as error:
            return str(error)
        except Exception as error:  # the thread has to survive anything; the message could contain a question
            return f"the question log cannot be written ({type(error).__name__})."
        return None

    def _read_clocks(self) -> None:
        """Puts deletion off if the clock was set. The newest record counts only before this process has written one itself."""
        newest = self._newest() if self._schedule is None else None
        now, before = Reading(self._clock(), self._elapsed()), self._schedule
        self._schedule = before.observe(now) if before else Schedule.start(now, newest)
        if before and self._schedule.due != before.due:
            self._tell("question log: the clock was set to %s. %s", now.wall, _hold_in_words(self._schedule))
        elif before is None and self._schedule.hold() == LONGEST_HOLD:
            told = "question log: its newest record is from %s, but the clock says %s. %s"
            self._tell(told, newest, now.wall, _hold_in_words(self._schedule))

    def _newest(self) -> datetime | None:
        try:
            return self._store.newest()
        except RefusedError:  # somebody edited the time into something that is not one: no reason to trust the clock, or to stop writing
            return datetime.max.replace(tzinfo=UTC)

    def _is_deletion_due(self) -> bool:
        return self._schedule is None or self._elapsed() >= self._schedule.due

    def _delete_expired(self) -> None:
        if self._closing.is_set() or self._schedule is None or not self._schedule.is_due():
            return
        now, (kept, contexts) = self._schedule.last.wall, self._ages
        deleted = self._store.delete_expired(now - kept, now - contexts, self._most_deleted)
        self._schedule = self._schedule.after_deletion()
        if deleted.left:
            told = "question log: %d expired records were deleted and %d are left for the next hours: at most %.0f%% are deleted at once."
            self._tell(told, deleted.count, deleted.left, 100 * self._most_deleted)

    def _take(self) -> bool:
        """Moves a batch out of the queue and removes personal data from it, unless one is still unwritten. Whether there is one now."""
        for _ in range(0 if self._batch else min(BATCH, len(self._queue))):
            cleaned = self._cleaned(self._queue[0])
            with self._changed:
                self._queue.popleft()
                self._batch += [cleaned] if cleaned else []
        return bool(self._batch)

    def _cleaned(self, record: Record) -> Record | None:
        """The record without personal data; None if that cannot be removed (a field has the wrong type)."""
        try:
            if isinstance(record, QuestionRecord):
                return replace(record, question=self._redact(_cut(record.question)))
            if isinstance(record, FeedbackRecord):
                return replace(record, comment=self._redact(_cut(record.comment)) if record.comment else None)
            return record  # a turn is for the desk, which has to read the order number
        except Exception as error:
            self._drop(error)
            return None

    def _write(self) -> None:
        """Writes the batch. If the database refuses it, writes its records one by one and drops those that are refused."""
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
        """Removes the first records of the batch, which were written or dropped."""
        with self._changed:
            del self._batch[:count]
            self._written += count if written is None else written
            self._changed.notify_all()

    def _drop(self, error: Exception) -> None:
        with self._changed:
            self._dropped += 1
        self._tell("question log: one record was dropped: %s", error if isinstance(error, RefusedError) else type(error).__name__)

    def _tell(self, message: str, *values: object) -> None:
        # A failing `warn` must not end the thread.
        with suppress(Exception):
            self._warn(message, *values)

    def _report(self, error: str | None) -> None:
        """Warns when an error begins and when it ends, not at each attempt in between."""
        with self._changed:
            before, self._error = self._error, error
        if error and not before:
            self._tell("question log: %s It is tried again.", error)
        elif before and not error:
            self._tell("question log: it can be written again; %d records have been dropped so far.", self._dropped)


def _hold_in_words(schedule: Schedule) -> str:
    return f"Nothing is deleted as expired for {schedule.hold().total_seconds() / 3600:.1f} hours, in case the clock is wrong."


def _cut(text: str) -> str:
    """The text cut to the length that is stored, without a word or number that would be cut in two."""
    if len(text) <= _LONGEST:
        return text
    start = text[:_LONGEST].rsplit(None, 1)[0] if " " in text[:_LONGEST] else ""
    return start.rstrip("0123456789+-./() ") + " […]"
