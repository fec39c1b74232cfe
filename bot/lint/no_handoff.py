"""Finds bases that do not say where a human is reached.

Why: whoever asks for a person, or finds no answer, is left there.

How to mend it: write in settings.yaml where a human is reached, in the words that people shall read.

    wrong: (no handoff in settings.yaml)
    right: handoff: Ring the desk on weekdays from 9 to 17.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.errors import Level, Place, Problem
from bot.knowledge import KnowledgeBase, Settings
from bot.lint.examples import a_base, an_entry

ID = "no-handoff"
LEVEL: Level = "warning"

FAILS = (a_base(an_entry()),)
PASSES = (replace(a_base(an_entry()), settings=Settings(handoff="Ring the desk.")),)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    if kb.entries and not kb.settings.handoff:
        fault = "The base does not say where a human is reached."
        yield Place("settings.yaml", 1, 1).problem(ID, fault, "Add 'handoff: ...' to settings.yaml: who asks for a person reads it.", LEVEL)
