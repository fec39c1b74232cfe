"""Finds two wordings of the same words, but for their order, endings and stop words, in entries of different subjects.

Why: whichever entry wins, somebody gets the wrong answer.

How to mend it: say what sets the two apart, or keep one of them.

    in "ocean-depth": how deep is the sea
    in "sea-level":   the deep sea
"""

from collections.abc import Iterator
from datetime import date

from bot.english.tokens import plain_words
from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, subjects_of
from bot.lint.examples import a_base, an_entry
from bot.lint.shared import content

ID = "near-duplicates"
LEVEL: Level = "warning"

FAILS = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("the moons pull on the waters", "a", "b", "c"))),)
PASSES = (
    a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("our satellite", "craters", "new moon", "phases"))),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], tuple[str, str]] = {}
    subjects = subjects_of(kb.entries)
    for entry in kb.entries.values():
        for text, place in entry.wordings():
            words = tuple(sorted(set(content(text))))
            subject, other = seen.setdefault(words, (subjects[entry.id], text))
            if words and subject != subjects[entry.id] and plain_words(text) != plain_words(other):  # else told as a duplicate
                fault = f"'{text}' has the words of '{other}' in '{subject}'."
                yield place.problem(ID, fault, "Say what sets them apart, or keep one.", LEVEL)
