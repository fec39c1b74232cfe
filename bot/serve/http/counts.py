"""Counts requests against rates: in this process, or in Redis for all processes and machines together."""

import logging
import time
from dataclasses import dataclass, field

from limits import RateLimitItem
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from bot.errors import BotError

log = logging.getLogger("factotum.serve")

_PATIENCE = 0.5
"""Seconds that a request waits for Redis at most."""

_PAUSE = 5.0
"""Seconds for which a process counts by itself after Redis could not be reached: no request waits for it meanwhile."""


@dataclass(slots=True)
class Counts:
    """`shared` is None where each process counts by itself; `until`: when Redis is tried again, by the monotonic clock."""

    shared: FixedWindowRateLimiter | None
    own: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))
    until: float = 0.0

    @classmethod
    def of(cls, address: str | None) -> "Counts":
        """Counts in the Redis of this address. Raises BotError if it cannot be one, or if the library for it is missing."""
        return cls(FixedWindowRateLimiter(_storage(address)) if address else None)

    def exceeded(self, rates: tuple[RateLimitItem, ...], who: tuple[str, str]) -> float | None:
        """Counts one request of somebody. The time of day (as time.time()) from which it is admitted again, if a rate is exceeded."""
        if self.shared and time.monotonic() >= self.until:
            try:
                return _exceeded(self.shared, rates, who)
            except Exception as error:  # of whatever kind the library raises: nobody is refused for it
                self.until = time.monotonic() + _PAUSE
                log.error("Redis does not count requests; each process counts by itself", extra={"error": type(error).__name__})
        return _exceeded(self.own, rates, who)

    def forget(self) -> None:
        """Starts the counts of this process anew: for when the clock was set, since counts end at times of day."""
        self.own.storage.reset()


def _exceeded(counts: FixedWindowRateLimiter, rates: tuple[RateLimitItem, ...], who: tuple[str, str]) -> float | None:
    over = [rate for rate in rates if not counts.hit(rate, *who)]
    return max((counts.get_window_stats(rate, *who).reset_time for rate in over), default=None)


def _storage(address: str) -> Storage:
    try:
        found = storage_from_string(address, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE, key_prefix="factotum")
    except ConfigurationError as error:
        missing = "prerequisite" in str(error)
        mend = "install the extra 'redis' (pip install '.[redis]')" if missing else "write it like redis://127.0.0.1:6379/0"
        raise BotError(f"the settings are faulty: FACTOTUM_RATE_STORE: {mend}.") from None
    assert isinstance(found, Storage)
    return found
