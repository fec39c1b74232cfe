"""What several commands share: their argument parser and the bot they work with."""

import argparse
from typing import NoReturn

from bot.engine import Bot, Clock
from bot.errors import UsageError


class Parser(argparse.ArgumentParser):
    """An argument parser, with --intents unless the command names its folders itself, whose errors are ours instead of exits."""

    def __init__(self, command: str, about: str, *, intents: bool = True) -> None:
        super().__init__(prog=f"factotum {command}", description=about)
        if intents:
            about_folder = "the knowledge base to use (default: FACTOTUM_INTENTS, else the one that ships)"
            self.add_argument("--intents", metavar="DIR", help=about_folder)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}.\n{self.format_usage().strip()}")


def bot_of(arguments: argparse.Namespace, clock: Clock) -> Bot:
    """The bot that a command's arguments name."""
    clock()
    return Bot.load(arguments.intents, clock=clock)
