"""An expired answer is not given any more: people get nothing where they used to get something."""

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
