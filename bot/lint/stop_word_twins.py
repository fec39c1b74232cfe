"""Finds alternates of one entry that differ only in stop words and endings.

Why: they count as one, and make the entry look better known than it is.

How to mend it: use other words, or take one out.

    twins: cause of the tides / the causes of a tide
"""

from collections.abc import Iterator
from datetime import date

from bot.english.tokens import plain_words
from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import content

ID = "stop-word-twins"
LEVEL: Level = "warning"

FAILS = (a_base(an_entry(alternates=("cause of the tides", "the causes of a tide", "ebb and flow", "high water"))),)
PASSES = (a_base(an_entry()),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        first: dict[tuple[str, ...], str] = {}
        for text, place in list(entry.wordings())[1:]:
            words = content(text)
            if words and words in first and plain_words(text) != plain_words(first[words]):  # else told as a duplicate
                fault = f"'{text}' says the same as '{first[words]}'."
                yield place.problem(ID, fault, "Use other words, or take one out.", LEVEL)
            first.setdefault(words, text)
