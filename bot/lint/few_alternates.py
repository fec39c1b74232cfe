"""A question that is known in one or two wordings only is missed by most who ask it."""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry

ID = "few-alternates"
LEVEL: Level = "warning"

FEWEST = 4

FAILS = (a_base(an_entry(alternates=("ebb and flow", "high water", "spring tide"))),)
PASSES = (a_base(an_entry()),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if len(entry.alternates) < FEWEST:
            fault = f"'{entry.id}' has {len(entry.alternates)} alternates."
            yield place_of(entry, "alternates").problem(ID, fault, "Write 8 to 25 that differ in words and form.", LEVEL)
