"""A connection to PostgreSQL that does not wait for ever for a server that hangs, as libpq does."""

from collections.abc import Callable, Generator
from time import monotonic
from typing import Any

import psycopg


def impatient(patience: float) -> type[psycopg.Connection[Any]]:
    """A kind of connection that is closed when the server leaves it without an answer."""

    class Impatient(psycopg.Connection[Any]):
        """Gives up at the deadline of each step of a statement."""

        def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
            return super().wait(_until(gen, monotonic() + patience, self.pgconn.finish), *args, **options)

    return Impatient


def _until(steps: Generator[Any, Any, Any], deadline: float, give_up: Callable[[], None]) -> Generator[Any, Any, Any]:
    """The steps of a statement, ended by OperationalError after the deadline."""
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            if not ready and monotonic() > deadline:
                give_up()
                raise psycopg.OperationalError("no answer in time")
            wanted = steps.send(ready)
    except StopIteration as end:
        return end.value
