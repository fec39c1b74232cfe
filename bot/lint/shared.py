"""What several rules need."""

from bot.english import STOP_WORDS, stems
from bot.knowledge import Entity, Entry, KnowledgeBase
from bot.text import plain_words


def things(kb: KnowledgeBase) -> list[Entry | Entity]:
    """Everything that has sources and dates."""
    return [*kb.entries.values(), *kb.entities.values()]


def content(text: str) -> tuple[str, ...]:
    """The stems of a text that are no stop words, in order."""
    return stems([word for word in plain_words(text) if word not in STOP_WORDS])
