"""factotum show: prints an entry by its id, as it is answered."""

import os
import sys

from bot.answering.layout import unfolded
from bot.commands.options import Parser, bot_of
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.render.terminal import render, screen_of
from bot.terminal.session import no_entry


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("show", "Prints an entry as it is answered.")
    parser.add_argument("id", help="the id of an entry, for example red-notice")
    given = parser.parse_args(arguments)
    bot = bot_of(given, clock)
    shown = bot.show(given.id)
    if shown is None:
        raise UsageError(no_entry(given.id, bot.kb.entries))
    print(render(unfolded(shown.reply.blocks), screen_of(sys.stdout, os.environ)))
    return OK
