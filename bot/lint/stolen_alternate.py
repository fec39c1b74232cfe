"""A wording that the matcher gives to another subject was written into the wrong entry, or its entry lacks the words for it."""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, subject_of
from bot.lint.examples import a_base, an_entry
from bot.matching.build_index import build
from bot.matching.candidates import find
from bot.matching.evidence import likeness
from bot.matching.query import lexicon, wording_query

ID = "stolen-alternate"
LEVEL: Level = "warning"

TIDAL = ("ebb and flow explained", "moon pulling", "cause of high water")

FAILS = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("ebb and flow", *TIDAL))),)
PASSES = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("our satellite", "craters", "new moon"))),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    index, words = build(kb), lexicon(kb)
    for entry in kb.entries.values():
        for text, place in entry.wordings():
            best = max(find(wording_query(text, words), index), key=likeness, default=None)
            if best and best.target.subject != subject_of(entry, kb.entries):
                fault = f"'{text}' is nearer to '{best.target.id}' than to '{entry.id}'."
                yield place.problem(ID, fault, "Move it there, or reword it.", LEVEL)
