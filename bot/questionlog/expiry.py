"""When expired records may be deleted. Pure: the times are passed in.

A clock that is wrong for a while must not empty the log. The wall clock is therefore compared with a monotonic counter, and at the start
with the newest record: if they disagree, nothing is deleted until the wall clock has run evenly for as long as the disagreement, but for
12 hours at most. A clock that jumps ahead by a year for an hour deletes nothing. What is due is decided by the monotonic counter, so that
a clock that is set back does not stop deletion.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)
"""Disagreements up to this size are ignored. Records are kept for days; ntpd steps a clock that is off by more than 0.128 s, and slews
within 500 ppm otherwise, which is 1.8 s per hour."""

LONGEST_HOLD = timedelta(hours=12)
"""Longest time without deletion. Half a day, so that records expire even if the service is restarted every night after a quiet day."""

INTERVAL = timedelta(hours=1)
"""Time between two deletions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks at one moment: `wall` is an aware time, `elapsed` a monotonic count of seconds."""

    wall: datetime
    elapsed: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """`last` is the latest reading of the clocks; `due` is the count of seconds from which records may be deleted."""

    last: Reading
    due: float

    @classmethod
    def start(cls, now: Reading, newest: datetime | None) -> "Schedule":
        """The schedule of a process that starts; `newest` is the time of the newest record of the log, None if the log is empty."""
        return cls(now, now.elapsed + _hold(now.wall - newest if newest else timedelta()))

    def observe(self, now: Reading) -> "Schedule":
        """The schedule after another reading, put off if the wall clock was set in the meantime."""
        jump = now.wall - self.last.wall - timedelta(seconds=now.elapsed - self.last.elapsed)
        return Schedule(now, max(self.due, now.elapsed + _hold(jump)) if abs(jump) > TOLERANCE else self.due)

    def is_due(self) -> bool:
        """Whether records may be deleted at the time of the latest reading."""
        return self.last.elapsed >= self.due

    def hold(self) -> timedelta:
        """How long nothing is deleted from the latest reading on."""
        return timedelta(seconds=max(self.due - self.last.elapsed, 0))

    def after_deletion(self) -> "Schedule":
        """The schedule after records were deleted."""
        return replace(self, due=self.last.elapsed + INTERVAL.total_seconds())


def _hold(disagreement: timedelta) -> float:
    """Seconds without deletion after a disagreement between the clocks."""
    return 0.0 if abs(disagreement) <= TOLERANCE else min(abs(disagreement), LONGEST_HOLD).total_seconds()
