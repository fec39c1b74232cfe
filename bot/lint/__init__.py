"""The rules of content: what is checked in a base whose structure is sound.

Each rule is a module. Its docstring is its manual page, which `factotum check --explain RULE` prints; FAILS and PASSES are examples that a
test runs. A base goes in, and the day to judge it by; problems come out. May import kb's values, english and matching.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from inspect import cleandoc
from typing import Protocol, cast

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, Settings
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
    needs_source,
    no_handoff,
    no_help,
    no_source,
    old_source,
    past_review,
    raw_markup,
    review_after_event,
    stolen_alternate,
    stop_word_twins,
    two_dates,
    undated_figure,
    unused_source,
)
from bot.lint.structure import STRUCTURE


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
    needs_source,
    raw_markup,
)


def check(kb: KnowledgeBase, today: date, levels: tuple[Level, ...] = ("error", "warning")) -> list[Problem]:
    """Every problem of these levels, as the settings of the base set them, that the rules find in a base on a day, in order of place."""
    found = (rule for rule in RULES if kb.settings.checks.get(rule.ID, rule.LEVEL) in levels)
    return sorted(as_set((problem for rule in found for problem in rule.check(kb, today)), kb.settings))


def as_set(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """The problems with the levels that the settings of a base set, without those that they switch off."""
    for problem in problems:
        level = settings.checks.get(problem.rule, problem.level)
        if level != "off":
            yield replace(problem, level=cast(Level, level))


def page_of(rule: str) -> str:
    """The manual page of a rule. Raises KeyError for a rule that has none."""
    found = next((item for item in RULES if rule == item.ID), None)
    head, text = (f"{rule} ({found.LEVEL})", cleandoc(found.__doc__ or "")) if found else (f"{rule} (warning)", cleandoc(STRUCTURE[rule]))
    return f"{head}\n\n{text}\n\nTo set it: 'checks: {{{rule}: off}}' (or warning, or error) in settings.yaml."
