"""factotum check: every problem of a knowledge base, and nothing else."""

from collections.abc import Sequence
from datetime import date

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import Problem, UsageError
from bot.exits import ERROR, OK
from bot.kb.files import content_hash, read_folder
from bot.load import examine, folder_of
from bot.render import problems as forms


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("check", "Lists what is wrong with a knowledge base. Exit status: 0 no errors, 2 errors.")
    parser.add_argument("--as-of", metavar="DATE", help="the day to judge dates by (default: today)")
    parser.add_argument("--format", choices=sorted(forms.FORMS), default="text", help="for people, programs or GitHub's annotations")
    given = parser.parse_args(arguments)
    folder = folder_of(given.intents)
    files = read_folder(folder)
    kb, problems = examine(files, folder, content_hash(files, folder), _day(given.as_of, clock))
    print(forms.FORMS[given.format](kb, problems))
    return ERROR if _errors(problems) else OK


def _day(text: str | None, clock: Clock) -> date:
    try:
        return date.fromisoformat(text) if text else clock()
    except ValueError:
        raise UsageError(f"--as-of: '{text}' is not a day. Write it like 2026-01-31.") from None


def _errors(problems: Sequence[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)
