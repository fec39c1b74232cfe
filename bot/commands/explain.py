"""factotum explain: prints how the decision on a question came about."""

import os
import sys

from bot.commands.options import Parser, bot_of
from bot.engine import Clock
from bot.exits import OK
from bot.render.json import as_plain
from bot.render.terminal import render, screen_of
from bot.render.why import why

ABOUT = """Prints how the question was understood, the candidates with each part of their evidence, the wording that matched with its
file and line, the runner-up and why it lost, and the limits in force. With --json everything that the decision rests on:
bot.explain.replay computes the decision again from that alone."""

_ALL = 20


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("explain", ABOUT)
    parser.add_argument("question", nargs="+", help="the question, in quotes or not")
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    given = parser.parse_args(arguments)
    explained = bot_of(given, clock).explain(" ".join(given.question))
    if given.json:
        print(as_plain(explained, indent=2))
    else:
        shown = [block for item in explained for block in why(item, _ALL)]
        print(render(shown, screen_of(sys.stdout, os.environ)))
    return OK
