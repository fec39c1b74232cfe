"""What a format is: what goes into it, what comes out of it, and how much of a base it can hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote

from bot.answering.answer import past
from bot.errors import BotError
from bot.kb.items import Item
from bot.knowledge import Entry, KnowledgeBase, themes_of


class MissingPackageError(BotError):
    """A format needs a package that is not installed."""

    def __init__(self, error: ImportError) -> None:
        super().__init__(f"this format needs {error.name}: pip install '.[import]'.")


EVERYTHING = frozenset(("everything",))
"""What a lossless format holds."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is exported: a base as read from its files (with alternates), the day to write down, what stands over a page, the address at
    which the page will stand, and who publishes it (None where that is not known). `items` gives the same base as items."""

    kb: KnowledgeBase
    day: date
    title: str
    url: str | None = None
    author: str | None = None
    items: Callable[[], list[Item]] = list

    def anchor(self, entry: Entry) -> str:
        """The name of an entry within a page: its id, fit for an address (RFC 3986, 2005)."""
        return quote(entry.id, safe="")

    def address(self, entry: Entry) -> str:
        """Where an entry will stand: an anchor of the page."""
        return f"{self.url or ''}#{self.anchor(entry)}"

    def themes(self) -> list[tuple[str, list[Entry]]]:
        """The themes in the order of the alphabet, each with its entries by id."""
        return sorted(themes_of(entry for _, entry in sorted(self.kb.entries.items())).items())

    def entries(self) -> list[Entry]:
        """The entries by theme, then by id."""
        return [entry for _, entries in self.themes() for entry in entries]

    def current(self) -> tuple["Subject", list[str]]:
        """The subject without the entries that have expired, which the bot no longer gives, and a note for each of them."""
        gone = {name: entry.expires for name, entry in self.kb.entries.items() if past(entry.expires, self.day)}
        entries = {name: entry for name, entry in self.kb.entries.items() if name not in gone}
        notes = [f"{name}: expired on {day}, left out." for name, day in sorted(gone.items())]
        return replace(self, kb=replace(self.kb, entries=entries)), notes


@dataclass(frozen=True, slots=True)
class Output:
    """Files by name, and what of this base was left out or changed, a line each."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


ANSWER = frozenset("by_status points steps more claim verdict why remember".split())
"""The keys of an entry that become one text with its answer, where a format has no place for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name on the command line and what it is.

    holds: the keys of an entry (as in its YAML file; `theme` is its folder), and the files of a base, that an import gives back.
    shown: keys that are there for a reader, and that no import reads. All others are left out.
    several: it writes more than one file, so it needs a folder.
    """

    name: str
    about: str
    write: Callable[[Subject], Output]
    holds: frozenset[str]
    shown: frozenset[str] = field(default_factory=frozenset)
    several: bool = False


def keys(text: str) -> frozenset[str]:
    """Keys, from words between blanks."""
    return frozenset(text.split())
