"""Messages, a base and the periods -> the report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge import KnowledgeBase
from bot.reporting.asked import Asked
from bot.reporting.grouping import by_words
from bot.reporting.period import Period
from bot.reporting.report import MOST_GROUPS, MOST_LINES, Due, EntryUse, Group, Judged, Line, Reason, Report, Saved, Version
from bot.reporting.saved import saved
from bot.reporting.tally import Gap, Numbers, Seen, Tally, counts, day_of


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report is made for: the period, the one before it (None: nothing to compare with), the base, the day on which it is made.

    `clean` takes personal data out of a text once more before it is shown; `group` gives the key of a question's group.
    """

    period: Period
    before: Period | None
    kb: KnowledgeBase
    made: date
    clean: Callable[[str], str]
    group: Callable[[str], str] = by_words


def report(messages: Iterable[Asked], frame: Frame) -> Report:
    """The report on messages of both periods, in any order. Those without a date count to the period, others outside are left out."""
    now, then = (Tally(frame.period.zone, frame.group) for _ in range(2))
    for one in messages:
        if one.at is None or one.at in frame.period:
            now.add(one)
        elif frame.before and one.at in frame.before:
            then.add(one)
    return reported(now, then, frame)


def reported(now: Tally, then: Tally, frame: Frame) -> Report:
    """The report on what was counted in the period and in the one before it."""
    groups = _groups(now, then)
    return Report(
        period=frame.period,
        before=frame.before,
        made=frame.made,
        kb=frame.kb.version,
        now=counts(now.all),
        then=counts(then.all),
        conversations=len(now.conversations),
        conversations_then=len(then.conversations),
        undated=now.undated,
        begins=min((date.fromisoformat(day) for day in (*now.days, *then.days)), default=None),
        reasons=_reasons(now.reasons, then.reasons),
        channels=_channels(now, then),
        hours=tuple(_line(f"{hour:02}", now.hours, then.hours, f"{hour:02}") for hour in range(24)),
        days=_days(now, then, frame),
        versions=_versions(now, then),
        groups=tuple(_cleaned(group, frame.clean) for group in groups[:MOST_GROUPS]),
        groups_found=len(groups),
        judged=tuple(_judged(one, frame) for one in reversed(now.judged)),
        entries=_entries(now, then, frame.kb),
        unused=tuple(sorted(set(frame.kb.entries) - {name for name, numbers in now.entries.items() if numbers["answers"]})),
        due=_due(frame.kb, frame.made),
        saved=_saved(now),
    )


def _line(name: str, now: dict[str, Numbers], then: dict[str, Numbers], other: str) -> Line:
    return Line(name, counts(now.get(name, Numbers())), counts(then.get(other, Numbers())))


def _channels(now: Tally, then: Tally) -> tuple[Line, ...]:
    found = [_line(name, now.channels, then.channels, name) for name in {*now.channels, *then.channels}]
    return tuple(sorted(found, key=lambda line: (-line.now.asked, -line.then.asked, line.name)))


def _days(now: Tally, then: Tally, frame: Frame) -> tuple[Line, ...]:
    """Each day beside the one that has its place in the period before; of a long period so many days at a time that MOST_LINES remain."""
    days = frame.period.days
    others = frame.before.days if frame.before else days
    step = -(-len(days) // MOST_LINES)
    return tuple(_stretch(days[at : at + step], others[at : at + step], now, then) for at in range(0, len(days), step))


def _stretch(days: Sequence[date], others: Sequence[date], now: Tally, then: Tally) -> Line:
    name = str(days[0]) if len(days) == 1 else f"{days[0]} to {days[-1]}"
    sums = (sum((tally.days.get(str(day), Numbers()) for day in found), Numbers()) for tally, found in ((now, days), (then, others)))
    return Line(name, *map(counts, sums))


def _reasons(now: Numbers, then: Numbers) -> tuple[Reason, ...]:
    found = [Reason(name, now[name], then[name]) for name in {*now, *then}]
    return tuple(sorted(found, key=lambda item: (-item.now, -item.then, item.name)))


def _versions(now: Tally, then: Tally) -> tuple[Version, ...]:
    """The versions in the order in which they came into force."""
    merged: dict[str, Seen] = {}
    for seen in (then.versions, now.versions):
        for name, one in seen.items():
            both = merged.setdefault(name, Seen())
            both.numbers.update(one.numbers)
            both.add(one.first)
            both.add(one.last)
    found = [Version(name, one.first, one.last, counts(one.numbers)) for name, one in merged.items()]
    return tuple(sorted(found, key=lambda item: (item.first is None, item.first and item.first.timestamp(), item.kb)))


def _groups(now: Tally, then: Tally) -> list[Group]:
    """All groups of the period: those that grow most first."""
    found = [_group(gap, then.gaps[key].times if key in then.gaps else 0) for key, gap in now.gaps.items()]
    return sorted(found, key=lambda group: (-group.growth, -group.now, group.question))


def _group(gap: Gap, then: int) -> Group:
    wordings = _commonest(gap.wordings)
    return Group(wordings[0], wordings[1:], gap.times, then, _commonest(gap.reasons))


def _commonest(numbers: Numbers) -> tuple[str, ...]:
    return tuple(sorted(numbers, key=lambda name: (-numbers[name], name)))


def _cleaned(group: Group, clean: Callable[[str], str]) -> Group:
    return Group(clean(group.question), tuple(map(clean, group.wordings)), group.now, group.then, group.reasons)


def _judged(one: Asked, frame: Frame) -> Judged:
    return Judged(day_of(one, frame.period.zone), frame.clean(one.question), one.answers, frame.clean(one.comment))


def _entries(now: Tally, then: Tally, kb: KnowledgeBase) -> tuple[EntryUse, ...]:
    found = [_use(name, now.entries.get(name, Numbers()), then.entries.get(name, Numbers()), kb) for name in {*now.entries, *then.entries}]
    return tuple(sorted(found, key=lambda item: (-item.now, -item.then, item.id)))


def _use(name: str, now: Numbers, then: Numbers, kb: KnowledgeBase) -> EntryUse:
    question = kb.entries[name].question if name in kb.entries else ""
    return EntryUse(name, question, now["answers"], then["answers"], now["helpful"], now["unhelpful"])


def _due(kb: KnowledgeBase, day: date) -> tuple[Due, ...]:
    found = [Due(entry.id, entry.question, entry.review_by) for entry in kb.entries.values() if entry.review_by]
    return tuple(sorted((item for item in found if item.review_by < day.isoformat()), key=lambda item: (item.review_by, item.id)))


def _saved(now: Tally) -> Saved:
    """The estimate, from conversations that were not handed over."""
    handed_over = sum(times for name, times in now.answered_in.items() if name in now.handed_over)
    return saved(counts(now.all), now.answered_in.total() - handed_over, handed_over)
