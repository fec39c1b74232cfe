"""What several commands share: their argument parser and the bot they work with."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from bot.engine import Bot, Clock
from bot.errors import KnowledgeBaseError, UsageError

PATIENCE = 0.5
"""Seconds of loading after which somebody who waits at a terminal is told what is going on."""


class Parser(argparse.ArgumentParser):
    """An argument parser, with --intents unless the command names its folders itself, whose errors are ours instead of exits."""

    def __init__(self, command: str, about: str, *, intents: bool = True) -> None:
        super().__init__(prog=f"factotum {command}", description=about)
        if intents:
            about_folder = "the knowledge base to use (a folder or a .jsonl file; default: FACTOTUM_INTENTS, else the one that ships)"
            self.add_argument("--intents", metavar="DIR", help=about_folder)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}.\n{self.format_usage().strip()}")


_MOST_TOLD = 5


def bot_of(arguments: argparse.Namespace, clock: Clock) -> Bot:
    """The bot that a command's arguments name."""
    clock()
    with waiting("Loading the knowledge base; the first time after a change of it this takes some seconds ...", sys.stderr):
        return Bot.load(arguments.intents, clock=clock)


def talking_bot(arguments: argparse.Namespace, clock: Clock) -> Bot:
    """The same for whoever sits at a terminal: of a base with faults it is what can be read, and the faults are told on standard error."""
    try:
        return bot_of(arguments, clock)
    except KnowledgeBaseError:
        if not sys.stdout.isatty():
            raise
        bot, errors = Bot.load_rest(arguments.intents, clock=clock)
    told = [*map(str, errors[:_MOST_TOLD]), *([f"and {len(errors) - _MOST_TOLD} more"] if len(errors) > _MOST_TOLD else [])]
    rest = f"Answering from the {count(len(bot.kb.entries), 'entry', 'entries')} that could be read. See: factotum check"
    print("\n".join([*told, rest]), end="\n\n", file=sys.stderr)
    return bot


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


@contextmanager
def waiting(line: str, out: TextIO, patience: float = PATIENCE) -> Iterator[None]:
    """Writes a line to a terminal if what is done within takes longer than so many seconds; nothing where no terminal reads."""
    if not out.isatty():
        yield
        return
    from threading import Timer  # only for somebody who waits

    notice = Timer(patience, lambda: print(line, file=out, flush=True))
    notice.start()
    try:
        yield
    finally:
        notice.cancel()
