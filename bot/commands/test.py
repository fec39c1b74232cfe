"""factotum test: figures on labelled questions."""

from pathlib import Path

from bot.commands.options import Parser, bot_of
from bot.engine import Clock
from bot.evaluate.cases import read_cases, relabelled
from bot.evaluate.measure import measure, seen
from bot.evaluate.report import failures, stances, table
from bot.exits import OK


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("test", "Measures a knowledge base on labelled questions, by kind.")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="YAML rows: {kind, q or turns, accept or accept_all, ...}")
    parser.add_argument("--failures", action="store_true", help="list every row that is not right")
    parser.add_argument("--kind", action="append", metavar="KIND", help="only rows of this kind (repeat for more)")
    parser.add_argument("--relabel", metavar="FILE", type=Path, help="rows {q, accept, reason} that take the place of a row's own accept")
    given = parser.parse_args(arguments)
    cases = [case for file in given.files for case in read_cases(file)]
    if given.relabel:
        cases = relabelled(cases, given.relabel)
    if given.kind:
        cases = [case for case in cases if case.kind in given.kind]
    bot = bot_of(given, clock)
    results = measure(bot, cases)
    print("\n".join(filter(None, (failures(results) if given.failures else "", table(results), stances(results)))))
    for case in seen(bot, cases):
        print(f"line {case.line}: stands word for word among the alternates and measures nothing: {case.message}")
    return OK
