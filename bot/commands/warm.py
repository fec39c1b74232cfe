"""factotum warm: builds the index of a base before anybody asks, such as into an image."""

from bot.commands.options import Parser, bot_of, count
from bot.engine import Clock
from bot.errors import UsageError
from bot.exits import OK

ABOUT = """Builds the index of a base and keeps it in the cache folder (XDG_CACHE_HOME), so that the service starts at once.
It holds for the same folder and version of Factotum; a base that changes is built again."""


def run(arguments: list[str], clock: Clock) -> int:
    from bot.cache.kept import file_for
    from bot.load import folder_of

    given = Parser("warm", ABOUT).parse_args(arguments)
    kb = bot_of(given, clock).kb
    file = file_for(kb.version, folder_of(given.intents))
    if file is None:
        raise UsageError("there is no cache folder: set XDG_CACHE_HOME, or HOME.")
    place = f"is kept in {file.parent}" if file.is_file() else "came with the package"
    print(f"The index of {count(len(kb.entries), 'entry', 'entries')} {place}.")
    return OK
