"""Finds alternates without a word that says what they are about, such as "help" or "what is it".

Why: they fit every entry, and catch messages that were meant for none.

How to mend it: say what about, or delete the alternate.

    wrong: help
    right: help with a lost card
"""

from collections.abc import Iterator
from datetime import date

from bot.english.stems import stems
from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import content

ID = "generic-alternate"
LEVEL: Level = "warning"

GENERIC = frozenset(stems("help info information question answer contact support problem issue query advice faq".split()))

FAILS = (
    a_base(an_entry(alternates=("help", "ebb", "flow", "high water"))),
    a_base(an_entry(alternates=("what is it about", "ebb", "flow", "high water"))),
)
PASSES = (a_base(an_entry()),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        for text, place in list(entry.wordings())[1:]:
            if not set(content(text)) - GENERIC:
                yield place.problem(ID, f"'{text}' is too generic.", "Say what about.", LEVEL)
