"""Finds entries without a source in a base that does not say whose word they are, and names them in one line.

Why: an answer without a source cannot be checked by the person who reads it.

How to mend it: a desk that answers for itself names itself once in settings.yaml, and entries without a source then rest on its word. Else
name at least one source of sources.yaml. Where every answer must have one, settings.yaml makes this an error: `checks: {no-source: error}`.

    in settings.yaml: organisation: {name: Harbour Office, checked: 2026-11}
    in an entry:      sources: [{id: yearbook, at: page 5}]
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import OWN_WORD, Citation, KnowledgeBase, Settings, place_of
from bot.lint.examples import SOURCES, a_base, an_entry
from bot.lint.shared import some

ID = "no-source"
LEVEL: Level = "warning"

_STRICT = Settings(checks={ID: "error"})

FAILS = (a_base(an_entry(sources=())), a_base(an_entry(sources=(Citation(OWN_WORD),)), settings=_STRICT))
PASSES = (a_base(an_entry()), a_base(an_entry(sources=(Citation(OWN_WORD),)), sources=SOURCES))


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    strict = kb.settings.checks.get(ID) == "error"
    bare = [entry for entry in kb.entries.values() if not entry.sources or (strict and entry.sources == (Citation(OWN_WORD),))]
    if bare:
        fault = f"No source: {some(entry.id for entry in bare)}."
        mend = "Cite some of sources.yaml, or name in settings.yaml whose word it is: 'organisation: {name: ..., checked: ...}'."
        yield place_of(bare[0], "sources").problem(ID, fault, mend, LEVEL)
