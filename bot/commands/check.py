"""factotum check: every problem of a knowledge base, and nothing else."""

from collections.abc import Sequence

from bot.commands.options import ERROR, OK, Parser
from bot.engine import Clock
from bot.errors import Problem
from bot.kb.files import content_hash, read_folder
from bot.load import examine, folder_of


def run(arguments: list[str], clock: Clock) -> int:
    given = Parser("check", "Lists what is wrong with a knowledge base. Exit status: 0 no errors, 2 errors.").parse_args(arguments)
    folder = folder_of(given.intents)
    files = read_folder(folder)
    kb, problems = examine(files, folder, content_hash(files, folder))
    counts = (
        f"{len(kb.entries)} entries, {sum(len(entry.alternates) for entry in kb.entries.values())} alternates, {len(kb.sources)} sources. "
    )
    return _report(problems, counts)


def _report(problems: Sequence[Problem], counts: str) -> int:
    for problem in problems:
        print(problem)
    errors = sum(problem.level == "error" for problem in problems)
    print(f"{counts}{errors} errors, {len(problems) - errors} warnings.")
    return ERROR if errors else OK
