"""PostgreSQL connections with a timeout on the client's side: libpq waits forever for a server that hangs."""

from collections.abc import Callable, Generator
from time import monotonic
from typing import Any

import psycopg


def connection_with_timeout(timeout: float) -> type[psycopg.Connection[Any]]:
    """A psycopg connection class whose connections are closed when the server does not answer within `timeout` seconds."""

    class TimedConnection(psycopg.Connection[Any]):
        """Raises OperationalError when one step of a statement takes longer than the timeout."""

        def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
            return super().wait(_with_deadline(gen, monotonic() + timeout, self.pgconn.finish), *args, **options)

    return TimedConnection


def _with_deadline(steps: Generator[Any, Any, Any], deadline: float, disconnect: Callable[[], None]) -> Generator[Any, Any, Any]:
    """The steps of a statement. After the deadline, disconnects and raises OperationalError."""
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            if not ready and monotonic() > deadline:
                disconnect()
                raise psycopg.OperationalError("no answer in time")
            wanted = steps.send(ready)
    except StopIteration as end:
        return end.value
