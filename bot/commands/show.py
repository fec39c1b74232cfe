"""factotum show: an entry by its id."""

import difflib
import os
import sys

from bot.commands.options import Parser, bot_of
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.render.terminal import render, screen_of


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("show", "Prints an entry as it is answered.")
    parser.add_argument("id", help="the id of an entry, for example red-notice")
    given = parser.parse_args(arguments)
    bot = bot_of(given, clock)
    spoken = bot.show(given.id)
    if spoken is None:
        near = difflib.get_close_matches(given.id, bot.kb.entries, 3)
        raise UsageError(f"there is no entry '{given.id}'." + (f" Near it: {', '.join(near)}." if near else ""))
    print(render(spoken.blocks, screen_of(sys.stdout, os.environ)))
    return OK
