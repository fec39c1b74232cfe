"""Finds entries and entities whose day of `review_by` has passed.

Why: their answers carry a caveat until somebody looks at them again.

How to mend it: compare the answer with its sources and set a new day. `factotum check --as-of DATE` tells what will be due by then.

    told on 2026-11-29: review_by: 2026-11-01
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import things

ID = "past-review"
LEVEL: Level = "warning"

FAILS = (a_base(an_entry(review_by="2026-01-01")),)
PASSES = (a_base(an_entry(review_by="2026-12-31")),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for thing in things(kb):
        if thing.review_by and thing.review_by < today.isoformat():
            name = getattr(thing, "id", "") or getattr(thing, "name", "")
            yield place_of(thing, "review_by").problem(ID, f"'{name}' was due on {thing.review_by}.", "Check it and set a new day.", LEVEL)
