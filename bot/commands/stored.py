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


def store_of(address: str | None, settings: "Settings") -> "Store":
    """The log at an address, or else the one of the settings. Raises BotError if there is none yet, it cannot be reached or a package is
    not installed."""
    try:
        from bot.questionlog.database_url import NONE
        from bot.questionlog.store import Store
        from bot.serve.base_name import address_of, shared_before
    except ImportError as error:
        raise missing(error) from None
    address, before = address or address_of(settings), None if address else shared_before(settings)
    if address in (None, NONE):
        raise UsageError("there is no question log: the settings switch it off (FACTOTUM_DATABASE=none). Name one with --database.")
    store = Store(str(address), timeout=_TIMEOUT)
    if not store.exists():
        former = f" Questions of before are in {before}: name it with --database." if before else ""
        raise UsageError(f"there is no question log yet: {store.place}. It is created when the first question is stored.{former}")
    return store
