"""Finds sources that nothing cites.

Why: somebody reads them again every two years for nobody.

How to mend it: cite the source where it is used, or delete it from sources.yaml.

    wrong: an entry of sources.yaml whose id stands in no `sources: [{id: ...}]`
"""

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
