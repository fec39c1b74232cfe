"""Checks a changed base in a process of its own, which also puts it into the cache.

Building a base takes seconds of processor time; in a thread of the service every reply would wait for it.
"""

from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from time import monotonic

from bot.errors import KnowledgeBaseError
from bot.kb.files import shown_in
from bot.load import load
from bot.serve.child import Child, spawn

_PATIENCE = 600.0
"""Seconds until a check is given up. A base of a hundred thousand entries takes minutes."""


_STEP = 0.2
"""Seconds after which somebody who waits for a check looks whether the service stops."""


def problems_of(folder: Path, stopped: Event) -> tuple[str, ...] | None:
    """Why the base in a folder cannot be put in force, with files named relative to it; empty if it can. Blocks until that is known;
    None if the service is stopped first. Raises RuntimeError if the check does not end, or not well: nothing is known then."""
    child = spawn(_check, folder)
    try:
        return _answer(child, stopped)
    finally:
        child.end()


def _answer(child: Child, stopped: Event) -> tuple[str, ...] | None:
    until = monotonic() + _PATIENCE
    try:
        while monotonic() < until:
            if stopped.is_set():
                return None
            if child.pipe.poll(_STEP):
                found: tuple[str, ...] = child.pipe.recv()
                return found
    except (EOFError, OSError):
        child.process.join()
        raise RuntimeError(f"the check ended with {child.process.exitcode}") from None
    raise RuntimeError(f"the check did not end within {_PATIENCE:g} seconds")


def _check(pipe: Connection, folder: Path) -> None:
    """What the process does: loads the base and sends its problems."""
    try:
        load(folder)
    except KnowledgeBaseError as error:
        pipe.send(tuple(str(replace(problem, file=shown_in(problem.file, folder))) for problem in error.problems))
    else:
        pipe.send(())
