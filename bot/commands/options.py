"""What several commands share: their argument parser and the bot they work with."""

import argparse
from typing import NoReturn

from bot.engine import Bot, Clock
from bot.errors import UsageError


class Parser(argparse.ArgumentParser):
    """An argument parser with --intents, whose errors are ours instead of exits."""

    def __init__(self, command: str, about: str) -> None:
        super().__init__(prog=f"factotum {command}", description=about)
        self.add_argument("--intents", metavar="DIR", help="the knowledge base to use (default: FACTOTUM_INTENTS, else the one that ships)")

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}.\n{self.format_usage().strip()}")


def bot_of(arguments: argparse.Namespace, clock: Clock) -> Bot:
    """The bot that a command's arguments name."""
    clock()
    return Bot.load(arguments.intents, clock=clock)
