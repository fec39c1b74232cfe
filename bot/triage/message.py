"""What is read of an archive, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

MOST_TEXT = 10_000
"""Characters of a message that are read: as many as the service takes (bot/serve/http/limits.py)."""

Kind = Literal["mbox", "lines", "mails", "records"]


@dataclass(frozen=True, slots=True)
class Message:
    """What a customer wrote: the words of now and what is quoted with them, as plain text. `at` is an aware time, None if there is none;
    `is_mail`: it came as mail, with a greeting and a signature."""

    place: str
    text: str = field(repr=False)
    at: datetime | None = None
    is_mail: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """What is no message of a customer (`status` skipped: the desk's own, automatic, internal), or cannot be read, and why."""

    place: str
    status: Literal["skipped", "unreadable"]
    reason: str


Found = Message | Left


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of work, numbered from 0 in the order of the archives: a stretch of a file (bytes `start` to `stop`), some mails (from number
    `start` on), or records that were read already. `archive` is its name; `size` are the bytes that are done with the part."""

    number: int
    kind: Kind
    archive: str
    path: Path
    start: int = 0
    stop: int = 0
    files: tuple[Path, ...] = ()
    records: tuple[tuple[str, Any], ...] = field(default=(), repr=False)
    size: int = 0

    @property
    def name(self) -> str:
        """The name of the file that holds what became of it."""
        return f"part-{self.number:08}.parquet"
