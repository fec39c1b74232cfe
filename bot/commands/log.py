"""factotum log: reports on the questions asked, and exports or erases a conversation."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.commands.options import Parser
from bot.commands.stored import settings_of, store_of
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.render.log import log_blocks
from bot.render.outbox import outbox_blocks, outbox_values
from bot.render.terminal import render, screen_of

if TYPE_CHECKING:
    from bot.questionlog.store import Store
    from bot.serve.settings import Settings

_DAYS, _ROWS = 30, 20
_LARGEST = 100_000
"""The largest number of days (273 years) or rows that can be asked for."""

_ABOUT = (
    "Reports on the question log: how many questions were asked, which were answered and which were not. Days are UTC days. "
    "The database is taken from the settings of the service: FACTOTUM_DATABASE, or the file named by FACTOTUM_CONFIG."
)


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    # Not the clock of the command, which may be set to answer for another day: the questions were stored with the real one.
    now = datetime.now(UTC)
    period = _period(given, now.date())
    settings = settings_of(given.config)
    with closing(store_of(given.database or settings.address)) as store:
        if given.export is not None:
            print(_exported(store, _ids_of(given.export, settings)))
        elif given.erase is not None:
            count = sum(map(store.erase, _ids_of(given.erase, settings)))
            print(f"Erased: {count} records (questions, feedback, the context, and what was handed over).")
        elif given.send_again:
            print(_sent_again(store, now))
        else:
            print(_reported(store, period, now, given))
    return OK


def _parser() -> Parser:
    parser = Parser("log", _ABOUT, intents=False)
    parser.add_argument("--config", metavar="FILE", help="the TOML file of the service's settings (default: FACTOTUM_CONFIG)")
    parser.add_argument("--days", type=_number, metavar="N", help=f"report on the last N days, today included (default {_DAYS})")
    parser.add_argument("--since", type=_day, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--until", type=_day, metavar="DAY", help="last day, included (default: today)")
    parser.add_argument(
        "--database", metavar="URL", help="another database: postgresql://user@host/name, sqlite:////folder/file.db or the path of a file"
    )
    parser.add_argument("--most", type=_number, default=_ROWS, metavar="N", help=f"most rows of each list (default {_ROWS})")
    parser.add_argument("--json", action="store_true", help="print the whole report as one JSON object")
    conversation = parser.add_mutually_exclusive_group()
    conversation.add_argument(
        "--export",
        type=_text,
        metavar="CONVERSATION",
        help="print everything stored of a conversation as JSON; name it by its id, or by CHANNEL:SENDER as in rasa:ann",
    )
    conversation.add_argument("--erase", type=_text, metavar="CONVERSATION", help="delete everything stored of a conversation")
    conversation.add_argument("--send-again", action="store_true", help="try again to send the messages that were given up")
    return parser


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) <= len(str(_LARGEST)) and 1 <= int(text) <= _LARGEST):
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is not a number from 1 to {_LARGEST}")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is not a day, write it like 2026-01-31") from None


def _text(text: str) -> str:
    """A text that a database can hold and that can be hashed. Raises ArgumentTypeError if its bytes were not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("the name of the conversation is not valid UTF-8") from None
    return text


def _period(given: argparse.Namespace, today: date) -> tuple[date, date]:
    """The first and last day. Raises UsageError if the arguments contradict each other."""
    if given.days and given.since:
        raise UsageError("give either --days or --since.")
    until = given.until or today
    since = given.since or _days_before(until, (given.days or _DAYS) - 1)
    if since > until:
        raise UsageError(f"the first day, {since}, is after the last, {until}.")
    return since, until


def _days_before(day: date, days: int) -> date:
    """The day so many days earlier; the first day of the calendar (0001-01-01) if there is none."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def _ids_of(conversation: str, settings: "Settings") -> tuple[str, ...]:
    """The id that was given, or for CHANNEL:SENDER the ids of the sender: one for each secret, since ids are hashed with it."""
    channel, given, sender = conversation.partition(":")
    if not given:
        return (conversation,)
    from bot.serve.signing import Signing

    if not settings.keys:
        raise UsageError("senders are stored under pseudonyms that depend on the secret of the service: set FACTOTUM_SECRET.")
    return tuple(Signing.of((key,)).pseudonym(channel, sender) for key in settings.keys)


def _exported(store: "Store", conversations: Sequence[str]) -> str:
    """What is stored, as JSON: one object, or a list of them if a sender had several ids."""
    found = [item for item in map(store.export, conversations) if item["questions"] or item["context"]]
    if not found:
        raise UsageError("nothing is stored of that conversation.")
    return json.dumps(found if len(found) > 1 else found[0], indent=2)


def _sent_again(store: "Store", now: datetime) -> str:
    from bot.questionlog.outbox import Outbox

    count = Outbox(store).again(now)
    return f"The service sends again: {count} message{'' if count == 1 else 's'}."


def _reported(store: "Store", period: tuple[date, date], now: datetime, given: argparse.Namespace) -> str:
    from bot.questionlog.outbox import Outbox
    from bot.questionlog.report import report

    found, outbox = report(store, *period, now), Outbox(store)
    state, failures = outbox.state(), outbox.failures()
    if given.json:
        return json.dumps(found.as_values() | {"outbox": outbox_values(state, failures)}, indent=2)
    return render((*log_blocks(found, given.most), *outbox_blocks(state, failures, given.most)), screen_of(sys.stdout, os.environ))
