"""A report -> blocks for the terminal and for mail: plain lines rather than tables, so that a screen reader can read it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.reply import Block
from bot.reporting.report import Counts, EntryUse, Group, Judged, Line, Report, Version
from bot.reporting.words import NAMES, SHARED, beside, change, estimate, growing_title, how_estimated, percent, shown, title

Item = TypeVar("Item")
Then = Callable[[int], str]
"""How the number of the period before is told; nothing if there is no such period."""

MOST = 10
"""Rows of each list that a terminal shows."""


def as_blocks(report: Report, most: int = MOST) -> tuple[Block, ...]:
    """The report as blocks, with at most `most` rows of each list."""
    used = [item for item in report.entries if item.now]
    disliked = sorted((item for item in report.entries if item.unhelpful), key=lambda item: (-item.unhelpful, item.helpful, item.id))
    then = _then if report.before else _nothing
    return (
        Block("heading", f"{title(report)}: {report.now.asked}"),
        *(Block("text", line) for line in _head(report)),
        *_listed("By channel", report.channels, lambda item: _line(item, then), most),
        *_listed("Busiest hours", _busiest(report.hours), lambda item: _hour(item, then), 3),
        *_listed("No answer, by reason", report.reasons, lambda item: f"{shown(item.name)}: {item.now}{then(item.then)}", most),
        *_listed("Versions of the base, in order", report.versions[-most:], _version, most),
        *_listed(growing_title(report), report.growing, lambda item: _group(item, then), most),
        *_listed("Replies judged No, the newest first", report.judged, _judged, most),
        *_listed("Entries by use", used, lambda item: _entry(item, then), most),
        *_listed("Entries by judgement, the most often judged No first", disliked, lambda item: _entry(item, then), most),
        *_listed("Entries past their day of review", report.due, lambda item: f"{item.review_by}: {item.id}, {shown(item.question)}", most),
        Block("text", f"Entries that nobody needed: {len(report.unused)}."),
        Block("heading", "Questions that a person did not have to answer (estimated)"),
        Block("text", f"{estimate(report.saved)} {how_estimated(report.saved)}"),
    )


def _then(count: int) -> str:
    return f", before {count}"


def _nothing(_count: int) -> str:
    return ""


def _head(report: Report) -> Iterable[str]:
    now, then = report.now, report.then
    yield beside(report)
    if report.before:
        yield f"Questions: {now.asked}, before {then.asked} ({change(now.asked, then.asked)})."
        yield f"Conversations: {report.conversations}, before {report.conversations_then}."
    for name in SHARED:
        before = f", before {getattr(then, name)} ({percent(then.share(name))})" if report.before else ""
        yield f"{NAMES[name].capitalize()}: {getattr(now, name)} ({percent(now.share(name))}){before}."
    before = f", before {then.helpful} and {then.unhelpful}" if report.before else ""
    yield f"Judged: Yes {now.helpful}, No {now.unhelpful}{before}."
    if report.undated:
        yield f"Without a date, and in no day or hour: {report.undated}."


def _listed(name: str, items: Sequence[Item], row: Callable[[Item], str], most: int) -> tuple[Block, ...]:
    if not items:
        return (Block("heading", f"{name}: none"),)
    more = f", {most} of {len(items)} shown" if len(items) > most else ""
    rows = (Block("related", f"{place}. {row(item)}", number=place) for place, item in enumerate(items[:most], 1))
    return (Block("heading", f"{name}{more}:"), *rows)


def _busiest(hours: Sequence[Line]) -> list[Line]:
    return sorted((hour for hour in hours if hour.now.asked), key=lambda hour: (-hour.now.asked, hour.name))


def _line(line: Line, then: Then) -> str:
    return f"{shown(line.name)}: {_counted(line.now)}{then(line.then.asked)}"


def _hour(line: Line, then: Then) -> str:
    return f"{line.name}:00 to {line.name}:59: {_counted(line.now)}{then(line.then.asked)}"


def _counted(counts: Counts) -> str:
    return f"{counts.asked} questions, {percent(counts.share('answered'))} answered"


def _version(item: Version) -> str:
    since = f"from {item.first:%Y-%m-%d %H:%M} to {item.last:%Y-%m-%d %H:%M}" if item.first and item.last else "without dates"
    counts = item.counts
    return f"{shown(item.kb)} {since}: {_counted(counts)}, {percent(counts.share('refused'))} no answer, judged No {counts.unhelpful}"


def _group(item: Group, then: Then) -> str:
    return f"{item.now}{then(item.then)} ({', '.join(map(shown, item.reasons)) or 'no reason'}): {shown(item.question)}"


def _judged(item: Judged) -> str:
    comment = f" Comment: {shown(item.comment)}" if item.comment else ""
    answered = ", ".join(map(shown, item.entries)) or "no entry"
    return f"{item.day or 'no date'}, {answered}: {shown(item.question)}{comment}"


def _entry(item: EntryUse, then: Then) -> str:
    verdicts = f", Yes {item.helpful}, No {item.unhelpful}" if item.helpful or item.unhelpful else ""
    gone = "" if item.question else " (no longer in the base)"
    return f"{shown(item.id)}{gone}: {item.now}{then(item.then)}{verdicts}"
