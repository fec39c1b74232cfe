"""The formats that are read, a module each: NAMES (the first is its own), ABOUT, recognise(file), and read(files), which gives what is
found in them, item by item.

A format is told by the content of a file, not by its name alone, and takes all files of a source that it recognises: an export of Rasa
or Dialogflow is in several. The more particular formats come first. May import what stands in bot/imports, and each other's readers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from bot.errors import UsageError
from bot.imports.files import File
from bot.imports.formats import (
    botpress,
    claimreview,
    csv,
    dialogflow,
    helpdesk,
    own,
    page,
    prose,
    qnabot,
    qnamaker,
    question_answering,
    rasa,
    sheet,
)
from bot.imports.found import Found


class Format(Protocol):
    """What each module of a format offers."""

    @property
    def NAMES(self) -> tuple[str, ...]: ...  # noqa: N802 - a constant of the module
    @property
    def ABOUT(self) -> str: ...  # noqa: N802
    def recognise(self, file: File) -> bool: ...
    def read(self, files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]: ...


FORMATS: tuple[Format, ...] = (
    own,
    qnamaker,
    qnabot,
    sheet,
    question_answering,
    rasa,
    dialogflow,
    botpress,
    claimreview,
    page,
    helpdesk,
    csv,
    prose,
)


def named(name: str) -> Format:
    """The format of a name. Raises UsageError for one that is not in FORMATS."""
    found = next((one for one in FORMATS if name in one.NAMES), None)
    if found is None:
        raise UsageError(f"there is no format '{name}'. There are: {', '.join(name for one in FORMATS for name in one.NAMES)}.")
    return found


def by_format(files: Sequence[File]) -> tuple[dict[str, list[File]], list[File]]:
    """(the files by the format that reads them, those that none reads)."""
    found: dict[str, list[File]] = {}
    rest: list[File] = []
    for file in files:
        name = next((one.NAMES[0] for one in FORMATS if one.recognise(file)), None)
        (found.setdefault(name, []) if name else rest).append(file)
    return found, rest
