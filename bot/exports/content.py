"""An entry -> what a reader of another system is shown of it: its answer as blocks, and its questions with names filled in."""

import re
from collections.abc import Sequence

from bot.answering.answer import as_it_stands, by_value
from bot.answering.layout import lines, paragraphs
from bot.knowledge import Entry, KnowledgeBase
from bot.reply import Block

SLOT = re.compile(r"\{([a-z][a-z_]*)\}")
"""A place in a wording where any name of an entity may stand."""


_MOST_VALUES = 30
"""How many answers for single values, such as countries, still make one message of a chat."""


def answer_of(entry: Entry, kb: KnowledgeBase) -> list[Block]:
    """The answer as blocks, with the answer for each value of its entity, and with what is shown on request."""
    return _answer(entry, kb, by_value(entry, kb))


def message_of(entry: Entry, kb: KnowledgeBase) -> list[Block]:
    """The same for a chat: without the answers for single values where they are too many for one message."""
    values = by_value(entry, kb)
    return _answer(entry, kb, values if len(values) <= _MOST_VALUES else [])


def _answer(entry: Entry, kb: KnowledgeBase, values: Sequence[str]) -> list[Block]:
    return [*as_it_stands(entry, kb), *lines("item", values), *paragraphs("text", entry.more or "")]


def cut(kb: KnowledgeBase) -> list[str]:
    """A note for each entry of which `message_of` leaves something out."""
    counts = {name: len(by_value(entry, kb)) for name, entry in sorted(kb.entries.items())}
    return [
        f"{name}: its answers for {count} values of {kb.entries[name].entity} are left out, too many for one message."
        for name, count in counts.items()
        if count > _MOST_VALUES
    ]


def questions_of(entry: Entry, kb: KnowledgeBase) -> list[str]:
    """Every wording of an entry, each once, for a system without entities: {country} becomes the first name of the entity."""
    return list(dict.fromkeys(SLOT.sub(lambda slot: first_name(slot, kb), text) for text in entry.questions))


def first_name(slot: re.Match[str], kb: KnowledgeBase) -> str:
    """A name for a place in a wording: the first of its entity. The place itself if there is no such entity."""
    entity = kb.entities.get(slot[1])
    return entity.values[0].name if entity and entity.values else slot[0]
