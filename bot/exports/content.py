"""An entry -> what a reader of another system is shown of it: its answer as blocks, and its questions with names filled in."""

import re

from bot.answering.answer import as_it_stands, by_value
from bot.answering.layout import lines, paragraphs
from bot.knowledge import Entry, KnowledgeBase
from bot.reply import Block

SLOT = re.compile(r"\{([a-z][a-z_]*)\}")
"""A place in a wording where any name of an entity may stand."""


def answer_of(entry: Entry, kb: KnowledgeBase, *, whole: bool = True) -> list[Block]:
    """The answer as blocks. `whole`: with the answer for each value of its entity, and with what is shown on request."""
    found = as_it_stands(entry, kb)
    if not whole:
        return found
    return [*found, *lines("item", by_value(entry, kb)), *paragraphs("text", entry.more or "")]


def questions_of(entry: Entry, kb: KnowledgeBase) -> list[str]:
    """Every wording of an entry, each once, for a system without entities: {country} becomes the first name of the entity."""
    return list(dict.fromkeys(SLOT.sub(lambda slot: first_name(slot, kb), text) for text in entry.questions))


def first_name(slot: re.Match[str], kb: KnowledgeBase) -> str:
    """A name for a place in a wording: the first of its entity. The place itself if there is no such entity."""
    entity = kb.entities.get(slot[1])
    return entity.values[0].name if entity and entity.values else slot[0]
