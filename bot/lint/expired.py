"""Finds entries whose day of `expires` has passed.

Why: an expired answer is no longer given, so people get nothing where they used to get something.

How to mend it: renew the answer and its dates, or delete the entry. `factotum check --as-of DATE` tells what will have expired by then.

    told on 2026-11-29: expires: 2026-01-01
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry

ID = "expired"
LEVEL: Level = "warning"

FAILS = (a_base(an_entry(expires="2026-01-01")),)
PASSES = (a_base(an_entry(expires="2027-01-01")),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if entry.expires and entry.expires < today.isoformat():
            fault = f"'{entry.id}' expired on {entry.expires}."
            yield place_of(entry, "expires").problem(ID, fault, "Renew it or take it out.", LEVEL)
