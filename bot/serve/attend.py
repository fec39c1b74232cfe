"""What a worker looks after every second while it serves: its gauges, and whether anybody is still there who could stop it."""

import asyncio
import os
import signal

from bot.serve.desk import Desk

SECONDS = 1.0


async def attend(desk: Desk, has_parent: bool) -> None:
    """Keeps the gauges of a worker, for ever. A worker whose parent was killed ends: nobody would stop it, and it holds the port."""
    parent = os.getppid()
    while True:
        desk.metrics.measured(desk.log.state() if desk.log else None, faulty=bool(desk.standing.problems))
        if has_parent and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(SECONDS)
