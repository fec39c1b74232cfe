"""Finds an answer that rests on commercial sources alone and does not say so.

Why: what only a firm says about rights or safety may be advertising. Readers can allow for that only if they are told whose word it is.

How to mend it: add a source of another kind (official, reference, ngo, press), or name the speaker in the answer.

    wrong: Most requests are decided within nine months.
    right: By a law firm's account, most requests are decided within nine months.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import Citation, KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry

ID = "commercial-alone"
LEVEL: Level = "error"

ALOUD = re.compile(r"law firm|law blog|lawyers?'|a firm|firms?'|practitioner|blog", re.I)

FAILS = (a_base(an_entry(sources=(Citation("firm"),))),)
PASSES = (
    a_base(an_entry()),
    a_base(an_entry(sources=(Citation("firm"),), answer="By a firm's account, the moon makes them.")),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        kinds = {kb.sources[citation.id].kind for citation in entry.sources if citation.id in kb.sources}
        if kinds == {"commercial"} and not ALOUD.search(entry.answer):
            fault = f"'{entry.id}' rests on commercial sources alone and does not say so."
            yield place_of(entry, "sources").problem(ID, fault, "Add another source, or write 'by a law firm's account'.", LEVEL)
