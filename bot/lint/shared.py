"""What several rules need."""

from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.words import STOP_WORDS
from bot.knowledge import Entity, Entry, KnowledgeBase


def things(kb: KnowledgeBase) -> list[Entry | Entity]:
    """Everything that has sources and dates."""
    return [*kb.entries.values(), *kb.entities.values()]


def content(text: str) -> tuple[str, ...]:
    """The stems of a text that are no stop words, in order."""
    return stems([word for word in plain_words(text) if word not in STOP_WORDS])
