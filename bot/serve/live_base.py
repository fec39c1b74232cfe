"""The knowledge base in force, and how a changed one replaces it: as a whole, after it was checked, or not at all."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from bot.engine import Bot
from bot.errors import KnowledgeBaseError
from bot.kb.files import Stamp, stamp_of
from bot.serve.check_base import problems_of

log = logging.getLogger("factotum.base")


@dataclass(slots=True)
class LiveBase:
    """The bot that answers now, which changes while the process serves.

    `stamp`: of the folder's files when they were last taken up, from before they were read, so that a change made while they are read still
    counts as one; None if they are to be tried again. `problems`: why a newer base is not in force.
    """

    bot: Bot
    stamp: Stamp | None
    problems: tuple[str, ...] = ()

    @classmethod
    def load(cls, load: Callable[[], Bot], folder: Path) -> "LiveBase":
        """The base that `load` reads from a folder. Raises KnowledgeBaseError."""
        stamp = _stamp(folder)
        return cls(load(), stamp)


async def watch(base: LiveBase, load: Callable[[], Bot], folder: Path, seconds: float) -> None:
    """Looks for changed files every `seconds`, until it is cancelled. A change is taken up once the files are the same in two looks in a
    row."""
    seen, stopped = base.stamp, Event()
    try:
        while True:
            await asyncio.sleep(seconds)
            now = await asyncio.to_thread(_stamp, folder)
            if now == seen and now != base.stamp:
                base.stamp = now
                await _take_up(base, load, folder, stopped)
            seen = now
    finally:
        stopped.set()  # a thread that waits for a check would hold up the end of the service


async def _take_up(base: LiveBase, load: Callable[[], Bot], folder: Path, stopped: Event) -> None:
    try:
        await asyncio.to_thread(renew, base, load, folder, stopped)
    except Exception as error:  # of whatever kind: the next change must still be seen
        base.stamp = None
        base.problems = (f"a changed knowledge base could not be checked ({type(error).__name__})",)
        log.error("a changed knowledge base could not be checked; trying again", extra={"error": type(error).__name__})


def renew(base: LiveBase, load: Callable[[], Bot], folder: Path, stopped: Event) -> None:
    """Puts the folder's base in force if it is sound. If not, the old one stays, and `problems` says why."""
    problems = problems_of(folder, stopped)
    if problems is None:
        return
    try:
        bot = base.bot if problems else load()
    except KnowledgeBaseError as error:  # changed again since it was checked
        bot, problems = base.bot, tuple(map(str, error.problems))
    base.bot, base.problems = bot, problems
    if problems:
        log.error(
            "the changed knowledge base is faulty; the old one stays in force", extra={"problems": list(problems), "kb": bot.kb.version}
        )
    else:
        log.info("a changed knowledge base is in force", extra={"kb": bot.kb.version, "entries": len(bot.kb.entries)})


def _stamp(folder: Path) -> Stamp:
    try:
        return stamp_of(folder)
    except OSError:  # removed, or changed while we looked: treated as empty, which is reported if it lasts
        return ()
