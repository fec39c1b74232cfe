"""Days of a desk's time zone -> moments. A day begins at midnight there, so that one may have 23 or 25 hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import UsageError


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, in a time zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(number) for number in range((self.last - self.first).days + 1))

    @cached_property
    def start(self) -> datetime:
        """The moment of the first midnight, in UTC."""
        return _midnight(self.first, self.zone)

    @cached_property
    def end(self) -> datetime:
        """The moment of the midnight after the last day, in UTC; it is no part of the period."""
        return _midnight(self.last + timedelta(1), self.zone)

    def before(self) -> "Period":
        """As many days right before. Raises UsageError if the calendar has none."""
        length = self.last - self.first + timedelta(1)
        try:
            return Period(self.first - length, self.first - timedelta(1), self.zone)
        except OverflowError:
            raise UsageError(f"there are not as many days before {self.first}: name a later one.") from None

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def __str__(self) -> str:
        return f"{self.first} to {self.last} ({self.zone.key})"


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name such as Europe/Paris. Raises UsageError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"there is no time zone '{name}'. Write it like Europe/Paris or America/New_York.") from None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Where clocks are set at midnight: of two midnights the first, of none the moment that takes its place (PEP 495, fold=0)."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
