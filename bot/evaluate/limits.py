"""A file of limits: what the figures must reach, so that a change that spoils them is noticed."""

import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.errors import KnowledgeBaseError
from bot.evaluate.cases import text_of
from bot.evaluate.measure import OUTCOMES, SUMS
from bot.evaluate.metrics import NAMES
from bot.evaluate.summary import OWN, Verdict, key_of
from bot.kb.forms import Key, Record, Text
from bot.kb.nodes import parse

_COMPARED = {">=": operator.ge, "<=": operator.le}
_CONDITION = Text(r"(>=|<=) *\d+(\.\d+)?", "'>= 90' (in quotes)", "a limit")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number, by its path in the file, and what it must be: ">= 90" (0..100)."""

    path: tuple[str, ...]
    wanted: str


def read_limits(file: Path, kinds: Iterable[str]) -> list[Limit]:
    """The limits of a YAML file on rows of some kinds. Raises UsageError if it cannot be read, KnowledgeBaseError with every fault."""
    node, problems = parse(str(file), text_of(file))
    found = _form(kinds).read(node, "", problems.append) if node else None
    if problems:
        raise KnowledgeBaseError(tuple(problems))
    return list(_flat(cast("dict[str, Any]", found or {})))


def _form(kinds: Iterable[str]) -> Record:
    """Outcomes by kind and over all rows in scope and out of scope, and the figures of the rows and of the left-out questions."""
    outcomes = Record("kind", {name: Key(_CONDITION, "a limit") for name in OUTCOMES})
    numbers = {name: Key(_CONDITION, "a limit") for name in NAMES}
    by_kind = {name: Key(outcomes, "limits of a kind") for name in (*kinds, *map(key_of, SUMS))}
    return Record("limits", by_kind | numbers | {OWN: Key(Record(OWN, numbers), "limits of the left-out questions")})


def _flat(found: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterable[Limit]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, name))
        else:
            yield Limit((*above, name), value)


def judge(limits: Iterable[Limit], measured: Mapping[tuple[str, ...], float | None]) -> tuple[Verdict, ...]:
    """Whether each limit is met. What was not measured meets none: a gate must not open because nothing came."""
    return tuple(_verdict(limit, measured.get(limit.path)) for limit in limits)


def _verdict(limit: Limit, measured: float | None) -> Verdict:
    sign, number = cast("re.Match[str]", re.fullmatch(r"([<>]=) *(.+)", limit.wanted)).groups()
    met = measured is not None and _COMPARED[sign](measured, float(number))
    return Verdict(" ".join(limit.path), limit.wanted, measured, met)
