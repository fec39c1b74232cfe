"""factotum serve: the HTTP service."""

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK
from bot.load import FOLDER_VARIABLE, load

ABOUT = """Answers over HTTP: an API under /v1, a chat widget for web pages, a help page at /, and Rasa's REST channel.
Needs the extra 'serve': pip install '.[serve]'."""

APP = "bot.serve.app:create"


def run(arguments: list[str], clock: Clock) -> int:
    try:
        from bot.serve import base_name, server, settings
        from bot.serve.channels import wiring
        from bot.serve.outgoing import ways
    except ModuleNotFoundError as error:
        raise UsageError(f"the module '{error.name}' is missing: install the extra 'serve' (pip install '.[serve]').") from None
    parser = Parser("serve", ABOUT)
    parser.allow_abbrev = False  # --secret is refused: it is no short form of --secrets-file
    parser.add_argument("--config", metavar="FILE", help="a TOML file of settings (default: FACTOTUM_CONFIG)")
    for name, about in settings.flags().items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="VALUE", help=about.replace("%", "%%"))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "Settings: flags come before the environment, that before the file, where they stand in small letters without the prefix:\n"
        f"{settings.help_of()}"
    )
    given = parser.parse_args(arguments)
    _hand_down({settings.FILE_VARIABLE: given.config, FOLDER_VARIABLE: given.intents})
    _hand_down({settings.PREFIX + name.upper(): getattr(given, name) for name in settings.flags()})
    found = settings.read()
    clock()  # a FACTOTUM_TODAY that is no day is told now, not by the first question
    if found.workers > 1:
        load(found.intents)  # once into the cache, before all workers read it from there
    base_name.address_of(found)
    ways.ways_of(found, lambda: datetime.now(UTC))
    wiring.platforms_of(found)
    for line in (*settings.unknown(os.environ), *settings.open_doors(found)):
        print(f"factotum: {line}", file=sys.stderr)
    server.run(found, APP, lambda line: print(line, flush=True))
    return OK


def _hand_down(given: Mapping[str, str | None]) -> None:
    """Puts what the command line says where each worker reads it: the environment."""
    os.environ.update({name: value for name, value in given.items() if value is not None})
