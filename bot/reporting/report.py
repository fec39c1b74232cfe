"""The report as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from bot.reporting.period import Period

MOST_GROUPS = 100
"""Groups of questions that a report lists, and judged replies."""


MOST_LINES = 62
"""Lines of days: two months; of longer periods a line is several days."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of messages by what became of them. Pressed options (`chosen`) are no questions: `asked` is without them."""

    answered: int = 0
    asked_back: int = 0
    refused: int = 0
    handed_over: int = 0
    small_talk: int = 0
    chosen: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def asked(self) -> int:
        return self.answered + self.asked_back + self.refused + self.handed_over + self.small_talk

    def share(self, name: str) -> float | None:
        """What part of the questions a number is, 0 to 100; None if nothing was asked."""
        return 100 * int(getattr(self, name)) / self.asked if self.asked else None


COUNTED = tuple(field.name for field in fields(Counts))


@dataclass(frozen=True, slots=True)
class Line:
    """What a channel, hour or day had, beside the same of the period before."""

    name: str
    now: Counts
    then: Counts


@dataclass(frozen=True, slots=True)
class Reason:
    """How often something was refused for a reason."""

    name: str
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the base, with the local times of its first and last message in both periods."""

    kb: str
    first: datetime | None
    last: datetime | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Group:
    """Questions without an answer that are alike: the commonest wording and up to MOST_WORDINGS others, how often they were asked, and
    why they got none, the commonest reason first."""

    question: str
    wordings: tuple[str, ...]
    now: int
    then: int
    reasons: tuple[str, ...]

    @property
    def growth(self) -> int:
        return self.now - self.then


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply that was judged "No": the local day, the question, the entries that it gave, the comment ("" if there is none)."""

    day: date | None
    question: str
    entries: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class EntryUse:
    """How often an entry was answered, and how its replies were judged in the period. `question` is "" if the base has no such entry."""

    id: str
    question: str
    now: int
    then: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose day of review is past."""

    id: str
    question: str
    review_by: str


@dataclass(frozen=True, slots=True)
class Saved:
    """An estimate of the questions that no person had to answer, and what it rests on (saved.py). `least` is None if nothing was judged."""

    answered: int
    unhelpful: int
    handed_over: int
    judged: int
    helpful: int
    most: int
    least: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A period, beside the one before it if there is one. Lists begin with the most important item; `groups` and `judged` have at most
    MOST_GROUPS, of which there were `groups_found` and, by `now.unhelpful`, as many as were judged. `begins` is the local day of the first
    message of both periods; `unused` are ids of entries."""

    period: Period
    before: Period | None
    made: date
    kb: str
    now: Counts
    then: Counts
    conversations: int
    conversations_then: int
    undated: int
    begins: date | None
    reasons: tuple[Reason, ...]
    channels: tuple[Line, ...]
    hours: tuple[Line, ...]
    days: tuple[Line, ...]
    versions: tuple[Version, ...]
    groups: tuple[Group, ...]
    groups_found: int
    judged: tuple[Judged, ...]
    entries: tuple[EntryUse, ...]
    unused: tuple[str, ...]
    due: tuple[Due, ...]
    saved: Saved

    @property
    def growing(self) -> Sequence[Group]:
        """The groups that were asked more often than before."""
        return [group for group in self.groups if group.growth > 0]
