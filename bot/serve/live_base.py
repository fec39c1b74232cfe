"""The knowledge base in force, and how a changed one takes its place: whole, after it was checked, or not at all."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.engine import Bot
from bot.errors import KnowledgeBaseError
from bot.kb.files import Stamp, stamp_of
from bot.serve.prepare import problems_of

log = logging.getLogger("factotum.base")


@dataclass(slots=True)
class Standing:
    """The bot that answers now: the one thing of a process that changes while it serves. `problems`: why a newer base is not in force."""

    bot: Bot
    problems: tuple[str, ...] = ()


async def watch(standing: Standing, load: Callable[[], Bot], folder: Path, seconds: float) -> None:
    """Looks for changes every so many seconds, for ever. Files count as changed once they have been at rest from one look to the next."""
    seen = await asyncio.to_thread(_stamp, folder)
    taken: Stamp | None = seen
    while True:
        await asyncio.sleep(seconds)
        now = await asyncio.to_thread(_stamp, folder)
        if now == seen and now != taken:
            taken = now
            try:
                await asyncio.to_thread(renew, standing, load, folder)
            except Exception as error:  # whatever it is, the next change must be seen
                taken = None
                standing.problems = (f"a changed knowledge base could not be checked ({type(error).__name__})",)
                log.error("a changed knowledge base could not be checked; it is tried again", extra={"error": type(error).__name__})
        seen = now


def renew(standing: Standing, load: Callable[[], Bot], folder: Path) -> None:
    """Puts the base of the folder in force if it holds together; if not, the old one stays and the problems are told."""
    problems = problems_of(folder)
    try:
        bot = standing.bot if problems else load()
    except KnowledgeBaseError as error:  # changed once more since it was checked
        bot, problems = standing.bot, tuple(map(str, error.problems))
    standing.bot, standing.problems = bot, problems
    if problems:
        told = {"problems": list(problems), "kb": bot.kb.version}
        log.error("the changed knowledge base is faulty; the old one stays in force", extra=told)
        return
    log.info("a changed knowledge base is in force", extra={"kb": bot.kb.version, "entries": len(bot.kb.entries)})


def _stamp(folder: Path) -> Stamp:
    try:
        return stamp_of(folder)
    except OSError:  # gone, or changed while we looked: as good as empty, which is told if it lasts
        return ()
