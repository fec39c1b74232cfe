"""The rules of content: what is checked in a base whose structure is sound.

Each rule is a module. Its docstring is its manual page, which `factotum check --explain RULE` prints; FAILS and PASSES are examples that a
test runs. A base goes in, and the day to judge it by; problems come out. May import kb's values, english and matching.
"""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase
from bot.lint import (
    advertising,
    commercial_alone,
    dates_in_order,
    expired,
    few_alternates,
    generic_alternate,
    late_as_of,
    misread_statement,
    myth_first,
    near_duplicates,
    no_handoff,
    no_help,
    no_source,
    old_source,
    past_review,
    review_after_event,
    stolen_alternate,
    stop_word_twins,
    two_dates,
    undated_figure,
    unused_source,
)


class Rule(Protocol):
    """What each module of a rule offers."""

    @property
    def ID(self) -> str: ...  # noqa: N802 - a constant of the module
    @property
    def LEVEL(self) -> Level: ...  # noqa: N802
    @property
    def FAILS(self) -> tuple[KnowledgeBase, ...]: ...  # noqa: N802
    @property
    def PASSES(self) -> tuple[KnowledgeBase, ...]: ...  # noqa: N802
    def check(self, kb: KnowledgeBase, today: date) -> Iterator[Problem]: ...


RULES: tuple[Rule, ...] = (
    no_source,
    few_alternates,
    dates_in_order,
    late_as_of,
    review_after_event,
    two_dates,
    stop_word_twins,
    near_duplicates,
    stolen_alternate,
    myth_first,
    misread_statement,
    undated_figure,
    old_source,
    unused_source,
    commercial_alone,
    generic_alternate,
    advertising,
    past_review,
    expired,
    no_handoff,
    no_help,
)


def check(kb: KnowledgeBase, today: date, levels: tuple[Level, ...] = ("error", "warning")) -> list[Problem]:
    """Every problem of these levels that the rules find in a base on a day, in order of place."""
    return sorted(problem for rule in RULES if rule.LEVEL in levels for problem in rule.check(kb, today))
