"""A report -> CSV in one long table, a figure a line: `section, name, figure, now, before, text`. `text` is a wording or a comment.

Written as bot/exports/csv_file.py writes: UTF-8 with a mark, and no cell that a spreadsheet would take for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from bot.exports.csv_file import guarded
from bot.reporting.report import COUNTED, Counts, Report
from bot.reporting.words import shown

HEAD = ("section", "name", "figure", "now", "before", "text")
Row = tuple[object, ...]


def as_csv(report: Report) -> bytes:
    """The table."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded("" if cell is None else str(cell)) for cell in row] for row in _rows(report))
    return text.getvalue().encode("utf-8-sig")


def _rows(report: Report) -> Iterator[Row]:
    yield HEAD
    before = report.before
    yield "period", "", "first day", report.period.first, before and before.first, report.period.zone.key
    yield "period", "", "last day", report.period.last, before and before.last, report.period.zone.key
    yield "all", "", "conversations", report.conversations, report.conversations_then, ""
    yield from _counts("all", "", report.now, report.then)
    for section, lines in (("channel", report.channels), ("hour", report.hours), ("day", report.days)):
        for line in lines:
            yield from _counts(section, shown(line.name), line.now, line.then)
    for version in report.versions:
        for name, value, _ in _pairs(version.counts, Counts()):
            yield "version", shown(version.kb), name, value, "", version.first or ""
    yield from _lists(report)


def _lists(report: Report) -> Iterator[Row]:
    for reason in report.reasons:
        yield "reason", shown(reason.name), "refused", reason.now, reason.then, ""
    for group in report.groups:
        yield "unanswered", "", "times", group.now, group.then, shown(group.question)
    for judged in report.judged:
        text = " | ".join(filter(None, (shown(judged.question), shown(judged.comment))))
        yield "judged No", " ".join(judged.entries), "day", judged.day, "", text
    for entry in report.entries:
        yield "entry", entry.id, "answers", entry.now, entry.then, shown(entry.question)
        yield "entry", entry.id, "helpful", entry.helpful, "", ""
        yield "entry", entry.id, "unhelpful", entry.unhelpful, "", ""
    for due in report.due:
        yield "past review", due.id, "review_by", due.review_by, "", shown(due.question)
    yield from (("unused", name, "answers", 0, "", "") for name in report.unused)
    for name in ("answered", "unhelpful", "handed_over", "judged", "helpful", "most", "least"):
        yield "saved", "", name, getattr(report.saved, name), "", ""


def _counts(section: str, name: str, now: Counts, then: Counts) -> Iterator[Row]:
    yield from ((section, name, figure, value, before, "") for figure, value, before in _pairs(now, then))


def _pairs(now: Counts, then: Counts) -> Iterable[tuple[str, int, int]]:
    return ((name, getattr(now, name), getattr(then, name)) for name in ("asked", *COUNTED))
