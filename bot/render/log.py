"""A report on the question log -> text for the terminal, in plain lines rather than tables, so that a screen reader can read it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.english.tokens import safe
from bot.reply import Block

if TYPE_CHECKING:  # the report needs the extra "serve"; to print one does not
    from bot.questionlog.affected import Affected, Told
    from bot.questionlog.report import EntryCount, Report, Wording

_LONGEST = 200
"""Characters of a question that are shown: two lines and a half of 80 columns."""


def log_blocks(report: "Report", most: int) -> tuple[Block, ...]:
    """The report as blocks, with at most `most` rows of each list."""
    head = Block("heading", f"Questions from {report.since} to {report.until} (UTC): {report.questions}")
    if not report.questions:
        return (head, Block("note", "No question was asked in this period."), *_texts([_feedback(report)]), *_dated_ahead(report))
    return (
        head,
        *_texts((_statuses(report), _channels(report), _feedback(report), _latency(report))),
        *_dated_ahead(report),
        *_listed("Answers given most often", [_entry(item) for item in report.entries], most),
        *_listed("Questions without an answer", [_wording(item) for item in report.unanswered], most),
        *_listed("Questions answered with a question", [_wording(item) for item in report.asked_back], most),
    )


def affected_blocks(found: "Affected", most: int, note: str) -> tuple[Block, ...]:
    """Who was told an old version, as blocks, with at most `most` conversations; and the draft of a `note` that a person may send them."""
    if not found.told:
        return (Block("heading", f"Nobody was told another version of {_shown(found.entry)}."),)
    now = f"its version now is {found.version}" if found.version else "it is no longer in the base"
    versions = ", ".join(f"{_shown(name)} {_times(count)}" for name, count in found.versions)
    by_channel = Counter(item.channel for item in found.told)
    channels = ", ".join(f"{_shown(name)} {count}" for name, count in sorted(by_channel.items()))
    corrected = sum(item.corrected for item in found.told)
    return (
        Block("heading", f"{_shown(found.entry)}: an old version was told {_times(found.replies)}; {now}"),
        Block("text", f"Old versions: {versions}. Conversations by channel: {channels}. Told the present version later: {corrected}."),
        *_listed("Conversations, the last told first", [_told(item) for item in found.told], most),
        *((Block("heading", "A note to send them, if you wish; nothing is sent from here:"), Block("text", note)) if note else ()),
    )


def _told(item: "Told") -> str:
    days = item.first.date().isoformat()
    days += f" to {item.last.date().isoformat()}" if item.last.date() != item.first.date() else ""
    later = ", told the present version later" if item.corrected else ""
    return f"{_shown(item.conversation or '(in no conversation)')}, {_shown(item.channel)}: {_times(item.replies)}, {days}{later}"


def _texts(lines: Iterable[str]) -> Iterable[Block]:
    return (Block("text", line) for line in lines)


def _statuses(report: "Report") -> str:
    statuses = report.statuses
    counts = {
        "answered": statuses.answered,
        "asked back": statuses.asked_back,
        "no answer": statuses.refused,
        "handed over": statuses.handed_over,
        "small talk": statuses.small_talk,
    }
    parts = ", ".join(f"{name} {count} ({100 * count / report.questions:.0f}%)" for name, count in counts.items())
    return f"Outcome: {parts}."


def _channels(report: "Report") -> str:
    channels = ", ".join(f"{_shown(name)} {count}" for name, count in report.channels)
    choices = f" Chosen of what was offered: {_times(report.choices)}." if report.choices else ""
    bases = ", ".join(f"{_shown(name) or '(not noted)'} {count}" for name, count in report.bases)
    several = f" Bases: {bases}; --base tells of one." if len(report.bases) > 1 else ""
    return f"Channels: {channels}. Conversations: {report.conversations}.{choices}{several}"


def _feedback(report: "Report") -> str:
    return f"Feedback: {report.helpful} helpful, {report.unhelpful} unhelpful."


def _latency(report: "Report") -> str:
    return f"Response time: median {report.latency_median:.1f} ms, 95th percentile {report.latency_95:.1f} ms."


def _dated_ahead(report: "Report") -> Iterable[Block]:
    count = report.dated_ahead
    dated = "1 question is" if count == 1 else f"{count} questions are"
    text = f"{dated} dated in the future: the clock was ahead when they were stored. They are deleted by that date."
    return (Block("note", text),) if count else ()


def _listed(title: str, rows: Sequence[str], most: int) -> tuple[Block, ...]:
    if not rows:
        return (Block("heading", f"{title}: none"),)
    more = f", {most} of {len(rows)} shown" if len(rows) > most else ""
    return (
        Block("heading", f"{title}{more}:"),
        *(Block("related", f"{place}. {row}", number=place) for place, row in enumerate(rows[:most], 1)),
    )


def _entry(item: "EntryCount") -> str:
    verdicts = f", helpful {item.helpful}, unhelpful {item.unhelpful}" if item.helpful or item.unhelpful else ""
    return f"{_shown(item.id)}: {_times(item.answers)}{verdicts}"


def _wording(item: "Wording") -> str:
    reasons = f" ({', '.join(map(_shown, item.reasons))})" if item.reasons else ""
    return f"{_times(item.times)}{reasons}: {_shown(item.question) or '(empty)'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _shown(text: str) -> str:
    """A text of unknown origin on one line, without control characters."""
    line = " ".join(safe(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
