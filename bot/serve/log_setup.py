"""Opens the question log as the settings say, or none."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.questionlog.store import Store
from bot.questionlog.writer import Writer
from bot.serve.base_name import address_of, shared_before
from bot.serve.settings import Settings

log = logging.getLogger("factotum.log")

_PATIENCE = 5.0  # seconds that a stop waits for the database


@dataclass(frozen=True, slots=True)
class QuestionLog:
    """A store and its writer; both None if no log is kept."""

    store: Store | None = None
    writer: Writer | None = None

    def working(self) -> bool:
        """Whether the database could be reached when it was last needed."""
        return self.writer is not None and self.writer.state().working

    def close(self) -> None:
        """Writes what is waiting, and logs how many records could not be written."""
        if self.writer is None or self.store is None:
            return
        left = self.writer.close(_PATIENCE)
        if left:
            log.error("records were lost at the stop: the database did not take them", extra={"records": left})
        self.store.close()


def open_log(given: Settings, redact: Callable[[str], str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> QuestionLog:
    """The log that the settings name; `redact` takes personal data out of what it stores. Its writer thread runs. Raises BotError as
    `address_of` does."""
    address = address_of(given)
    if address is None:
        return QuestionLog()
    if before := shared_before(given):
        told = "questions of before are in %s: to go on with that log set FACTOTUM_DATABASE to it; a new one of this base's own is begun"
        log.warning(told, before)
    store = Store(address)
    writer = Writer(
        store,
        redact=redact,
        max_waiting=given.log_bound,
        clock=now,
        retention_days=given.retention_days,
        context_hours=given.context_hours,
        workers=given.workers,
        warn=log.warning,
    )
    return QuestionLog(store, writer)
