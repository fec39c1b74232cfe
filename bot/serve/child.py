"""Starts processes of our own, each with a pipe to talk through.

They are spawned, not forked (a fork of a process with threads may hang), with the parent's import path. That the folder which the service
was started in is on no import path (a file yaml.py there would be run) takes PYTHONSAFEPATH: see `server.run`.
"""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Child:
    """A process and the parent's end of its pipe."""

    process: SpawnProcess
    pipe: Connection

    def end(self) -> None:
        """Ends the process at once, if it still runs, and closes the pipe."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def spawn(target: Callable[..., None], *given: Any, daemon: bool = True) -> Child:
    """Starts `target(pipe, *given)` in a new process. The pipe ends when either side does. A daemon ends with this process."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=target, args=(theirs, *given), daemon=daemon)
    process.start()
    theirs.close()
    return Child(process, ours)
