"""`factotum report`: periods, what is counted, and the same from SQLite and PostgreSQL as text, page, CSV, JSON and mail."""

import csv
import io
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
import pytest
from base import write as planets
from browser import faults, window
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect
from questionlog import schema

from bot import Bot
from bot.cli import guarded
from bot.errors import BotError, UsageError
from bot.questionlog.record import AnswerRecord, FeedbackRecord, QuestionRecord
from bot.questionlog.store import Store
from bot.redaction.redact import redactor
from bot.render.terminal import Screen, render
from bot.reporting import mail
from bot.reporting.as_csv import as_csv
from bot.reporting.as_html import as_html
from bot.reporting.as_text import as_blocks
from bot.reporting.asked import Asked
from bot.reporting.from_log import messages
from bot.reporting.grouping import by_words
from bot.reporting.make import Frame, report
from bot.reporting.period import Period, zone_of
from bot.reporting.report import Report
from bot.reporting.saved import lower_end

pytest_plugins = ["browser"]

PARIS = zone_of("Europe/Paris")
WEEK = Period(date(2026, 10, 19), date(2026, 10, 25), PARIS)
MADE = date(2026, 10, 26)


@pytest.mark.parametrize(
    ("zone", "day", "hours", "start"),
    [
        ("UTC", "2026-10-25", 24, "2026-10-25T00:00"),
        ("Europe/Paris", "2026-10-25", 25, "2026-10-24T22:00"),
        ("Europe/Paris", "2026-03-29", 23, "2026-03-28T23:00"),
        ("Australia/Lord_Howe", "2026-04-05", 24.5, "2026-04-04T13:00"),
        ("America/Havana", "2026-11-01", 25, "2026-11-01T04:00"),  # midnight comes twice
        ("America/Havana", "2026-03-08", 23, "2026-03-08T05:00"),  # there is no midnight
        ("Pacific/Apia", "2011-12-30", 0, "2011-12-30T10:00"),  # there is no such day
    ],
)
def test_a_day_begins_at_midnight_where_the_desk_is(zone: str, day: str, hours: float, start: str) -> None:
    one = Period(date.fromisoformat(day), date.fromisoformat(day), zone_of(zone))
    assert (one.start, one.end - one.start) == (datetime.fromisoformat(start).replace(tzinfo=UTC), timedelta(hours=hours))


@given(
    st.dates(date(1990, 1, 1), date(2037, 1, 1)), st.integers(1, 400), st.sampled_from(["Europe/Paris", "America/Havana", "Asia/Tehran"])
)
def test_periods_leave_no_gap_between_them(first: date, days: int, zone: str) -> None:
    period = Period(first, first + timedelta(days - 1), zone_of(zone))
    before = period.before()
    assert (before.end, len(before.days), len(period.days)) == (period.start, days, days)
    assert before.start in before
    assert period.start not in before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Where do I park my car?", "where do cars park", True),
        ("parking a car", "Park the CARS!!", True),
        ("Where do I park [name]", "where do I park", True),
        ("Where do I park?", "Where do I sleep?", False),
        ("¿?", "...", False),
    ],
)
def test_questions_of_the_same_words_are_one_group(one: str, other: str, same: bool) -> None:
    assert (by_words(one) == by_words(other)) is same


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_lower_end_lies_below_the_share(good: int, more: int) -> None:
    assert 0 <= lower_end(good, good + more) <= good / (good + more)


