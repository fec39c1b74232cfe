"""A knowledge base from plain values that are held elsewhere."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.errors import KnowledgeBaseError, Problem
from bot.knowledge import Entry, KnowledgeBase

if TYPE_CHECKING:
    from bot.kb.items import Item


def build(items: "Iterable[Item]", documents: Mapping[str, object]) -> KnowledgeBase:
    """The base of items (bot.kb.items) and whole documents by kind, as in YAML. Raises KnowledgeBaseError; lines count items from 1."""
    from bot.kb.read import from_items  # needs the YAML parser, which a base from the cache does not

    given = list(items)
    kept = {kind: value for kind, value in documents.items() if value is not None}
    kb, problems = from_items(given, kept, _version(given, kept))
    _raise_errors(problems)
    return kb


def with_entry(kb: KnowledgeBase, item: "Item") -> tuple[KnowledgeBase, Entry]:
    """A base with an entry more, an item, and the entry. Raises KnowledgeBaseError with what is wrong with it."""
    from bot.kb import read

    whole, entry, problems = read.with_entry(kb, item, _version(kb.version, item))
    _raise_errors(problems)
    assert entry is not None  # else there is an error
    return whole, entry


def _version(*values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _raise_errors(problems: Iterable[Problem]) -> None:
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
