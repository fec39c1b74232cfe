"""Who asks for a person, or finds no answer, is told where one is reached: a base that does not say it leaves them there."""

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
