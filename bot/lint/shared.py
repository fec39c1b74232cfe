"""What several rules need."""

from collections.abc import Iterable
from functools import lru_cache

from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.words import STOP_WORDS
from bot.knowledge import Entity, Entry, KnowledgeBase


def things(kb: KnowledgeBase) -> list[Entry | Entity]:
    """Everything that has sources and dates."""
    return [*kb.entries.values(), *kb.entities.values()]


MOST_NAMED = 10


def some(ids: Iterable[str]) -> str:
    """Ids as they are named in one line: at most MOST_NAMED, and how many more there are."""
    listed = list(ids)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return ", ".join(f"'{name}'" for name in listed[:MOST_NAMED]) + more


@lru_cache(maxsize=100_000)
def content(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order and without stop words. Remembered, because several rules ask for each wording of a base."""
    return stems([word for word in plain_words(text) if word not in STOP_WORDS])
