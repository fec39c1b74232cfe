"""What a worker looks after every second while it serves: its gauges, and whether anybody is still there who could stop it."""

import asyncio
import os
import signal
from multiprocessing import parent_process

from bot.serve.conversations import Desk

SECONDS = 1.0


async def attend(desk: Desk) -> None:
    """Keeps the gauges of a worker, for ever. A worker whose parent was killed ends, be it while it starts: nobody else would stop it, and
    it holds the port. A process without workers has no such parent."""
    parent = parent_process()
    while True:
        desk.metrics.measured(desk.log.state() if desk.log else None, faulty=bool(desk.standing.problems))
        if parent and not parent.is_alive():
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(SECONDS)
