"""The day that answers are given for."""

import os
from datetime import date

from bot.errors import BotError

TODAY_VARIABLE = "FACTOTUM_TODAY"


def clock() -> date:
    """Today, or the day that the environment sets. Raises BotError if that is no day."""
    given = os.environ.get(TODAY_VARIABLE)
    try:
        return date.fromisoformat(given) if given else date.today()
    except ValueError:
        raise BotError(f"{TODAY_VARIABLE}: '{given}' is not a day. Write it like 2026-01-31.") from None
