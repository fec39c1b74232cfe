"""What a worker looks after every second while it serves: its gauges, whether its parent still lives, and whether the clock was set."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable
from multiprocessing import parent_process

from bot.answering.answer import past
from bot.serve.conversations import Conversations
from bot.serve.http.access import Access
from bot.serve.outgoing.sender import Sender

log = logging.getLogger("factotum.serve")

SECONDS = 1.0

_JUMP = 30.0
"""Seconds by which the clocks may move apart until the wall clock counts as set. NTP adjusts it by at most 0.5 ms a second; after a
sleep of the machine counts start anew too, which does no harm."""


def clock_offset() -> float:
    """Seconds by which the wall clock is ahead of the monotonic one: the same until somebody sets the clock."""
    return time.time() - time.monotonic()


async def heartbeat(
    conversations: Conversations,
    access: Access,
    look: Callable[[], None] = lambda: None,
    offset: Callable[[], float] = clock_offset,
    sender: Sender | None = None,
) -> None:
    """Runs for ever; `look` is called each time.

    A worker whose parent was killed ends: nobody else would stop it, and it holds the port. A process without workers has
    no such parent."""
    parent, before, kb = parent_process(), offset(), conversations.base.bot.kb.version
    while True:
        log_state = conversations.log.state() if conversations.log else None
        conversations.metrics.measured(log_state, faulty=bool(conversations.base.problems))
        kb = _tell_of_base(conversations, kb)
        if sender:
            conversations.metrics.sent(sender.state)
        if parent and not parent.is_alive():
            os.kill(os.getpid(), signal.SIGTERM)
        look()
        now = offset()
        if abs(now - before) > _JUMP:
            log.warning("the clock was set; rates are counted anew", extra={"seconds": round(now - before)})
            before = now
            access.forget()
        await asyncio.sleep(SECONDS)


def _tell_of_base(conversations: Conversations, before: str) -> str:
    """Sets the gauges of the base in force; its hash. `before` is the hash of the one that they were set for last."""
    bot = conversations.base.bot
    today = conversations.now().date()
    past_review = sum(past(entry.review_by, today) for entry in bot.kb.entries.values() if entry.review_by)
    conversations.metrics.based(bot.kb.version, before, len(bot.kb.entries), past_review)
    return bot.kb.version
