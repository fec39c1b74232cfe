"""Contexts of channels that carry none themselves: kept in the question log's database for a limited time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue.context import TYPED
from bot.errors import BotError
from bot.questionlog.store import Store

_PATIENCE = 1.0
"""Seconds to wait for the database: a message is answered without its context rather than late."""


@dataclass(frozen=True, slots=True)
class ContextStore:
    """Recalls and keeps contexts. Without a database, or while it does not answer, each message stands alone.

    `now` gives aware times. They only tell when a context is too old: the one kept last replaces any other, whatever the clock says.
    """

    store: Store | None
    working: Callable[[], bool]
    now: Callable[[], datetime]
    hours: int
    redact: Callable[[str], str]

    async def recall(self, conversation: str) -> Mapping[str, Any] | None:
        """The context of a conversation, unless it is more than `hours` old."""
        if self.store is None or not self.working():
            return None
        oldest = self.now() - timedelta(hours=self.hours)
        found: Mapping[str, Any] | None = await _in_time(self.store.recall, conversation, oldest)
        return found

    async def keep(self, conversation: str, context: Mapping[str, Any]) -> None:
        """Keeps a context, with personal data removed from what was typed."""
        if self.store is None or not self.working():
            return
        kept = {**context, **{name: self.redact(str(context[name])) for name in TYPED if name in context}}
        await _in_time(self.store.remember, conversation, kept, self.now())


async def _in_time(call: Callable[..., Any], *given: Any) -> Any:
    try:
        return await asyncio.wait_for(asyncio.to_thread(call, *given), _PATIENCE)
    except (TimeoutError, BotError):
        return None
