"""Finds sources that nobody has read for more than 24 months, by their day of `checked`.

Why: the page may say something else by now.

How to mend it: read it again, mend the answers that rest on it, and write the new day.

    told on 2026-11-29: checked: 2024-06
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.errors import Level, Place, Problem
from bot.knowledge import OWN_WORD, KnowledgeBase
from bot.lint.examples import SOURCES, a_base, an_entry

ID = "old-source"
LEVEL: Level = "warning"

MONTHS = 24
FILE = Place("sources.yaml", 1, 1)

FAILS = (a_base(an_entry(), sources={**SOURCES, "office": replace(SOURCES["office"], checked="2020-01")}),)
PASSES = (a_base(an_entry(), sources={**SOURCES, "office": replace(SOURCES["office"], checked="2026-01-31")}),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for source in kb.sources.values():
        if today.year * 12 + today.month - _months(source.checked) > MONTHS:
            file = Place("settings.yaml", 1, 1) if source.id == OWN_WORD and kb.settings.organisation else FILE
            yield file.problem(ID, f"'{source.id}' was read last in {source.checked}.", "Read it again and write the new day.", LEVEL)


def _months(day: str) -> int:
    year, _, rest = day.partition("-")
    return int(year) * 12 + int(rest[:2] or 12)
