"""factotum triage: what the bot would have said to the messages of an archive, and what the base lacks."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.commands.options import Parser, bot_of, count
from bot.engine import Clock
from bot.exits import OK
from bot.load import folder_of
from bot.render.terminal import render, screen_of
from bot.reporting.as_text import as_blocks
from bot.reporting.mail import address_of
from bot.reporting.period import zone_of
from bot.triage import table
from bot.triage.cluster import connected
from bot.triage.parts import archives, size_of
from bot.triage.result import Result, Wanted
from bot.triage.run import Plan
from bot.triage.run import run as run_plan

_ABOUT = (
    "Reads archives of a desk: mbox, folders of EML, exports of Zendesk, Zammad, Freshdesk and osTicket, CSV, XLSX, JSON. Writes what the "
    "bot would have said to each message, groups of what it has no answer to, a report and a draft of a base, all without personal data. "
    "Stopped, the same command goes on where it ended."
)
_MOST = 1000
_KILOBYTE = 1000


def run(arguments: list[str], clock: Clock) -> int:
    given = _parser().parse_args(arguments)
    table.require()
    _require_page()
    gc.enable()  # a long run
    found = archives(given.archives)
    bot = bot_of(given, clock)
    own = frozenset(address.lower() for address in given.own)
    base = str(folder_of(given.intents).absolute())
    plan = Plan(found, base, given.to.absolute(), own, given.encoding)
    with connected(given.scheduler, given.workers) as client, _progress(size_of(found)) as done:
        result = run_plan(plan, Wanted(bot.kb, given.timezone, clock(), given.least), client, done)
    print(_told(result, given.to))
    return OK


def _parser() -> Parser:
    parser = Parser("triage", _ABOUT)
    parser.add_argument("archives", nargs="+", type=Path, metavar="ARCHIVE", help="a file or a folder")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new folder for the results")
    parser.add_argument(
        "--own", action="append", default=[], type=address_of, metavar="ADDRESS", help="an address of the desk, whose mails are skipped"
    )
    parser.add_argument("--timezone", type=zone_of, default="UTC", metavar="NAME", help="the desk's, like Europe/Paris (default UTC)")
    parser.add_argument(
        "--least", type=_number, default=2, metavar="N", help="how often a question was asked that gets a draft (default 2)"
    )
    parser.add_argument("--encoding", default="", metavar="NAME", help="of sheets and JSON, if it is not told rightly")
    parser.add_argument(
        "--workers", type=_number, default=_cores(), metavar="N", help="processes of this machine (default: one for each core)"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster that exists, whose workers see the same folders: tcp://host:8786"
    )
    return parser


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) < 5 and 1 <= int(text) <= _MOST):
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is not a number from 1 to {_MOST}")
    return int(text)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _require_page() -> None:
    from bot.reporting.as_html import require

    require()


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None]]:
    """A bar of the kilobytes that are done, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda part: None
        return
    from prompt_toolkit.output import create_output
    from prompt_toolkit.shortcuts import ProgressBar, ProgressBarCounter

    with ProgressBar(output=create_output(sys.stderr)) as bar:
        counter: ProgressBarCounter[int] = bar(label="kB", total=max(size // _KILOBYTE, 1))
        read = 0

        def done(part: int) -> None:
            nonlocal read
            read += part
            counter.items_completed = read // _KILOBYTE
            bar.invalidate()

        yield done


def _told(result: Result, folder: Path) -> str:
    read = result.read
    lines = [
        f"Read: {count(read.rows, 'message', 'messages')}; skipped: {sum(read.skipped.values())}; could not be read: {read.faults}.",
        f"Results in {folder}: messages.parquet and messages.csv (a row for each), groups.csv, report.html, report.json"
        + (f", and draft with {count(result.drafted, 'entry', 'entries')} to be written." if result.drafted else "."),
    ]
    return render(as_blocks(result.report), screen_of(sys.stdout, os.environ)) + "\n\n" + "\n".join(lines)
