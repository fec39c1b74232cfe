"""factotum compare: what a change of the knowledge base changes for those who ask."""

import json
import sys
from pathlib import Path

from bot.commands.options import Parser
from bot.engine import Bot, Clock
from bot.evaluate.cases import read_cases
from bot.evaluate.compare import Difference, differences, questions
from bot.exits import NOT_ANSWERED, OK
from bot.render.json import as_plain

ABOUT = """Lists every question whose decision differs between two knowledge bases: another entry, asked back, or no answer. The
questions are those of FILE (rows as for `factotum test`), or else every question and alternate of both bases and every wording of
what lies outside them. Exit status: 0 nothing differs, 1 something does, 2 error."""


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("compare", ABOUT, intents=False)
    parser.add_argument("old", type=Path, help="folder of the knowledge base as it was")
    parser.add_argument("new", type=Path, help="folder of the knowledge base as it is to be")
    parser.add_argument("file", nargs="?", type=Path, help="labelled questions")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    given = parser.parse_args(arguments)
    old, new = Bot.load(given.old, clock=clock), Bot.load(given.new, clock=clock)
    asked = [case.message for case in read_cases(given.file)] if given.file else questions(old, new)
    found = differences(old, new, asked)
    for item in found:
        print(as_plain(item) if given.json else _text(item))
    print(f"{len(found)} of {len(asked)} questions are decided otherwise.", file=sys.stderr if given.json else sys.stdout)
    return NOT_ANSWERED if found else OK


def _text(item: Difference) -> str:
    return f"{json.dumps(item.question, ensure_ascii=False)}\n    was: {item.old}\n    is:  {item.new}"
