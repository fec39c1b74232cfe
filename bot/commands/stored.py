"""The question log that a command reads: where the service's settings, or the command's arguments, say that it is."""

import os
from typing import TYPE_CHECKING

from bot.errors import BotError, UsageError
from bot.questionlog.errors import INSTALL

if TYPE_CHECKING:
    from bot.questionlog.store import Store
    from bot.serve.settings import Settings

_TIMEOUT = 60.0
"""Seconds. A report on a large log may take a while; no user waits for a reply meanwhile."""


def settings_of(config: str | None) -> "Settings":
    """The settings of the service. Raises BotError if one is not valid or a package is not installed."""
    try:
        from bot.serve import settings
    except ImportError as error:
        raise missing(error) from None
    if config:
        os.environ[settings.FILE_VARIABLE] = config
    return settings.read()


def missing(error: ImportError) -> BotError:
    """What to say if a package is not installed."""
    return BotError(f"the question log needs {error.name}. {INSTALL}")


def store_of(address: str | None) -> "Store":
    """The log. Raises BotError if there is none yet, it cannot be reached or a package is not installed."""
    try:
        from bot.questionlog.database_url import NONE, default_url
        from bot.questionlog.store import Store
    except ImportError as error:
        raise missing(error) from None
    if address == NONE:
        raise UsageError("there is no question log: the settings switch it off (FACTOTUM_DATABASE=none). Name one with --database.")
    store = Store(address or default_url(), timeout=_TIMEOUT)
    if not store.exists():
        raise UsageError(f"there is no question log yet: {store.place}. It is created when the first question is stored.")
    return store
