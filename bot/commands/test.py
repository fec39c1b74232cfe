"""factotum test: figures on labelled questions, and on a base's own."""

import argparse
import sys
from pathlib import Path

from bot.commands.options import Parser, bot_of
from bot.engine import Bot, Clock
from bot.errors import UsageError
from bot.evaluate.as_text import as_text
from bot.evaluate.cases import Case, check_labels, kinds_of, of_kinds, read_cases, relabelled
from bot.evaluate.leave_one_out import Own, ask_own
from bot.evaluate.limits import Limit, judge, read_limits
from bot.evaluate.measure import measure, seen
from bot.evaluate.progress import watched
from bot.evaluate.summary import OWN, Summary, values
from bot.exits import MISSED, OK
from bot.matching.leave_out import questions


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    _check(given)
    cases = _cases(given)
    limits = read_limits(given.limits, kinds_of(cases)) if given.limits else []
    bot = bot_of(given, clock)
    check_labels(cases, bot.kb.entries)
    summary = _measured(bot, of_kinds(cases, given.kind) if given.kind else cases, given, limits)
    _write(summary, given)
    return MISSED if summary.missed else OK


def _parser() -> Parser:
    about = "Measures a knowledge base on labelled questions, by kind. Exit status: 0 done, 1 limits are missed, 2 errors."
    parser = Parser("test", about)
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="YAML rows: {kind, q or turns, accept or accept_all, ...}")
    parser.add_argument("--failures", action="store_true", help="list every row that is not right")
    parser.add_argument("--kind", action="append", metavar="KIND", help="only rows of this kind (repeat for more)")
    parser.add_argument("--relabel", metavar="FILE", type=Path, help="rows {q, accept, reason} that take the place of a row's own accept")
    parser.add_argument(f"--{OWN}", action="store_true", help="ask the base's own questions too, each as if it did not stand there")
    parser.add_argument("--limits", metavar="FILE", type=Path, help="YAML of what must be reached: {in-scope: {right: '>= 90'}, ...}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--junit", metavar="FILE", type=Path, help="write JUnit XML")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write a page with plots (extra 'report')")
    return parser


def _check(given: argparse.Namespace) -> None:
    """Raises UsageError for what would be found out only after minutes."""
    if not given.files and not given.leave_one_out:
        raise UsageError(f"give a FILE of labelled questions, or --{OWN}.")
    for file in filter(None, (given.junit, given.html)):
        if not file.parent.is_dir():
            raise UsageError(f"cannot write {file}: there is no folder {file.parent}.")
    if given.html:
        from bot.evaluate import plots

        plots.require()


def _cases(given: argparse.Namespace) -> list[Case]:
    cases = [case for file in given.files for case in read_cases(file)]
    return relabelled(cases, given.relabel) if given.relabel else cases


def _measured(bot: Bot, cases: list[Case], given: argparse.Namespace, limits: list[Limit]) -> Summary:
    results = measure(bot, watched(cases, "questions", sys.stderr))
    own = _own(bot) if given.leave_one_out else None
    summary = Summary(bot.kb.version, results, seen(bot, cases), own)
    return Summary(summary.kb, summary.results, summary.seen, own, judge(limits, values(summary)))


def _own(bot: Bot) -> Own:
    return ask_own(bot, watched(questions(bot.index), OWN, sys.stderr))


def _write(summary: Summary, given: argparse.Namespace) -> None:
    """Every form that was asked for; what is not called for is not imported."""
    if given.junit:
        from bot.evaluate.junit import as_junit

        _save(given.junit, as_junit(summary))
    if given.html:
        from bot.evaluate.as_html import as_html

        _save(given.html, as_html(summary))
    if given.json:
        from bot.evaluate.as_json import as_json

        print(as_json(summary))
    else:
        print(as_text(summary, with_failures=given.failures))


def _save(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}.") from error
