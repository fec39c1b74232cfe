"""Finds dates of an entry or entity that are in the wrong order: as_of, review_by and expires must follow each other.

Why: a fact is dated, then reviewed, then expires. Dates in another order are slips of the pen, and make the bot add or leave out a caveat
on the wrong day.

How to mend it: check both days.

    wrong: as_of: 2027-01-01, review_by: 2026-12-31
    right: as_of: 2026-01-01, review_by: 2026-12-31
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import things

ID = "dates-in-order"
LEVEL: Level = "error"

FAILS = (
    a_base(an_entry(as_of="2027-01-01", review_by="2026-12-31")),
    a_base(an_entry(review_by="2027-01-01", expires="2026-01-01")),
)
PASSES = (a_base(an_entry(as_of="2026-11", review_by="2027-05-31", expires="2028-01-01")),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for thing in things(kb):
        given = [(name, day) for name in ("as_of", "review_by", "expires") if (day := getattr(thing, name, None))]
        for (earlier, first), (later, second) in pairwise(given):
            if second < first:
                yield place_of(thing, later).problem(ID, f"{later} ({second}) lies before {earlier} ({first}).", "Check both days.", LEVEL)
