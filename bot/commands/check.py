"""factotum check: every problem of a knowledge base, and nothing else."""

import sys
from collections.abc import Sequence
from datetime import date

from bot.commands.options import Parser, waiting
from bot.engine import Clock
from bot.errors import Problem, UsageError
from bot.exits import ERROR, OK
from bot.kb.files import content_hash, ignored_files, read_folder
from bot.kb.schema import CHECKS
from bot.lint import as_set, page_of
from bot.load import examine, folder_of
from bot.render import problems as forms


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("check", "Lists what is wrong with a knowledge base. Exit status: 0 no errors, 2 errors.")
    parser.add_argument("--as-of", metavar="DATE", help="the day to judge dates by (default: today)")
    parser.add_argument("--explain", metavar="RULE", help="print what a rule of content finds, why, and how to mend it")
    parser.add_argument("--format", choices=sorted(forms.FORMS), default="text", help="for people, programs or GitHub's annotations")
    given = parser.parse_args(arguments)
    if given.explain:
        print(_page(given.explain))
        return OK
    folder = folder_of(given.intents)
    files = read_folder(folder)
    day = _day(given.as_of, clock)
    with waiting("Checking every file and rule ...", sys.stderr):
        kb, problems = examine(files, folder, content_hash(files, folder), day)
    problems = sorted([*problems, *as_set(ignored_files(folder), kb.settings)])
    print(forms.FORMS[given.format](kb, problems))
    return ERROR if _errors(problems) else OK


def _page(rule: str) -> str:
    """The manual page of a rule that can be set. Other problems have none: their messages say all there is to say."""
    try:
        return page_of(rule)
    except KeyError:
        known = ", ".join(CHECKS)
        raise UsageError(f"there is no page about '{rule}'. There are: {known}. All other problems tell how to mend them.") from None


def _day(text: str | None, clock: Clock) -> date:
    try:
        return date.fromisoformat(text) if text else clock()
    except ValueError:
        raise UsageError(f"--as-of: '{text}' is not a day. Write it like 2026-01-31.") from None


def _errors(problems: Sequence[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)
