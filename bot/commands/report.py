"""factotum report: what was asked in a period beside the period before it, as text, page, CSV, JSON or mail."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.options import Parser, bot_of
from bot.commands.stored import missing, settings_of, store_of
from bot.engine import Bot, Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.kb.files import replace_file
from bot.redaction.redact import redactor
from bot.render.terminal import Screen, render, screen_of
from bot.reporting import mail
from bot.reporting.as_text import as_blocks
from bot.reporting.make import Frame, report
from bot.reporting.period import Period, zone_of
from bot.reporting.report import Report

if TYPE_CHECKING:
    from bot.questionlog.store import Store
    from bot.reporting.asked import Asked

_DAYS = 7
_MOST_DAYS = 3660
_MAIL_WIDTH = 78
"""Characters of a line of a mail (RFC 5322, 2.1.1)."""

_ABOUT = (
    "Reports on a period of questions, a week if nothing else is said, beside the one before it. Days begin at midnight in the time zone. "
    "The database is taken from the settings of the service: FACTOTUM_DATABASE, or the file named by FACTOTUM_CONFIG."
)


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    period = _period(given)
    _check(given)
    settings = settings_of(given.config)
    with closing(store_of(given.database or settings.address)) as store:
        found = _made(store, period, bot_of(_based(given, settings.intents), clock), given)
    _write(found, given)
    return OK


def _parser() -> Parser:
    parser = Parser("report", _ABOUT)
    parser.add_argument("--days", type=_number, metavar="N", help=f"the last N whole days (default {_DAYS})")
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="the first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="the last day, included (default: the last whole day)")
    parser.add_argument(
        "--as-of", type=_day, metavar="DAY", help="make the report of that day, which ends with the day before (default: today)"
    )
    parser.add_argument("--timezone", type=zone_of, default="UTC", metavar="NAME", help="the desk's, like Europe/Paris (default UTC)")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with plots (extra 'report')")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write one long table, a figure a line")
    parser.add_argument("--json", action="store_true", help="print the whole report as one JSON object")
    parser.add_argument("--mail-to", action="append", type=mail.address_of, metavar="ADDRESS", help="send it there (repeat for more)")
    parser.add_argument("--mail-from", type=mail.address_of, metavar="ADDRESS", help="who it comes from (default: the first of --mail-to)")
    parser.add_argument("--config", metavar="FILE", help="the TOML file of the service's settings (default: FACTOTUM_CONFIG)")
    parser.add_argument("--database", metavar="URL", help="another database: postgresql://user@host/name or the path of a file")
    parser.epilog = f"--mail-to takes the server from {mail.VARIABLE}: smtp://user:password@host:587, or smtps://."
    return parser


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) < 5 and 1 <= int(text) <= _MOST_DAYS):
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is not a number of days from 1 to {_MOST_DAYS}")
    return int(text)


def _day(text: str) -> date:
    """A day that has others around it. Raises ArgumentTypeError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not 1900 < found.year < 9999:
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is not a day, write it like 2026-01-31")
    return found


def _period(given: argparse.Namespace) -> Period:
    """The period. Raises UsageError if the arguments contradict each other."""
    if given.days and given.first:
        raise UsageError("give either --days or --from.")
    given.as_of = given.as_of or datetime.now(given.timezone).date()
    last = given.last or given.as_of - timedelta(1)
    first = given.first or last - timedelta((given.days or _DAYS) - 1)
    if first > last:
        raise UsageError(f"the first day, {first}, is after the last, {last}.")
    if (last - first).days >= _MOST_DAYS:
        raise UsageError(f"a report covers at most {_MOST_DAYS} days.")
    return Period(first, last, given.timezone)


def _check(given: argparse.Namespace) -> None:
    """Raises UsageError for what would be found out only after the work."""
    for file in filter(None, (given.html, given.csv)):
        if not file.parent.is_dir():
            raise UsageError(f"cannot write {file}: there is no folder {file.parent}.")
    if given.mail_to:
        if not os.environ.get(mail.VARIABLE):
            raise UsageError(f"--mail-to needs a mail server: set {mail.VARIABLE} to smtp://user:password@host:587.")
        mail.server_of(os.environ[mail.VARIABLE])
    if given.html or given.mail_to:
        from bot.reporting.as_html import require

        require()


def _based(given: argparse.Namespace, intents: str | None) -> argparse.Namespace:
    """The arguments with the base of the service's settings, unless they name one."""
    if not given.intents and intents:
        given.intents = intents
    return given


def _made(store: "Store", period: Period, bot: Bot, given: argparse.Namespace) -> Report:
    frame = Frame(period, period.before(), bot.kb, given.as_of, redactor(lambda: bot.kb))
    return report(_messages(store, frame), frame)


def _messages(store: "Store", frame: Frame) -> "Iterator[Asked]":
    try:
        from bot.reporting.from_log import messages
    except ImportError as error:
        raise missing(error) from None
    return messages(store, (frame.before or frame.period).start, frame.period.end)


def _write(found: Report, given: argparse.Namespace) -> None:
    """Every form that was asked for; what is not called for is not imported."""
    page = None
    if given.html or given.mail_to:
        from bot.reporting.as_html import as_html

        page = as_html(found)
    if given.csv:
        from bot.reporting.as_csv import as_csv

        replace_file(given.csv, as_csv(found))
    if given.html and page:
        replace_file(given.html, page.encode())
    _tell(found, as_json=given.json)
    if given.mail_to:
        _send(found, page, given)


def _tell(found: Report, *, as_json: bool) -> None:
    if as_json:
        from bot.reporting.as_json import as_json as printed

        print(printed(found))
    else:
        print(render(as_blocks(found), screen_of(sys.stdout, os.environ)))


def _send(found: Report, page: str | None, given: argparse.Namespace) -> None:
    from bot.reporting.words import title

    text = render(as_blocks(found), Screen(_MAIL_WIDTH))
    sender = given.mail_from or given.mail_to[0]
    mail.send(mail.message(title(found), text, page, sender, given.mail_to, datetime.now(UTC)), mail.server_of(os.environ[mail.VARIABLE]))
    print(f"Sent to {', '.join(given.mail_to)}.", file=sys.stderr)
