"""The rows of all parts -> what a desk reads: the table, the groups, the report, the draft."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.exports.csv_file import guarded
from bot.kb.files import replace_file
from bot.knowledge import KnowledgeBase
from bot.reporting.as_html import Section, as_html, table
from bot.reporting.as_json import as_json
from bot.reporting.asked import OUTCOMES, Asked
from bot.reporting.grouping import by_words
from bot.reporting.make import Frame, reported
from bot.reporting.period import Period
from bot.reporting.report import Group, Report
from bot.reporting.tally import Tally
from bot.reporting.words import shown
from bot.triage import draft
from bot.triage.answer import Row
from bot.triage.table import merged

_MOST_LEFT = 1000
"""What could not be read and is named one by one in the report's file; the table has all."""


@dataclass(slots=True)
class Read:
    """How much of each archive was answered, skipped (by reason) or could not be read, and where."""

    rows: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    unreadable: list[Row] = field(default_factory=list)
    faults: int = 0

    def add(self, row: Row) -> None:
        self.rows += 1
        if row.status == "skipped":
            self.skipped[row.archive, row.reason] += 1
        elif row.status == "unreadable":
            self.faults += 1
            if len(self.unreadable) < _MOST_LEFT:
                self.unreadable.append(row)
        else:
            self.answered[row.archive] += 1


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found: the report, what was read, how many entries the draft has."""

    report: Report
    read: Read
    drafted: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a result is made for: the base, the desk's time zone, the day, and how often a question was asked that becomes a draft."""

    kb: KnowledgeBase
    zone: ZoneInfo
    day: date
    least: int


def finish(parts: Sequence[Path], folder: Path, wanted: Wanted) -> Result:
    """Writes everything into the folder. Raises OSError; doing it again writes the same."""
    tally, read = Tally(wanted.zone, by_words), Read()
    for row in merged(parts, folder):
        read.add(row)
        if row.status in OUTCOMES:
            tally.add(_asked(row, wanted.kb.version))
    made = reported(tally, Tally(wanted.zone, by_words), Frame(_period(tally, wanted), None, wanted.kb, wanted.day, str))
    replace_file(folder / "groups.csv", _groups(made.groups))
    replace_file(folder / "report.json", as_json(made).encode())
    replace_file(folder / "report.html", as_html(made, list(_sections(read))).encode())
    return Result(made, read, draft.write(folder, made.groups, wanted.least))


def _asked(row: Row, kb: str) -> Asked:
    return Asked(row.at, row.archive, None, row.message, OUTCOMES[row.status], row.reason or None, row.entries, kb, row.unanswered)


def _period(tally: Tally, wanted: Wanted) -> Period:
    """From the first to the last day of the archives; the day of the run if nothing bears a date."""
    days = [date.fromisoformat(day) for day in tally.days] or [wanted.day]
    return Period(min(days), max(days), wanted.zone)


def _groups(groups: Sequence[Group]) -> bytes:
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(("times", "question", "reasons", "wordings"))
    for group in groups:
        cells = (group.question, " ".join(group.reasons), "\n".join(group.wordings))
        sheet.writerow((group.now, *map(guarded, cells)))
    return out.getvalue().encode("utf-8-sig")


def _sections(read: Read) -> Iterator[Section]:
    archives = sorted({*read.answered, *(name for name, _ in read.skipped), *(row.archive for row in read.unreadable)})
    rows = [
        (shown(name), read.answered[name], sum(count for (other, _), count in read.skipped.items() if other == name)) for name in archives
    ]
    yield Section("Archives", table("What was read", ("archive", "messages answered", "skipped"), rows))
    left = [(shown(name), reason, count) for (name, reason), count in sorted(read.skipped.items())]
    yield Section("Skipped", table("What is no message of a customer", ("archive", "why", "times"), left))
    faults = [(shown(row.archive), shown(row.place), row.reason) for row in read.unreadable]
    yield Section(f"Could not be read: {read.faults}", table("All of them are in the table", ("archive", "place", "why"), faults))