RECORDS: tuple[tuple[float, str, str, str, str, str | None, list[str], bool | None, str | None], ...] = (
    # hours from the first midnight of the week (in UTC), channel, conversation, question, status, reason, entries, helpful, comment
    (1, "api", "a", "is Mars round", "answer", None, ["is-planet", "deepest-ocean"], True, None),
    (2, "api", "a", "and Pluto", "answer", None, ["is-planet"], None, None),
    (3, "widget", "b", "how long is a day on Venus", "none", "below-threshold", [], None, None),
    (4, "widget", "b", "is it a planet", "answer", None, ["is-planet"], False, "ring +33 612345678, I am Jane Doe"),
    (5, "widget", "c", "the length of days on Venus", "none", "below-threshold", [], None, None),
    (6, "widget", "c", "let me speak to a person", "handoff", "asked-for-human", [], None, None),
    (6.5, "widget", "c", "is Earth a planet", "answer", None, ["is-planet"], None, None),
    (7, "widget", "d", "=1+1 <h1>moons</h1>", "handoff", "third-miss", [], None, None),
    (8, "widget", "d", "hello there", "smalltalk", None, [], None, None),
    (9, "widget", "d", "[chose is-planet]", "answer", None, ["is-planet"], None, None),
    (167, "widget", "e", "which ocean", "clarify", "ambiguous", [], None, None),
    (168.5, "widget", "e", "the last hour of the longest day", "none", "too-short", [], None, None),
    (169, "widget", "f", "outside: a day later", "answer", None, ["gone"], True, None),
    (-1, "widget", "g", "Day length on Venus?", "none", "below-threshold", [], None, None),
    (-2, "widget", "g", "an entry that is gone", "answer", None, ["gone"], True, None),
    (-168, "api", "h", "the first hour of the week before", "answer", None, ["is-planet"], None, None),
    (-168.5, "api", "h", "outside: an hour too early", "answer", None, ["is-planet"], None, None),
)


def records() -> Iterator[QuestionRecord | FeedbackRecord]:
    for number, (hours, channel, conversation, text, status, reason, entries, helpful, comment) in enumerate(RECORDS):
        at, reply = WEEK.start + timedelta(hours=hours), f"reply-{number}"
        answers = tuple(AnswerRecord(entry, "v", 90.0) for entry in entries)
        kb = "old" if hours < 0 else "new"
        yield QuestionRecord(reply, at, channel, conversation, text, status, reason, answers, None, kb, 1.0)
        if helpful is not None:
            yield FeedbackRecord(reply, at + timedelta(days=30), helpful, comment)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return Bot.load(planets(tmp_path_factory.mktemp("planets")), clock=lambda: MADE)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A log with the records."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            found = str(tmp_path_factory.mktemp("log") / "questions.db")
        else:
            try:
                found = stack.enter_context(schema())
            except psycopg.OperationalError:
                pytest.skip("NOT TESTED ON POSTGRESQL: no server answers at FACTOTUM_TEST_POSTGRES (default 127.0.0.1:5432)")
        with closing(Store(found)) as store:
            store.write(list(records()))
        yield found


def reported(address: str, made: Bot) -> Report:
    frame = Frame(WEEK, WEEK.before(), made.kb, date(2027, 2, 1), redactor(lambda: made.kb))
    with closing(Store(address)) as store:
        return report(messages(store, WEEK.before().start, WEEK.end), frame)


@pytest.fixture(scope="module")
def found(address: str, made: Bot) -> Report:
    """The report from either database."""
    return reported(address, made)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, made: Bot) -> tuple[str, str]:
    """One such report as page and as table."""
    file = str(tmp_path_factory.mktemp("shown") / "questions.db")
    with closing(Store(file)) as store:
        store.write(list(records()))
    one = reported(file, made)
    return as_html(one), as_csv(one).decode("utf-8-sig")


def test_everything_of_the_period_is_counted_and_nothing_else(found: Report) -> None:
    assert (found.now.asked, found.then.asked, found.conversations, found.conversations_then) == (11, 3, 5, 2)
    now = found.now
    assert (now.answered, now.asked_back, now.refused, now.handed_over, now.small_talk, now.chosen) == (4, 1, 3, 2, 1, 1)
    assert (now.helpful, now.unhelpful) == (1, 1)
    assert [(item.name, item.now, item.then) for item in found.reasons] == [("below-threshold", 2, 1), ("too-short", 1, 0)]
    assert [(line.name, line.now.asked, line.then.asked) for line in found.channels] == [("widget", 9, 2), ("api", 2, 1)]
    assert [(item.kb, item.counts.asked, item.counts.refused) for item in found.versions] == [("old", 3, 1), ("new", 11, 3)]


def test_days_and_hours_are_those_of_the_desk(found: Report) -> None:
    assert [line.now.asked for line in found.days] == [9, 0, 0, 0, 0, 0, 2]
    assert [(line.name, line.now.asked, line.then.asked) for line in found.days if line.then.asked] == [
        ("2026-10-19", 9, 1),
        ("2026-10-25", 2, 2),
    ]
    asked = {line.name: line.now.asked for line in found.hours if line.now.asked}
    assert asked == {"01": 1, "02": 1, "03": 1, "04": 1, "05": 1, "06": 2, "07": 1, "08": 1, "22": 1, "23": 1}


