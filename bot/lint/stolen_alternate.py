"""Finds wordings that are nearer to another subject than to their own entry.

Why: whoever asks in nearly these words is sent to the other entry. Either the wording stands in the wrong place, or its entry lacks the
words that would hold it.

How to mend it: move the wording to the entry that is named, reword it, or add alternates like it to its own entry.

    in "moon": ebb and flow
    nearest:   "tides", which has "ebb and flow explained"
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, subjects_of
from bot.lint.examples import a_base, an_entry
from bot.matching.build_index import built
from bot.matching.candidates import find
from bot.matching.evidence import likeness
from bot.matching.rivals import contested

ID = "stolen-alternate"
LEVEL: Level = "warning"

TIDAL = ("ebb and flow explained", "moon pulling", "cause of high water")

FAILS = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("ebb and flow", *TIDAL))),)
PASSES = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("our satellite", "craters", "new moon"))),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    index, tokens = built(kb)
    close, subjects = contested(index, tokens), subjects_of(kb.entries)
    for entry in kb.entries.values():
        for text, place in (wording for wording in entry.wordings() if (entry.id, wording[0]) in close):
            best = max(find(close[entry.id, text], index), key=likeness, default=None)
            if best and best.target.subject != subjects[entry.id]:
                fault = f"'{text}' is nearer to '{best.target.id}' than to '{entry.id}'."
                yield place.problem(ID, fault, "Move it there, or reword it.", LEVEL)
