"""Finds entries with fewer than 4 alternates, and names them in one line for the whole base.

Why: a question that is known in one or two wordings only is missed by most people who ask it in their own.

How to mend it: write 8 to 25 alternates that differ in words and in form: a question, a few keywords, a problem told in a sentence.

    few:    alternates: [ebb and flow]
    enough: alternates: [ebb and flow, why does the sea rise and fall, cause of high water, how come the beach is gone at noon]
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import some

ID = "few-alternates"
LEVEL: Level = "warning"

FEWEST = 4

FAILS = (a_base(an_entry(alternates=("ebb and flow", "high water", "spring tide"))),)
PASSES = (a_base(an_entry()),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    few = [entry for entry in kb.entries.values() if len(entry.alternates) + len(entry.further) < FEWEST]
    if few:
        fault = f"Fewer than {FEWEST} alternates: {some(entry.id for entry in few)}."
        yield place_of(few[0], "alternates").problem(ID, fault, "Write 8 to 25 that differ in words and form.", LEVEL)
