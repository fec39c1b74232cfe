"""The question log -> a report on a period for the curators: how much was asked, what was answered and what was not."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from bot.english.stems import stems
from bot.grouping.likeness import words_of
from bot.questionlog.store import Store
from bot.questionlog.tables import answer, feedback, question


@dataclass(frozen=True, slots=True)
class Statuses:
    """Numbers of questions by the status of their reply."""

    answered: int = 0
    asked_back: int = 0
    refused: int = 0
    handed_over: int = 0
    small_talk: int = 0


@dataclass(frozen=True, slots=True)
class EntryCount:
    """How often an entry was given as an answer, and how often a reply with it was judged helpful or unhelpful."""

    id: str
    answers: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in its most frequent wording, how often it was asked, and why it was not answered, most frequent reason first."""

    question: str
    times: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A period of UTC days, `since` and `until` included. Latencies are in milliseconds, None if nothing was asked. Lists begin with the
    most frequent item. `choices` is how many messages chose one of what was offered: they are no questions and count nowhere else, but for
    the entries that they were given. `bases` are the bases that were asked, "" for records of before 0.8. `dated_ahead` is the number of
    questions in the whole log that are dated more than a day after the report was made: they were stored while the clock was ahead."""

    since: date
    until: date
    questions: int
    conversations: int
    statuses: Statuses
    channels: tuple[tuple[str, int], ...]
    helpful: int
    unhelpful: int
    entries: tuple[EntryCount, ...]
    unanswered: tuple[Wording, ...]
    asked_back: tuple[Wording, ...]
    latency_median: float | None
    latency_95: float | None
    dated_ahead: int = 0
    choices: int = 0
    bases: tuple[tuple[str, int], ...] = ()

    def as_values(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return asdict(self) | days


def report(store: Store, since: date, until: date, now: datetime, base: str | None = None) -> Report:
    """The report on the UTC days from `since` to `until`, both included, made at the aware time `now`; of one base, if it is named. Raises
    UnreachableError."""
    given = within(since, until, question.c.at)
    if base is not None:
        given &= question.c.base == base
    period = given & question.c.chosen.is_(None)
    with store.reading() as connection:
        statuses = _counts(connection, question.c.status, period)
        verdicts = _verdicts(connection, within(since, until, feedback.c.at), base)
        total = sum(count for _, count in statuses)
        return Report(
            since=since,
            until=until,
            questions=total,
            conversations=connection.scalar(sa.select(sa.func.count(question.c.conversation.distinct())).where(period)) or 0,
            statuses=_statuses(dict(statuses)),
            channels=_counts(connection, question.c.channel, period),
            helpful=verdicts.get(True, 0),
            unhelpful=verdicts.get(False, 0),
            entries=_entries(connection, given),
            unanswered=_wordings(connection, period & _is_unanswered()),
            asked_back=_wordings(connection, period & (question.c.status == "clarify")),
            latency_median=_latency(connection, period, total, 0.5),
            latency_95=_latency(connection, period, total, 0.95),
            dated_ahead=connection.scalar(sa.select(sa.func.count()).select_from(question).where(question.c.at > now + timedelta(days=1)))
            or 0,
            choices=connection.scalar(sa.select(sa.func.count()).where(given & question.c.chosen.is_not(None))) or 0,
            bases=_counts(connection, sa.func.coalesce(question.c.base, ""), period),
        )


def within(since: date, until: date, moment: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Whether a moment lies on the UTC days from `since` to `until`, both included."""
    start, last = datetime.combine(since, time(), UTC), datetime.combine(until, time.max, UTC)
    return (moment >= start) & (moment <= last)


def _is_unanswered() -> sa.ColumnElement[bool]:
    """No answer, or a handoff after the third question without one. A handoff because the user asked for a person does not count."""
    return (question.c.status == "none") | ((question.c.status == "handoff") & (question.c.reason == "third-miss"))


def _verdicts(connection: sa.Connection, period: sa.ColumnElement[bool], base: str | None) -> dict[bool, int]:
    """How many replies were judged helpful (True) and unhelpful; of one base, if it is named."""
    if base is not None:
        period &= feedback.c.reply.in_(sa.select(question.c.reply).where(question.c.base == base))
    return dict(_counts(connection, feedback.c.helpful, period))


def _counts(connection: sa.Connection, column: sa.ColumnElement[Any], period: sa.ColumnElement[bool]) -> tuple[tuple[Any, int], ...]:
    rows = connection.execute(sa.select(column, sa.func.count()).where(period).group_by(column))
    return _most_frequent((value, count) for value, count in rows)


def _most_frequent(counts: Iterable[tuple[Any, int]]) -> tuple[tuple[Any, int], ...]:
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))


def _statuses(counts: dict[str, int]) -> Statuses:
    return Statuses(*(counts.get(name, 0) for name in ("answer", "clarify", "none", "handoff", "smalltalk")))


def _entries(connection: sa.Connection, period: sa.ColumnElement[bool]) -> tuple[EntryCount, ...]:
    """An entry that occurs twice in one reply is counted once."""
    given = sa.select(answer.c.reply, answer.c.entry).join(question).where(period).distinct().subquery()
    verdicts = (sa.func.sum(sa.case((feedback.c.helpful.is_(value), 1), else_=0)) for value in (sa.true(), sa.false()))
    rows = connection.execute(
        sa.select(given.c.entry, sa.func.count(), *verdicts)
        .join_from(given, feedback, given.c.reply == feedback.c.reply, isouter=True)
        .group_by(given.c.entry)
    )
    return tuple(sorted((EntryCount(*row) for row in rows), key=lambda item: (-item.answers, item.id)))


def _wordings(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> tuple[Wording, ...]:
    """Questions of the same words are counted together, under the most frequent spelling: endings, case, punctuation and politeness tell
    no two apart."""
    times = sa.func.count()
    rows = connection.execute(sa.select(question.c.question, question.c.reason, times).where(wanted).group_by("question", "reason"))
    groups: dict[tuple[str, ...], tuple[Counter[str], Counter[str]]] = {}
    for text, reason, count in rows:
        texts, reasons = groups.setdefault(_meaning(text), (Counter(), Counter()))
        texts[text] += count
        reasons[reason or ""] += count
    found = (_wording(texts, reasons) for texts, reasons in groups.values())
    return tuple(sorted(found, key=lambda item: (-item.times, item.question)))


def _wording(texts: Counter[str], reasons: Counter[str]) -> Wording:
    return Wording(
        _most_frequent(texts.items())[0][0], texts.total(), tuple(reason for reason, _ in _most_frequent(reasons.items()) if reason)
    )


def _meaning(text: str) -> tuple[str, ...]:
    """The stems of a question's words; the text itself if it has none."""
    return stems(words_of(text)) or (text.strip(),)


def _latency(connection: sa.Connection, period: sa.ColumnElement[bool], total: int, share: float) -> float | None:
    """The quantile `share` (0..1) of the latencies in milliseconds, by the nearest-rank method."""
    rank = max(math.ceil(share * total) - 1, 0)
    return connection.scalar(sa.select(question.c.latency).where(period).order_by(question.c.latency).offset(rank).limit(1))
