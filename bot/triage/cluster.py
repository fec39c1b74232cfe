"""Parts -> work for Dask (`distributed`): processes of this machine, or a cluster that exists. Nothing here distributes work itself.

Of all parts only a few a worker are under way: the scheduler then holds no more of a large archive than of a small one. A part of a worker
that dies is given to another by Dask; work.answer_part may be run any number of times.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import Any
from uuid import uuid4

from bot.errors import BotError, UsageError
from bot.triage.message import Part
from bot.triage.work import Job, answer_part

_AHEAD = 3
"""Parts under way for each worker: one that it works on and some that wait, so that it never does."""

_PATIENCE = "30s"

_SETTINGS = {
    # A message must not lie on a disk before personal data is taken out of it, and parts are small.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    # Pages that tell anybody on this machine what is worked on; they are served without the certificate.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@contextmanager
def connected(address: str | None, workers: int) -> Iterator[Any]:
    """A client of the cluster at an address, or of one of so many processes of this machine, which others on it cannot use: it asks for a
    certificate that only this run has. Raises UsageError if nothing answers at the address."""
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS))
        if address:
            try:
                yield stack.enter_context(Client(address, timeout=_PATIENCE))
            except (OSError, TimeoutError, ValueError) as error:
                raise UsageError(f"no Dask scheduler answers at {address}: {type(error).__name__}.") from None
            return
        local = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            security=True,
            silence_logs=logging.CRITICAL,
            dashboard_address=None,
            # Without a dashboard a server still listens, on a port that another may have (findings/dask-dashboard-none-still-listens.sh).
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        )
        yield stack.enter_context(Client(stack.enter_context(local)))


def work_off(client: Any, parts: Iterator[Part], job: Job, done: Callable[[int], None]) -> None:
    """Works off the parts. `done` is told the size of each part when its rows are written. Raises BotError if a part ended its worker
    again and again; what was written stays."""
    from distributed import as_completed

    name, workers = uuid4().hex, max(1, len(client.nthreads()))
    sizes: dict[str, int] = {}

    def given(part: Part) -> Any:
        future = client.submit(answer_part, part, job, pure=False, key=f"part-{part.number}-{name}")
        sizes[future.key] = part.size
        return future

    under_way = as_completed([given(part) for part in islice(parts, _AHEAD * workers)])
    for future in under_way:
        _check(future)
        done(sizes.pop(future.key))
        future.release()
        if part := next(parts, None):
            under_way.add(given(part))


def _check(future: Any) -> None:
    if error := future.exception():
        told = f"{str(future.key).rpartition('-')[0]} could not be worked off ({type(error).__name__}: {str(error)[:200]})"
        raise BotError(f"{told}. What was done is kept: the same command goes on from there.")
