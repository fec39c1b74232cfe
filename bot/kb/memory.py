"""A knowledge base from plain values that are held elsewhere."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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
    kb, problems = from_items(given, kept, "")
    _raise_errors(problems)
    return replace(kb, version=_version(given, kept))


def with_entry(kb: KnowledgeBase, item: "Item") -> tuple[KnowledgeBase, Entry]:
    """A base with an entry more, an item, and the entry. Raises KnowledgeBaseError with what is wrong with it."""
    from bot.kb import read

    whole, entry, problems = read.with_entry(kb, item, "")
    _raise_errors(problems)
    assert entry is not None  # else there is an error
    return replace(whole, version=_version(kb.version, item)), entry


def _version(*values: object) -> str:
    """A hash of values that were read without an error: only of these is it known that they have a plain form and an end."""
    return hashlib.sha256(json.dumps([*map(_with_texts_as_keys, values)], sort_keys=True, default=str).encode()).hexdigest()[:16]


def _with_texts_as_keys(value: object) -> object:
    """The same with every key as a text: ids may be numbers in one place and texts in another, which have no order."""
    if isinstance(value, Mapping):
        return {str(key): _with_texts_as_keys(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_with_texts_as_keys(item) for item in value]
    return value


def _raise_errors(problems: Iterable[Problem]) -> None:
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
