"""A stream of messages -> what is counted of it. A tally grows with what is different (channels, entries, groups), not with how much."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.reporting.asked import Asked
from bot.reporting.report import COUNTED, MOST_GROUPS, Counts

MOST_WORDINGS = 20
"""Wordings of a group that are kept: enough for a draft of its alternates."""

Numbers = Counter[str]


@dataclass(slots=True)
class Gap:
    """A group of questions without an answer, as it is counted. Wordings that come when there are MOST_WORDINGS already are counted in
    `times` alone, so that a group of a million takes no more room than one of twenty."""

    times: int = 0
    wordings: Numbers = field(default_factory=Counter)
    reasons: Numbers = field(default_factory=Counter)

    def add(self, wording: str, reason: str | None, times: int = 1) -> None:
        self.times += times
        if wording in self.wordings or len(self.wordings) < MOST_WORDINGS:
            self.wordings[wording] += times
        if reason:
            self.reasons[reason] += times


@dataclass(slots=True)
class Seen:
    """The first and last moment of a version of the base, and what was counted of it."""

    first: datetime | None = None
    last: datetime | None = None
    numbers: Numbers = field(default_factory=Counter)

    def add(self, at: datetime | None) -> None:
        if at:
            self.first = min(self.first or at, at)
            self.last = max(self.last or at, at)


def _many() -> defaultdict[str, Numbers]:
    return defaultdict(Counter)


@dataclass(slots=True)
class Tally:
    """What is counted of a period. `zone` is the desk's; `group` gives the key of a question's group."""

    zone: ZoneInfo
    group: Callable[[str], str]
    all: Numbers = field(default_factory=Counter)
    channels: defaultdict[str, Numbers] = field(default_factory=_many)
    hours: defaultdict[str, Numbers] = field(default_factory=_many)
    days: defaultdict[str, Numbers] = field(default_factory=_many)
    reasons: Numbers = field(default_factory=Counter)
    entries: defaultdict[str, Numbers] = field(default_factory=_many)
    versions: defaultdict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))
    gaps: defaultdict[str, Gap] = field(default_factory=lambda: defaultdict(Gap))
    judged: deque[Asked] = field(default_factory=lambda: deque(maxlen=MOST_GROUPS))
    answered_in: Numbers = field(default_factory=Counter)
    handed_over: set[str] = field(default_factory=set)
    conversations: set[str] = field(default_factory=set)
    undated: int = 0

    def add(self, one: Asked) -> None:
        """Counts a message."""
        local = one.at.astimezone(self.zone) if one.at else None
        counted = _counted(one)
        for numbers in self._places(one, local):
            numbers.update(counted)
        self.undated += local is None
        self._follow(one)
        self.versions[one.kb].add(local)
        if one.outcome == "refused":
            self.reasons[one.reason or "unknown"] += 1
        for entry in set(one.answers):
            self.entries[entry].update(["answers", *(name for name in counted if name in ("helpful", "unhelpful"))])
        for gap in one.gaps:
            self.gaps[self.group(gap)].add(gap, one.reason)
        if one.helpful is False:
            self.judged.append(one)

    def _places(self, one: Asked, local: datetime | None) -> list[Numbers]:
        """Where a message counts."""
        dated = [self.hours[f"{local.hour:02}"], self.days[local.date().isoformat()]] if local else []
        return [self.all, self.channels[one.channel], self.versions[one.kb].numbers, *dated]

    def _follow(self, one: Asked) -> None:
        """Notes what became of the conversation that a message belongs to."""
        if one.outcome == "answered" and one.helpful is not False:
            self.answered_in[one.conversation or ""] += 1
        if one.conversation:
            self.conversations.add(one.conversation)
            if one.outcome == "handed_over":
                self.handed_over.add(one.conversation)


def counts(numbers: Numbers) -> Counts:
    """The values of what was counted."""
    return Counts(**{name: numbers[name] for name in COUNTED})


def day_of(one: Asked, zone: ZoneInfo) -> date | None:
    """The local day of a message."""
    return one.at.astimezone(zone).date() if one.at else None


def _counted(one: Asked) -> list[str]:
    judged = [] if one.helpful is None else ["helpful" if one.helpful else "unhelpful"]
    return [one.outcome, *judged]
