"""Finds bases that switch off the defaults and do not say by themselves where help is.

Why: people in danger write to any desk.

How to mend it: keep the groups `danger` and `human` of the defaults, or write small talk of these kinds.

    wrong: defaults: []   (in settings.yaml, without small talk of kind danger)
    right: defaults: [danger, human]
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.errors import Level, Place, Problem
from bot.knowledge import KnowledgeBase, SmallTalk
from bot.lint.examples import a_base, an_entry

ID = "no-help"
LEVEL: Level = "warning"

_DANGER = SmallTalk("danger-now", "danger", "Call 112.", ("help",))
_PERSON = SmallTalk("person", "human", "Ring the desk.", ("a person please",))

FAILS = (a_base(an_entry()), replace(a_base(an_entry()), talk={"person": _PERSON}))
PASSES = (replace(a_base(an_entry()), talk={"danger-now": _DANGER, "person": _PERSON}),)

_NEEDED = {"danger": "who is in danger", "human": "who asks for a person"}


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    kinds = {talk.kind for talk in kb.talk.values()}
    for kind, who in _NEEDED.items():
        if kb.entries and kind not in kinds:
            mend = f"Keep the default '{kind}' in settings.yaml, or write small talk of kind '{kind}'."
            yield Place("settings.yaml", 1, 1).problem(ID, f"Nothing answers {who}.", mend, LEVEL)
