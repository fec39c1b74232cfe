"""Entries as rows of a table, for sheets: one row for each entry, one column for each key of its YAML file."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.exports.format import Subject
from bot.knowledge import OWN_WORD, Citation, Entry, Exclusion, Source

BY_STATUS = "by_status"
ALWAYS = ("id", "theme", "question", "alternates", "answer")
"""The columns that are there even if no entry fills them."""

_READ: Mapping[str, Callable[[Entry], str]] = {
    "id": lambda entry: entry.id,
    "kind": lambda entry: entry.kind,
    "theme": lambda entry: entry.theme,
    "topic": lambda entry: entry.topic or "",
    "question": lambda entry: entry.question,
    "alternates": lambda entry: listed([*entry.alternates, *(item.text for item in entry.further)]),
    "not": lambda entry: listed(map(_exclusion, entry.exclusions)),
    "answer": lambda entry: entry.answer,
    "points": lambda entry: listed(entry.points),
    "steps": lambda entry: listed(entry.steps),
    "more": lambda entry: entry.more or "",
    "facts": lambda entry: listed(entry.facts),
    "claim": lambda entry: entry.claim or "",
    "verdict": lambda entry: entry.verdict or "",
    "claims": lambda entry: listed(entry.claims),
    "denials": lambda entry: listed(entry.denials),
    "why": lambda entry: entry.why or "",
    "remember": lambda entry: entry.remember or "",
    "entity": lambda entry: entry.entity or "",
    "sources": lambda entry: listed(_citation(item) for item in entry.sources if item.id != OWN_WORD),
    "as_of": lambda entry: entry.as_of or "",
    "review_by": lambda entry: entry.review_by or "",
    "expires": lambda entry: entry.expires or "",
    "related": lambda entry: listed(entry.related),
}
"""The text of a cell, by the column; the columns of by_status stand behind `entity`."""

COLUMNS = frozenset((*_READ, BY_STATUS))
OF_OTHER_FILES = frozenset(("entity", BY_STATUS))
"""The columns that mean nothing without a file of the base that no sheet holds: an import has to leave out such an entry."""

SOURCES = ("id", "title", "publisher", "kind", "url", "published", "checked", "via")

Row = Sequence[str]


def listed(items: Iterable[str]) -> str:
    """A list in one cell: an item on each line."""
    return "\n".join(" ".join(item.split()) for item in items)


def _exclusion(item: Exclusion) -> str:
    return f"{item.say} -> {item.see}" if item.see else item.say


def _citation(item: Citation) -> str:
    return f"{item.id}: {item.at}" if item.at else item.id


def entries(subject: Subject) -> list[Row]:
    """The rows of all entries below their headings, without the columns that would be empty."""
    rows = [_fields(entry) for entry in subject.entries()]
    statuses = sorted({status for entry in subject.entries() for status in entry.by_status})
    order = [*_READ]
    at = order.index("entity") + 1
    order[at:at] = [f"{BY_STATUS}.{status}" for status in statuses]
    kept = [name for name in order if name in ALWAYS or any(row.get(name) for row in rows)]
    return [kept, *([row.get(name, "") for name in kept] for row in rows)]


def _fields(entry: Entry) -> dict[str, str]:
    return {name: read(entry) for name, read in _READ.items()} | {f"{BY_STATUS}.{status}": text for status, text in entry.by_status.items()}


def sources(subject: Subject) -> list[Row]:
    """The rows of all sources below their headings. The organisation's own word is a setting, not a source of the curator's."""
    return [SOURCES, *(_source(source) for name, source in sorted(subject.kb.sources.items()) if name != OWN_WORD)]


def _source(source: Source) -> Row:
    return [str(getattr(source, name) or "") for name in SOURCES]
