"""A fact is dated, then reviewed, then expires: dates in another order are slips of the pen.

Fails: as_of: 2027-01-01 with review_by: 2026-12-31
Passes: as_of: 2026-11, review_by: 2027-05-31
"""

from collections.abc import Iterator
from itertools import pairwise

from bot.errors import Level, Problem
from bot.kb.links import place_of
from bot.knowledge import Entity, Entry, KnowledgeBase

ID = "dates-in-order"
LEVEL: Level = "error"


def check(kb: KnowledgeBase) -> Iterator[Problem]:
    things: list[Entry | Entity] = [*kb.entries.values(), *kb.entities.values()]
    for thing in things:
        dates = [(name, getattr(thing, name, None)) for name in ("as_of", "review_by", "expires")]
        given = [(name, day) for name, day in dates if day]
        for (earlier, first), (later, second) in pairwise(given):
            if second < first:
                place = place_of(thing, later)
                fault = f"{later} ({second}) lies before {earlier} ({first})."
                yield Problem(place.file, place.line, place.column, LEVEL, ID, fault, "Check both days.")
