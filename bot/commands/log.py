"""factotum log: what was asked, what was not answered; a conversation exported or erased."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import BotError, UsageError
from bot.exits import OK
from bot.questionlog.errors import INSTALL
from bot.render.log import log_blocks
from bot.render.terminal import render, screen_of

if TYPE_CHECKING:
    from bot.questionlog.store import Store
    from bot.serve.settings import Settings

_DAYS, _MOST = 30, 20
_PATIENCE = 60.0
"""Seconds: a report on a large log may take its time, nobody waits for a reply."""

_ABOUT = (
    "Reports on the question log: how much was asked, what was answered, what was not. Days are UTC days. "
    "The database is that of the service's settings (FACTOTUM_DATABASE, or the file that FACTOTUM_CONFIG names)."
)


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    since, until = _period(given)
    settings = _settings(given.config)
    with closing(_store(given.database or settings.address)) as store:
        if given.export is not None:
            print(_exported(store, _ids_of(given.export, settings)))
        elif given.erase is not None:
            count = sum(map(store.erase, _ids_of(given.erase, settings)))
            print(f"Erased: {count} records (questions, feedbacks and the context together).")
        else:
            print(_reported(store, since, until, given))
    return OK


def _parser() -> Parser:
    parser = Parser("log", _ABOUT, intents=False)
    parser.add_argument("--config", metavar="FILE", help="the TOML file that the service is started with (default: FACTOTUM_CONFIG)")
    parser.add_argument("--days", type=_whole, metavar="N", help=f"the last N days, today included (default {_DAYS})")
    parser.add_argument("--since", type=_day, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--until", type=_day, metavar="DAY", help="last day, included (default: today)")
    parser.add_argument(
        "--database", metavar="ADDRESS", help="another one: postgresql://user@host/name, sqlite:////folder/file.db or a file"
    )
    parser.add_argument("--most", type=_whole, default=_MOST, metavar="N", help=f"rows of each list at most (default {_MOST})")
    parser.add_argument("--json", action="store_true", help="print the whole report as one JSON object")
    of_one = parser.add_mutually_exclusive_group()
    of_one.add_argument(
        "--export",
        metavar="CONVERSATION",
        help="print all that is kept of a conversation (its id, or CHANNEL:SENDER as in rasa:ann), as JSON",
    )
    of_one.add_argument("--erase", metavar="CONVERSATION", help="delete all that is kept of a conversation")
    return parser


def _whole(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("a number from 1 to 100000")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day, write it like 2026-01-31") from None


def _period(given: argparse.Namespace) -> tuple[date, date]:
    """The first and last day. Raises UsageError if they are none."""
    if given.days and given.since:
        raise UsageError("give either --days or --since.")
    # Not the clock of the command: that may be set to answer for another day, and the log was kept on this one.
    until = given.until or datetime.now(UTC).date()
    since = given.since or until - timedelta(days=(given.days or _DAYS) - 1)
    if since > until:
        raise UsageError(f"the first day, {since}, is after the last, {until}.")
    return since, until


def _settings(config: str | None) -> "Settings":
    """Those of the service. Raises BotError if they do not hold or what they need is not installed."""
    try:
        from bot.serve import settings
    except ImportError as error:
        raise _missing(error) from None
    if config:
        os.environ[settings.FILE_VARIABLE] = config
    return settings.read()


def _missing(error: ImportError) -> BotError:
    return BotError(f"the question log needs {error.name}. {INSTALL}")


def _store(address: str | None) -> "Store":
    """The log. Raises BotError if there is none yet, it cannot be reached or what it needs is not installed."""
    try:
        from bot.questionlog.database_url import default_address
        from bot.questionlog.store import Store
    except ImportError as error:
        raise _missing(error) from None
    store = Store(address or default_address(), patience=_PATIENCE)
    if not store.exists():
        raise UsageError(f"there is no question log yet: {store.place}. It is made when the first question is kept.")
    return store


def _ids_of(conversation: str, settings: "Settings") -> tuple[str, ...]:
    """The id of a conversation that is named by itself, or those of a sender that a channel knows: one for each secret that there was."""
    channel, given, sender = conversation.partition(":")
    if not given:
        return (conversation,)
    from bot.serve.signing import Signing

    if not settings.keys:
        raise UsageError("a sender is known by a pseudonym that takes the service's secret: set FACTOTUM_SECRET.")
    return tuple(Signing.of((key,)).pseudonym(channel, sender) for key in settings.keys)


def _exported(store: "Store", conversations: Sequence[str]) -> str:
    """What is kept, as JSON: one object, or a list of them where a sender had several ids."""
    found = [item for item in map(store.export, conversations) if item["questions"] or item["context"]]
    if not found:
        raise UsageError("nothing is kept of that conversation.")
    return json.dumps(found if len(found) > 1 else found[0], indent=2)


def _reported(store: "Store", since: date, until: date, given: argparse.Namespace) -> str:
    from bot.questionlog.report import report

    found = report(store, since, until)
    return (
        json.dumps(found.as_values(), indent=2) if given.json else render(log_blocks(found, given.most), screen_of(sys.stdout, os.environ))
    )
