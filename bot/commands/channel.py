"""factotum channel: tries the settings of a channel of the service (extra `desk`)."""

import os
from datetime import UTC, datetime

from bot.commands.options import Parser
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK

ABOUT = """Tries the settings of a channel from end to end: whether they are whole, and whether the other side lets us in. Nothing is sent
to anybody. The settings are those of the service: the environment, or the file named by FACTOTUM_CONFIG."""


def run(arguments: list[str], clock: Clock) -> int:
    try:
        from bot.serve import settings
        from bot.serve.channels.try_out import try_out
    except ModuleNotFoundError as error:
        raise UsageError(f"the module '{error.name}' is missing: pip install 'factotum-faq[desk,serve]'.") from None
    parser = Parser("channel", ABOUT, intents=False)
    parser.add_argument("what", choices=["check"], help="check: try the settings")
    parser.add_argument("name", help="the name of the channel in the settings, for example mail")
    parser.add_argument("--config", metavar="FILE", help="a TOML file of settings (default: FACTOTUM_CONFIG)")
    given = parser.parse_args(arguments)
    if given.config:
        os.environ[settings.FILE_VARIABLE] = given.config
    for line in try_out(settings.read(), given.name, lambda: datetime.now(UTC)):
        print(line, flush=True)
    return OK
