"""The content rules: what a base of sound structure must still hold to. One module a rule: ID, LEVEL and check()."""

from collections.abc import Iterator
from typing import Protocol

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase
from bot.lint import dates_in_order, few_alternates, no_source


class Rule(Protocol):
    """What each module of this folder offers; its docstring says why the rule exists."""

    ID: str
    LEVEL: Level

    def check(self, kb: KnowledgeBase) -> Iterator[Problem]: ...


RULES: tuple[Rule, ...] = (no_source, dates_in_order, few_alternates)


def check(kb: KnowledgeBase) -> list[Problem]:
    """Every problem that the rules find in a base, in order of place."""
    return sorted(problem for rule in RULES for problem in rule.check(kb))
