"""What an import makes, as values: the entries to write, and for each item of the source a line that says what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.imports.found import Note
from bot.kb.schema import FAQ, MYTH
from bot.kinds import KINDS, EntryKind

Outcome = Literal["entry", "alternate", "not taken"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to write: its keys as in bot/kb/schema.py, in the order of that and without empty ones. `place` is that of the first item
    that it is made of."""

    id: str
    kind: EntryKind
    theme: str
    fields: Mapping[str, Any]
    place: str = ""

    @property
    def file(self) -> str:
        """Its path in the base."""
        top = "myths" if KINDS[self.kind].has_claim else "faq"
        return "/".join(filter(None, (top, self.theme, f"{self.id}.yaml")))

    @property
    def question(self) -> str:
        return str(self.fields["question"])

    @property
    def questions(self) -> tuple[str, ...]:
        return (self.question, *self.fields.get("alternates", ()))

    @property
    def text(self) -> str:
        """The answer with its lists, on one line."""
        return " ".join(" ".join((self.fields["answer"], *self.fields.get("points", ()), *self.fields.get("steps", ()))).split())


def in_order(kind: EntryKind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of an entry in the order in which a curator reads them, without those that are empty."""
    record = MYTH if KINDS[kind].has_claim else FAQ
    return {key: fields[key] for key in record.keys if fields.get(key)}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of an item of the source: its place, the outcome, the entry it went to ("" if none), the beginning of it, why it was
    not taken or what is odd, and what of it was not taken."""

    place: str
    outcome: Outcome
    entry: str
    what: str
    reason: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source that the entries rest on, by its id: the keys of sources.yaml."""

    id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Import:
    """All that an import would write, and the lines of its report. `name` is that of the source, `about` says what it is ("a table").
    `documents` are further files of a base of ours, as plain values by their path."""

    name: str
    about: str
    drafts: tuple[Draft, ...]
    lines: tuple[Line, ...]
    sources: tuple[Source, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def untaken(self) -> Iterator[Line]:
        """The lines of what was not taken."""
        return (line for line in self.lines if line.outcome == "not taken")
