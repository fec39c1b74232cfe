"""Checks a changed base in a process of its own, which also puts it into the cache.

Building a base takes seconds of processor time; in a thread of the service every reply would wait for it.
"""

from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from bot.errors import KnowledgeBaseError
from bot.kb.files import shown_in
from bot.load import load
from bot.serve.child import Child, spawn

_PATIENCE = 600.0
"""Seconds until a check is given up. A base of a hundred thousand entries takes minutes."""


def problems_of(folder: Path) -> tuple[str, ...]:
    """Why the base in a folder cannot be put in force, with files named relative to it; empty if it can. Blocks until that is known."""
    child = spawn(_check, folder)
    try:
        return _answer(child)
    finally:
        child.end()


def _answer(child: Child) -> tuple[str, ...]:
    try:
        if child.pipe.poll(_PATIENCE):
            found: tuple[str, ...] = child.pipe.recv()
            return found
    except (EOFError, OSError):
        child.process.join()
        return (f"it could not be checked: the process ended with {child.process.exitcode}.",)
    return (f"it could not be checked within {_PATIENCE:g} seconds.",)


def _check(pipe: Connection, folder: Path) -> None:
    """What the process does: loads the base and sends its problems."""
    try:
        load(folder)
    except KnowledgeBaseError as error:
        pipe.send(tuple(str(replace(problem, file=shown_in(problem.file, folder))) for problem in error.problems))
    else:
        pipe.send(())
