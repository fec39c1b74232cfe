"""A question that is known in one or two wordings only is missed by most who ask it.

Fails: three alternates.
Passes: eight that differ in their words.
"""

from collections.abc import Iterator

from bot.errors import Level, Problem
from bot.kb.links import place_of
from bot.knowledge import KnowledgeBase

ID = "few-alternates"
LEVEL: Level = "warning"

FEWEST = 4


def check(kb: KnowledgeBase) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if len(entry.alternates) < FEWEST:
            place = place_of(entry, "alternates")
            fault = f"'{entry.id}' has {len(entry.alternates)} alternates."
            yield Problem(place.file, place.line, place.column, LEVEL, ID, fault, "Write 8 to 25 that differ in words and form.")
