"""Finds entries without a source.

Why: an answer without a source cannot be checked by the person who reads it.

How to mend it: name at least one source of sources.yaml.

    sources: [{id: yearbook, at: page 5}]
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry

ID = "no-source"
LEVEL: Level = "error"

FAILS = (a_base(an_entry(sources=())),)
PASSES = (a_base(an_entry()),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if not entry.sources:
            yield place_of(entry, "sources").problem(ID, f"'{entry.id}' has no source.", "Name at least one of sources.yaml.", LEVEL)
