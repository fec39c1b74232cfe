"""A report -> one HTML page that needs nothing from elsewhere: pictures inside, a table beside each, no scripts, its own strict policy."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.evaluate import plots as pictures
from bot.reporting import plots
from bot.reporting.report import Counts, Line, Report
from bot.reporting.words import NAMES, SHARED, beside, change, estimate, growing_title, how_estimated, percent, shown, title

if TYPE_CHECKING:
    from jinja2 import Template

MOST = 30
"""Rows of a list; JSON and CSV have all that the report has."""

Cell = str | int
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a caption, with how many rows there are if not all are shown."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Row]
    of: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: a picture (SVG as base64, and what it shows) if there is one, text, a table."""

    title: str
    table: Table | None = None
    picture: str = ""
    about: str = ""
    text: str = ""


def require() -> None:
    """Raises UsageError if there is nothing to make a page with."""
    pictures.require()
    _template()


def as_html(report: Report, further: Sequence[Section] = ()) -> str:
    """The page, with further sections at its end."""
    style = _text("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    own = _sections(report)
    sections = [*(own if report.before else map(_alone, own)), *further]
    lead = [beside(report), f"Version {report.kb} of the base. Made on {report.made}."]
    return _template().render(title=title(report), lead=lead, sections=sections, style=style, digest=digest, shown=shown)


def table(caption: str, head: Sequence[str], rows: Sequence[Row]) -> Table:
    """A table of at most MOST rows."""
    return Table(caption, head, rows[:MOST], len(rows) if len(rows) > MOST else 0)


def _sections(report: Report) -> list[Section]:
    drawn = _drawn(report) if report.now.asked or report.then.asked else {}
    return [
        Section("What became of the questions", _outcomes(report), drawn.get("outcomes", ""), "Shares of questions by outcome."),
        Section("Day by day", _lines("Questions by day", "day", report.days), drawn.get("days", ""), "Questions by day, now and before."),
        Section("Hours", _lines("Questions by hour", "hour", report.hours), drawn.get("hours", ""), "Questions by hour, now and before."),
        Section("Channels", _lines("Questions by channel", "channel", report.channels)),
        Section("No answer, by reason", _reasons(report)),
        Section("Versions of the base", _versions(report)),
        Section(growing_title(report), _groups(report)),
        Section("Replies judged No", _judged(report)),
        Section("Entries by use", _used(report)),
        Section("Entries by judgement", _disliked(report)),
        Section("Entries past their day of review", _due(report)),
        Section("Questions that a person did not have to answer", text=f"{estimate(report.saved)} {how_estimated(report.saved)}"),
    ]


def _alone(section: Section) -> Section:
    """A section without the columns that compare, for a report on one period alone."""
    if not section.table:
        return section
    kept = [at for at, name in enumerate(section.table.head) if not re.search(r"\bbefore\b|^change$", name)]
    rows = [[row[at] for at in kept] for row in section.table.rows]
    return replace(section, table=replace(section.table, head=[section.table.head[at] for at in kept], rows=rows))


def _drawn(report: Report) -> dict[str, str]:
    found = {"outcomes": plots.outcomes(report), "days": plots.days(report), "hours": plots.hours(report)}
    return {name: base64.b64encode(pictures.svg(draw)).decode() for name, draw in found.items()}


def _outcomes(report: Report) -> Table:
    now, then = report.now, report.then
    rows: list[Row] = [("questions", now.asked, "", then.asked, "", change(now.asked, then.asked))]
    rows += [_outcome(name, now, then) for name in SHARED]
    rows += [
        (NAMES[name], getattr(now, name), "", getattr(then, name), "", change(getattr(now, name), getattr(then, name)))
        for name in ("helpful", "unhelpful", "chosen")
    ]
    rows.append(("conversations", report.conversations, "", report.conversations_then, "", ""))
    rows += [("without a date", report.undated, "", "", "", "")] if report.undated else []
    return Table("Outcomes, now and before", ("", "now", "share", "before", "share before", "change"), rows)


def _outcome(name: str, now: Counts, then: Counts) -> Row:
    one, other = getattr(now, name), getattr(then, name)
    return NAMES[name], one, percent(now.share(name)), other, percent(then.share(name)), change(one, other)


def _lines(caption: str, name: str, lines: Sequence[Line]) -> Table:
    rows = [
        (shown(line.name), line.now.asked, percent(line.now.share("answered")), line.now.refused, line.then.asked, line.then.refused)
        for line in lines
    ]
    return Table(caption, (name, "questions", "answered", "no answer", "questions before", "no answer before"), rows)


def _reasons(report: Report) -> Table:
    return table("Reasons", ("reason", "now", "before"), [(shown(item.name), item.now, item.then) for item in report.reasons])


def _versions(report: Report) -> Table:
    rows: list[Row] = []
    last: Counts | None = None
    for item in report.versions:
        now = item.counts
        moved = (now.share("answered") or 0) - (last.share("answered") or 0) if last and last.asked and now.asked else None
        first = f"{item.first:%Y-%m-%d %H:%M}" if item.first else "no date"
        told = "" if moved is None else f"{moved:+.0f} points"
        rows.append((shown(item.kb), first, now.asked, percent(now.share("answered")), told, percent(now.share("refused")), now.unhelpful))
        last = now
    head = ("version", "first seen", "questions", "answered", "beside the one before", "no answer", "judged No")
    return Table("Versions of the base in order, in both periods", head, rows[-MOST:], len(rows) if len(rows) > MOST else 0)


def _groups(report: Report) -> Table:
    rows = [(shown(item.question), item.now, item.then, ", ".join(map(shown, item.reasons))) for item in report.growing]
    return table("The most growth first", ("question", "now", "before", "reason"), rows)


def _judged(report: Report) -> Table:
    rows = [(str(item.day or ""), shown(item.question), shown(item.comment), ", ".join(map(shown, item.entries))) for item in report.judged]
    return table("The newest first", ("day", "question", "comment", "entries answered"), rows)


def _used(report: Report) -> Table:
    rows = [(item.id, shown(item.question) or "no longer in the base", item.now, item.then) for item in report.entries if item.now]
    return table(f"The most used first; {len(report.unused)} were not needed", ("entry", "question", "answers", "before"), rows)


def _disliked(report: Report) -> Table:
    judged = [item for item in report.entries if item.helpful or item.unhelpful]
    judged.sort(key=lambda item: (-item.unhelpful, item.helpful, item.id))
    rows = [(item.id, shown(item.question) or "no longer in the base", item.unhelpful, item.helpful) for item in judged]
    return table("The most often judged No first", ("entry", "question", "No", "Yes"), rows)


def _due(report: Report) -> Table:
    rows = [(item.review_by, item.id, shown(item.question)) for item in report.due]
    return table("The longest overdue first", ("review by", "entry", "question"), rows)


@cache
def _template() -> "Template":
    try:
        from jinja2 import Environment
    except ImportError:
        raise UsageError("a page is made with Jinja2, which is not installed. Run: pip install 'factotum-faq[report]'") from None
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_text("report.html"))


def _text(name: str) -> str:
    return (files("bot.reporting") / "templates" / name).read_text("utf-8")
