"""Sends what is in the outbox, as long as the service runs. Every worker does so; a claim keeps them from sending the same at once."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import BotError
from bot.questionlog.outbox import Due, Outbox, OutboxState
from bot.serve.outgoing.delivery import Deliver, Undelivered, pause_after

log = logging.getLogger("factotum.outbox")

SECONDS = 1.0
"""Time between two looks into the outbox."""

_LIMIT = 30.0
"""Seconds within which a message must be delivered. Standard Webhooks advises 15 to 30 seconds."""

_LEASE = timedelta(seconds=_LIMIT + 15)
"""How long a claim lasts: longer than any delivery, and short enough for what a killed process had claimed."""

_MOST = 20  # messages that are sent at once


@dataclass(slots=True)
class Sender:
    """Sends messages by the way that their channel names. `now` gives aware times; `state` is what was in the outbox at the last look;
    `woken` is set by whoever has put something there."""

    outbox: Outbox
    ways: Mapping[str, Deliver]
    now: Callable[[], datetime]
    state: OutboxState = field(default_factory=OutboxState)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Runs for ever. While the database does not answer, messages wait in it."""
        fault = ""
        while True:
            before, fault = fault, await self._send_all()
            if fault and not before:
                log.warning("the outbox cannot be read; it is tried again", extra={"fault": fault})
            with suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), SECONDS)
            self.woken.clear()

    async def _send_all(self) -> str:
        """Sends until nothing is due; what is wrong, in words."""
        try:
            while await self.send_due():
                pass
        except BotError as error:
            return str(error)
        except Exception as error:  # of whatever kind: the next message must still go out
            return f"a fault of ours ({type(error).__name__})"
        return ""

    async def send_due(self) -> int:
        """Sends what is due now; how many were tried. Raises UnreachableError."""
        claimed = await asyncio.to_thread(self.outbox.claim, self.now(), _LEASE, _MOST)
        await asyncio.gather(*(self._send(due) for due in claimed))
        self.state = await asyncio.to_thread(self.outbox.state)
        return len(claimed)

    async def _send(self, due: Due) -> None:
        try:
            await asyncio.wait_for(self._way(due)(due), _LIMIT)
        except TimeoutError:
            await self._put_off(due, Undelivered("no answer in time"))
        except Undelivered as fault:
            await self._put_off(due, fault)
        except Exception as error:
            await self._put_off(due, Undelivered(f"a fault of ours ({type(error).__name__})"))
        else:
            await asyncio.to_thread(self.outbox.delivered, due)

    def _way(self, due: Due) -> Deliver:
        """How a message is sent. Raises Undelivered if the settings do not say any longer."""
        way = self.ways.get(due.message.channel)
        if way is None:
            raise Undelivered("the settings name no such way any longer")
        return way

    async def _put_off(self, due: Due, fault: Undelivered) -> None:
        pause = pause_after(due.attempts, fault)
        told = {"channel": due.message.channel, "key": due.message.key, "attempts": due.attempts, "fault": str(fault)}
        if pause is None:
            await asyncio.to_thread(self.outbox.failed, due, str(fault))
            log.error("a message was given up", extra=told)
        else:
            await asyncio.to_thread(self.outbox.postponed, due, self.now() + pause, str(fault))
            log.warning("a message was not delivered; it is sent again", extra={**told, "seconds": pause.total_seconds()})
