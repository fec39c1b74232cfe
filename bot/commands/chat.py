"""factotum chat: the conversation in the terminal; with input piped in, one question on each line."""

import gc
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from bot.commands.options import Parser, bot_of, talking_bot
from bot.engine import Clock
from bot.exits import OK
from bot.render.terminal import render, screen_of
from bot.terminal.fold import Blocks
from bot.terminal.session import Leave, Session


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("chat", "Talks in the terminal. With input piped in it reads one question on each line and shows no prompt.")
    parser.add_argument("--no-history", action="store_true", help="do not keep what was typed")
    given = parser.parse_args(arguments)
    gc.enable()
    session = Session(talking_bot(given, clock), lambda: bot_of(given, clock))
    if sys.stdin.isatty() and sys.stdout.isatty():
        _talk(session, keep=not given.no_history)
    else:
        answer_lines(session, sys.stdin.buffer, sys.stdout)
    return OK


def _talk(session: Session, *, keep: bool) -> None:
    import platformdirs
    from prompt_toolkit.history import InMemoryHistory

    from bot.terminal.fold import fitted
    from bot.terminal.repl import AROUND, history_in
    from bot.terminal.repl import run as talk

    def fit(blocks: Blocks) -> tuple[Blocks, Blocks]:
        screen = screen_of(sys.stdout, os.environ)
        return fitted(blocks, screen, max(1, screen.height - AROUND))

    def show(blocks: Blocks) -> None:
        if blocks:
            print(render(blocks, screen_of(sys.stdout, os.environ)), end="\n\n", flush=True)

    try:
        folder = platformdirs.user_state_path("factotum")
    except RuntimeError:  # a user without a home folder
        keep = False
    session.fit = fit
    talk(session, show, history_in(folder) if keep else InMemoryHistory())


def answer_lines(session: Session, lines: Iterable[bytes], out: TextIO) -> None:
    """Writes the answer to each line, followed by an empty line. Commands work as in the terminal."""
    screen = screen_of(out, os.environ)
    for line in lines:
        try:
            blocks = session.handle(line.decode("utf-8", "replace"))
        except Leave:
            return
        if blocks:
            out.write(render(blocks, screen) + "\n\n")
            out.flush()
