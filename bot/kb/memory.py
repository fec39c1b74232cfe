"""A knowledge base from plain values that are held elsewhere."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.errors import KnowledgeBaseError
from bot.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from bot.kb.items import Item


def build(items: "Iterable[Item]", documents: Mapping[str, object]) -> KnowledgeBase:
    """The base of items (bot.kb.items) and whole documents by kind, as in YAML. Raises KnowledgeBaseError; lines count items from 1."""
    from bot.kb.read import from_items  # needs the YAML parser, which a base from the cache does not

    given = list(items)
    kept = {kind: value for kind, value in documents.items() if value is not None}
    version = hashlib.sha256(json.dumps([given, kept], sort_keys=True, default=str).encode()).hexdigest()[:16]
    kb, problems = from_items(given, kept, version)
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
    return kb
