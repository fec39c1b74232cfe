"""What a process does with a part: the function that Dask runs. Doing it twice leaves the same as doing it once."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path

from bot.engine import Bot
from bot.redaction.field import Field, field_of
from bot.redaction.redact import redact
from bot.triage import table
from bot.triage.answer import row_of
from bot.triage.message import Part
from bot.triage.read import messages


@dataclass(frozen=True, slots=True)
class Job:
    """What all parts of a run have in common: the base with its version, the day for which is answered, the folder for the rows, the
    desk's own addresses in small letters."""

    base: str
    kb: str
    day: date
    folder: Path
    own: frozenset[str]


@lru_cache(maxsize=1)
def _loaded(base: str, day: date) -> tuple[Bot, Field]:
    """The bot of a process. It is loaded once, however many parts the process works on."""
    bot = Bot.load(base, clock=lambda: day)
    return bot, field_of(bot.kb)


def answer_part(part: Part, job: Job) -> None:
    """Answers the messages of a part and writes its rows. Raises RuntimeError if the process finds another version of the base than the
    run was begun with."""
    bot, field = _loaded(job.base, job.day)
    if bot.kb.version != job.kb:
        raise RuntimeError("another version of the base")
    clean = cache(partial(redact, field=field))
    table.write(job.folder / part.name, (row_of(found, part.archive, bot, clean) for found in messages(part, job.own)))
