"""A wording that the matcher gives to another subject was written into the wrong entry, or its entry lacks the words for it."""

from collections.abc import Iterator
from datetime import date

from bot.candidates import find
from bot.errors import Level, Problem
from bot.index import build
from bot.kb.links import place_of
from bot.knowledge import KnowledgeBase, subject_of
from bot.lint.examples import a_base, an_entry
from bot.query import lexicon, read

ID = "stolen-alternate"
LEVEL: Level = "warning"

TIDAL = ("ebb and flow explained", "moon pulling", "cause of high water")

FAILS = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("ebb and flow", *TIDAL))),)
PASSES = (a_base(an_entry(), an_entry(id="moon", question="What is the moon?", alternates=("our satellite", "craters", "new moon"))),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    index, words = build(kb), lexicon(kb)
    for entry in kb.entries.values():
        wordings = [("question", entry.question), *((f"alternates[{number}]", text) for number, text in enumerate(entry.alternates))]
        for at, text in wordings:
            found = find(read(text, words), index, 1) if "{" not in text else ()
            if found and found[0].owner.subject != subject_of(entry, kb.entries):
                fault = f"'{text}' is nearer to '{found[0].owner.id}' than to '{entry.id}'."
                yield place_of(entry, at).problem(ID, fault, "Move it there, or reword it.", LEVEL)
