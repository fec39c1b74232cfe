"""Conversations of channels that carry no context: kept in the database of the question log for a limited time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.errors import BotError
from bot.questionlog.store import Store

_PATIENCE = 1.0  # seconds; a message is answered without its context rather than late


@dataclass(frozen=True, slots=True)
class Memory:
    """Recalls and keeps contexts; without a store, or with one that does not answer, every message stands alone."""

    store: Store | None
    working: Callable[[], bool]
    now: Callable[[], datetime]
    hours: int
    redact: Callable[[str], str]

    async def recall(self, conversation: str) -> Mapping[str, Any] | None:
        """The context of a conversation, unless it is older than the hours that one is kept."""
        if self.store is None or not self.working():
            return None
        oldest = self.now() - timedelta(hours=self.hours)
        found: Mapping[str, Any] | None = await _in_time(self.store.recall, conversation, oldest)
        return found

    async def keep(self, conversation: str, context: Mapping[str, Any]) -> None:
        """Keeps a context, with the personal data removed from what was asked."""
        if self.store is None or not self.working():
            return
        kept = {**context, "asked": self.redact(str(context.get("asked", "")))}
        await _in_time(self.store.remember, conversation, kept, self.now())


async def _in_time(call: Callable[..., Any], *given: Any) -> Any:
    try:
        return await asyncio.wait_for(asyncio.to_thread(call, *given), _PATIENCE)
    except (TimeoutError, BotError):
        return None
