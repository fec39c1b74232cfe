"""A source that nothing cites is read and kept up for nobody."""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Place, Problem
from bot.knowledge import Citation, KnowledgeBase
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import things

ID = "unused-source"
LEVEL: Level = "warning"

FILE = Place("sources.yaml", 1, 1)

FAILS = (a_base(an_entry(sources=(Citation("office"),))),)
PASSES = (a_base(an_entry()),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    values = [value for entity in kb.entities.values() for value in entity.values]
    cited = {citation.id for thing in (*things(kb), *values) for citation in thing.sources}
    for name in kb.sources:
        if name not in cited:
            yield FILE.problem(ID, f"'{name}' is cited by nothing.", "Cite it or take it out.", LEVEL)
