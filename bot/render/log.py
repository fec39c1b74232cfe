"""A report on the question log -> text for the terminal. Plain lines that say what they count: no tables to look across, no symbols."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.english.tokens import safe
from bot.reply import Block

if TYPE_CHECKING:  # the report needs the extra "serve"; to print one does not
    from bot.questionlog.report import EntryCount, Report, Wording

_LONGEST = 200
"""Characters of a question that are shown."""


def log_blocks(report: "Report", most: int) -> tuple[Block, ...]:
    """The report as blocks, at most so many rows of each list."""
    head = Block("heading", f"Questions from {report.since} to {report.until} (UTC): {report.questions}")
    if not report.questions:
        return (head, Block("note", "Nothing was asked in these days."), *_texts([_feedback(report)]))
    return (
        head,
        *_texts((_statuses(report), _channels(report), _feedback(report), _latency(report))),
        *_listed("Entries given most often", [_entry(item) for item in report.entries], most),
        *_listed("Not answered, by wording", [_wording(item) for item in report.unanswered], most),
        *_listed("Asked back, by wording", [_wording(item) for item in report.asked_back], most),
    )


def _texts(lines: Iterable[str]) -> Iterable[Block]:
    return (Block("text", line) for line in lines)


def _statuses(report: "Report") -> str:
    found = report.statuses
    counts = {
        "answered": found.answered,
        "asked back": found.asked_back,
        "refused": found.refused,
        "handed over": found.handed_over,
        "small talk": found.small_talk,
    }
    parts = ", ".join(f"{name} {count} ({100 * count / report.questions:.0f}%)" for name, count in counts.items())
    return f"What became of them: {parts}."


def _channels(report: "Report") -> str:
    by = ", ".join(f"{_shown(name)} {count}" for name, count in report.channels)
    return f"Channels: {by}. Conversations: {report.conversations}."


def _feedback(report: "Report") -> str:
    return f"Feedback: {report.helpful} helpful, {report.unhelpful} not helpful."


def _latency(report: "Report") -> str:
    return f"Time to a reply: {report.latency_median:.1f} ms median, {report.latency_95:.1f} ms for 95 of 100."


def _listed(title: str, rows: Sequence[str], most: int) -> tuple[Block, ...]:
    if not rows:
        return (Block("heading", f"{title}: none"),)
    more = f", {most} of {len(rows)} shown" if len(rows) > most else ""
    return (
        Block("heading", f"{title}{more}:"),
        *(Block("related", f"{place}. {row}", number=place) for place, row in enumerate(rows[:most], 1)),
    )


def _entry(item: "EntryCount") -> str:
    judged = f", helpful {item.helpful}, not helpful {item.unhelpful}" if item.helpful or item.unhelpful else ""
    return f"{_shown(item.id)}: {_times(item.answers)}{judged}"


def _wording(item: "Wording") -> str:
    reasons = f" ({', '.join(map(_shown, item.reasons))})" if item.reasons else ""
    return f"{_times(item.times)}{reasons}: {_shown(item.question) or '(no words)'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _shown(text: str) -> str:
    """A text of somebody else on one line, without anything that a terminal would obey."""
    line = " ".join(safe(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