def test_unanswered_questions_are_grouped_by_what_they_ask(found: Report) -> None:
    told = {group.question: (group.now, group.then, group.reasons) for group in found.groups}
    assert told == {
        "how long is a day on Venus": (1, 0, ("below-threshold",)),
        "the length of days on Venus": (1, 1, ("below-threshold",)),
        "=1+1 <h1>moons</h1>": (1, 0, ("third-miss",)),
        "the last hour of the longest day": (1, 0, ("too-short",)),
    }
    assert {group.question for group in found.growing} == told.keys() - {"the length of days on Venus"}
    assert found.groups_found == len(found.groups)


def test_entries_stand_by_use_and_by_judgement(found: Report) -> None:
    used = {item.id: (item.now, item.then, item.helpful, item.unhelpful, bool(item.question)) for item in found.entries}
    assert used["is-planet"] == (5, 1, 1, 1, True)
    assert used["gone"] == (0, 1, 0, 0, False)
    assert (found.entries[0].id, found.unused) == ("is-planet", tuple(sorted(found.unused)))
    assert [(item.id, item.review_by) for item in found.due] == [("deepest-ocean", "2027-01-01")]


def test_what_nobody_had_to_answer_is_estimated_from_what_people_did(found: Report) -> None:
    saved = found.saved
    assert (saved.answered, saved.unhelpful, saved.handed_over, saved.most) == (4, 1, 1, 2)
    assert (saved.judged, saved.helpful, saved.least) == (2, 1, int(2 * lower_end(1, 2)))


def test_a_log_where_nobody_judged_has_no_lower_end(made: Bot) -> None:
    one = Asked(WEEK.start, "api", None, "is Mars a planet", "answered", answers=("is-planet",))
    without = report([one, one], Frame(WEEK, None, made.kb, MADE, str))
    assert (without.saved.most, without.saved.least, without.before) == (2, None, None)
    assert "Nobody judged" in render(as_blocks(without), Screen(80))


def test_messages_without_a_date_count_but_have_no_day(made: Bot) -> None:
    one = Asked(None, "api", None, "is Mars a planet", "answered")
    undated = report([one], Frame(WEEK, None, made.kb, MADE, str))
    assert (undated.now.asked, undated.undated, sum(day.now.asked for day in undated.days)) == (1, 1, 0)


def test_no_personal_data_leaves_in_any_form(shown: tuple[str, str]) -> None:
    for text in shown:
        assert "[phone]" in text
        assert not re.search(r"Jane|Doe|612345678", text)


def test_the_table_opens_in_a_spreadsheet_without_a_formula(shown: tuple[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(shown[1])))
    assert next(row["text"] for row in rows if "moons" in row["text"]) == "'=1+1 <h1>moons</h1>"
    assert {row["section"] for row in rows} >= {"all", "channel", "hour", "day", "version", "unanswered", "entry", "saved"}


def test_the_page_is_accessible_and_needs_nothing_else(shown: tuple[str, str], chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(shown[0], "utf-8")
    with window(chromium) as page:
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: pytest.fail(message.text))
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(file.as_uri())
        expect(page.get_by_role("heading", level=1)).to_contain_text("2026-10-19 to 2026-10-25 (Europe/Paris)")
        expect(page.get_by_role("row", name="=1+1 <h1>moons</h1>")).to_have_count(1)
        expect(page.get_by_role("img")).to_have_count(3)
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 100)")
        assert [url for url in requested if not url.startswith(("file:", "data:"))] == []
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = guarded(["report", *words])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.fixture
def log(tmp_path: Path) -> list[str]:
    """The arguments that name a log in SQLite and the base."""
    file = tmp_path / "questions.db"
    with closing(Store(str(file))) as store:
        store.write(list(records()))
    return ["--database", str(file), "--intents", str(planets(tmp_path / "base"))]


