"""The question log as the service keeps it, or none if the operator wants none."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.questionlog.database_url import NONE, default_url
from bot.questionlog.store import Store
from bot.questionlog.writer import Writer
from bot.serve.settings import Settings

log = logging.getLogger("factotum.log")

_PATIENCE = 5.0  # seconds that a stop waits for the database


@dataclass(frozen=True, slots=True)
class Notes:
    """A store and what writes to it."""

    store: Store | None = None
    writer: Writer | None = None

    def working(self) -> bool:
        """Whether the database was there when it was last needed."""
        return self.writer is not None and self.writer.state().working

    def close(self) -> None:
        """Writes what waits, and tells what could not be written."""
        if self.writer is None or self.store is None:
            return
        left = self.writer.close(_PATIENCE)
        if left:
            log.error("records were lost at the stop: the database did not take them", extra={"records": left})
        self.store.close()


def notes(given: Settings, redact: Callable[[str], str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Notes:
    """The log that the settings name; `redact` takes personal data out of what it stores. Its writer has begun."""
    address = given.address or default_url()
    if address == NONE:
        return Notes()
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
    return Notes(store, writer)
