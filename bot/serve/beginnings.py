"""What an empty chat offers: the questions that are asked most, by the question log, and the topics."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.engine import Bot
from bot.knowledge import Entry, themes_of
from bot.questionlog.errors import UnreachableError
from bot.questionlog.most_asked import most_asked
from bot.questionlog.store import Store

OFFERED = 4
"""How many questions are offered: as many options as a reply has at most."""

_PERIOD = timedelta(days=30)
_READ = 3 * OFFERED  # entries that may be gone by now are among them
_SECONDS = 300.0


@dataclass(slots=True)
class Beginnings:
    """`ids`: the entries that the question log has most often, as it was last read; empty without a log."""

    store: Store | None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ids: tuple[str, ...] = ()

    def refresh(self) -> None:
        """Reads the log again. Without its database what was read before stays."""
        if self.store is None:
            return
        try:
            self.ids = most_asked(self.store, self.now() - _PERIOD, _READ)
        except UnreachableError:
            return  # the writer of the log says so

    async def watch(self) -> None:
        """Refreshes for ever."""
        while True:
            await asyncio.to_thread(self.refresh)
            await asyncio.sleep(_SECONDS)

    def asked(self, bot: Bot) -> list[Entry]:
        """The entries asked most that a base can answer now, at most OFFERED."""
        return _answered(bot, [bot.kb.entries[name] for name in self.ids if name in bot.kb.entries])[:OFFERED]


def examples(bot: Bot, besides: Sequence[Entry]) -> list[Entry]:
    """As many entries as it takes to make OFFERED of those given: of each topic the first, from the largest topic on, then the second."""
    themes = sorted(themes_of(bot.kb.entries.values()).items(), key=lambda item: (-len(item[1]), item[0]))
    in_turn = [listed[rank] for rank in range(OFFERED) for _, listed in themes if rank < len(listed) and listed[rank] not in besides]
    return _answered(bot, in_turn[: 2 * OFFERED])[: max(0, OFFERED - len(besides))]


def _answered(bot: Bot, entries: Sequence[Entry]) -> list[Entry]:
    """Those that have not expired."""
    return [entry for entry in entries if (shown := bot.show(entry.id)) and shown.reply.answers]