def test_the_command_reports_on_the_week_before_a_day(log: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["--csv", str(tmp_path / "a.csv"), "--html", str(tmp_path / "a.html")]
    status, told, _ = run(capsys, *log, "--as-of", str(MADE), "--timezone", "Europe/Paris", *files)
    assert (status, told.splitlines()[0]) == (0, "Questions from 2026-10-19 to 2026-10-25 (Europe/Paris): 11")
    assert "Judged: Yes 1, No 1, before 1 and 0." in told
    assert (tmp_path / "a.html").read_text("utf-8").count("<img") == 3
    _, as_json, _ = run(capsys, *log, "--from", "2026-10-19", "--to", "2026-10-25", "--timezone", "Europe/Paris", "--json")
    values = json.loads(as_json)
    assert (values["now"]["asked"], values["period"]["end"], values["saved"]["most"]) == (11, "2026-10-25T23:00:00+00:00", 2)
    assert as_csv_asked(tmp_path / "a.csv") == "11"


def as_csv_asked(file: Path) -> str:
    rows = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
    return next(row["now"] for row in rows if (row["section"], row["figure"]) == ("all", "asked"))


def test_an_empty_week_is_reported_too(log: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, told, _ = run(capsys, *log, "--as-of", "2020-01-01", "--html", str(tmp_path / "a.html"))
    assert (status, told.splitlines()[0]) == (0, "Questions from 2019-12-25 to 2019-12-31 (UTC): 0")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--days", "0"], "from 1 to"),
        (["--days", "7", "--from", "2026-01-01"], "either --days or --from"),
        (["--from", "2026-02-01", "--to", "2026-01-01"], "is after the last"),
        (["--from", "1950-01-01"], "at most 3660 days"),
        (["--from", "0001-01-01"], "is not a day"),
        (["--timezone", "Mars/Olympus"], "no time zone 'Mars/Olympus'"),
        (["--timezone", "../../etc/passwd"], "no time zone"),
        (["--html", "nowhere/report.html"], "there is no folder nowhere"),
        (["--mail-to", "somebody"], "is no mail address"),
        (["--mail-to", "a@b\nBcc: c@d"], "is no mail address"),
        (["--mail-to", "jürgen@example.org"], "is no mail address"),
        (["--mail-to", "a@example.org"], "set FACTOTUM_SMTP"),
    ],
)
def test_what_cannot_be_reported_is_told(words: list[str], fault: str, log: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, _, told = run(capsys, *log, *words)
    assert (status, fault in told) == (2, True), told


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A mail server in a process of its own: the folder that it puts mails into, and its address. It offers no encryption."""
    folder = tmp_path_factory.mktemp("mail") / "box"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-s", "1000000", "-c", "aiosmtpd.handlers.Mailbox", str(folder)]
    with subprocess.Popen([sys.executable, "-P", *words]) as process:
        until(lambda: process.poll() is not None or answers(port))
        yield folder, f"smtp://127.0.0.1:{port}"
        process.terminate()


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        sleep(0.02)


def mails(folder: Path) -> list[Any]:
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted((folder / "new").glob("*"))]


def test_the_report_goes_by_mail(
    log: list[str], server: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, url = server
    monkeypatch.setenv(mail.VARIABLE, url)
    status, _, told = run(capsys, *log, "--as-of", str(MADE), "--mail-to", "desk@example.org", "--mail-to", "boss@example.org")
    assert (status, told) == (0, "Sent to desk@example.org, boss@example.org.\n")
    (one,) = mails(folder)
    assert (one["To"], one["From"], one["Auto-Submitted"]) == ("desk@example.org, boss@example.org", "desk@example.org", "auto-generated")
    text = one.get_body().get_content()
    assert "Judged: Yes 1" in text
    assert max(map(len, text.splitlines())) <= 78
    (page,) = one.iter_attachments()
    assert (page.get_filename(), "<h1>Questions from" in page.get_content()) == ("report.html", True)


def test_what_a_mail_server_does_not_take_is_told(server: tuple[Path, str]) -> None:
    folder, url = server
    before = len(mails(folder))
    made = mail.message("s", "t", None, "a@example.org", ["b@example.org"], datetime.now(UTC))
    with pytest.raises(BotError, match="offers no encryption"):
        mail.send(made, mail.server_of(url.replace("//", "//user:geheim@")))
    with pytest.raises(BotError, match="cannot be reached"):
        mail.send(made, mail.Server("127.0.0.1", 1, tls=False))
    with pytest.raises(BotError, match="answers 552"):
        mail.send(mail.message("s", "t" * 2_000_000, None, "a@example.org", ["b@example.org"], datetime.now(UTC)), mail.server_of(url))
    assert len(mails(folder)) == before


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:99999", "smtp://[geheim"])
def test_a_server_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError, match="does not name a mail server") as caught:
        mail.server_of(url)
    assert "geheim" not in str(caught.value)
