"""factotum review: what people asked and got no good answer to, group by group, until it is a change of the base."""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.options import Parser, bot_of, count
from bot.commands.stored import settings_of, store_of
from bot.engine import Bot, Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.load import folder_of

if TYPE_CHECKING:
    from bot.inbox.items import Item
    from bot.serve.settings import Settings

_DAYS = 30
_LARGEST = 3650

ABOUT = """Goes through the question log: groups of like questions that were judged unhelpful, had no answer, were asked back, handed over
or answered narrowly, the most asked first. One key says what a group is; what that would change is shown before it is written to the files
of the base, with a row of a test file, and committed where the base lies in git."""


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    settings = settings_of(given.config)
    given.intents = given.intents or settings.intents
    folder = folder_of(given.intents)
    if not given.list and not given.json:
        _writable(folder)
    found = _items(given, settings, folder)
    if given.json:
        print(json.dumps([item.as_values() for item in found], indent=2))
    elif given.list:
        from bot.terminal.inbox_text import listed

        print(listed(found))
    else:
        _reviewed(bot_of(given, clock), folder, [item for item in found if not item.outside])
    return OK


def _items(given: argparse.Namespace, settings: "Settings", folder: Path) -> "tuple[Item, ...]":
    """The groups of the days that were asked for. Raises UsageError if there is no log yet, UnreachableError."""
    with closing(store_of(given.database, settings)) as store:
        from bot.inbox.asked import asked
        from bot.inbox.items import items
        from bot.inbox.session import judged

        # Not the clock of the command, which may be set to answer for another day: the questions were stored with the real one.
        today = datetime.now(UTC).date()
        since = today - timedelta(days=given.days - 1)
        middle = datetime.combine(since, time(), UTC) + timedelta(days=given.days / 2)
        return items(asked(store, since, today, given.base), middle, judged(folder))


def _parser() -> argparse.ArgumentParser:
    parser = Parser("review", ABOUT)
    parser.add_argument("--config", metavar="FILE", help="the TOML file of the service's settings (default: FACTOTUM_CONFIG)")
    parser.add_argument("--database", metavar="URL", help="another question log, as for factotum log")
    parser.add_argument("--base", metavar="NAME", help="questions to one base only, where several share a log")
    parser.add_argument("--days", type=_days, default=_DAYS, metavar="N", help=f"of the last N days, today included (default {_DAYS})")
    parser.add_argument("--list", action="store_true", help="print the groups, a line each, and ask nothing")
    parser.add_argument("--json", action="store_true", help="print the groups as JSON, and ask nothing")
    return parser


def _days(text: str) -> int:
    if not (text.isdecimal() and len(text) <= len(str(_LARGEST)) and 1 <= int(text) <= _LARGEST):
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is not a number from 1 to {_LARGEST}")
    return int(text)


def _writable(folder: Path) -> None:
    """Raises UsageError for the base in an installed package, whose files the next installation replaces."""
    if folder.parent.name == "bot" and (folder.parent / "cli.py").is_file():
        raise UsageError("the installed base is not for writing: name your own with --intents DIR or FACTOTUM_INTENTS.")


def _reviewed(bot: Bot, folder: Path, found: "Sequence[Item]") -> None:
    """Goes through the groups with whoever sits at the terminal, or with the lines that are piped in."""
    from bot.inbox.session import Session
    from bot.terminal.console import Piped, Screen
    from bot.terminal.review import review

    if not found:
        print("Nothing to look at.")
        return
    at_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    session = Session.begin(bot, folder, (one.text for item in found for one in item.wordings))
    done = review(session, found, Screen() if at_terminal else Piped())
    groups, changes = count(len(found), "group", "groups"), count(done.taken, "change", "changes")
    print(f"{done.judged} of {groups} judged; {changes} of the base.")
