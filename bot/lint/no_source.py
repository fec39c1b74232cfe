"""An answer without a source cannot be checked by the person who reads it.

Fails: an entry without `sources`, or with an empty list.
Passes: sources: [{id: interpol-faq}]
"""

from collections.abc import Iterator

from bot.errors import Level, Problem
from bot.kb.links import place_of
from bot.knowledge import KnowledgeBase

ID = "no-source"
LEVEL: Level = "error"


def check(kb: KnowledgeBase) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if not entry.sources:
            place = place_of(entry, "sources")
            yield Problem(
                place.file, place.line, place.column, LEVEL, ID, f"'{entry.id}' has no source.", "Name at least one of sources.yaml."
            )
