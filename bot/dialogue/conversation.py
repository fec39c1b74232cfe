"""A conversation as it stands, and what is near to its topic."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.context import Context
from bot.knowledge import Entry, subject_of
from bot.matching.match import Matcher

Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it stands: what was said, and what questions are looked up with. `within` tells that what was said stands in the
    same message."""

    context: Context
    matcher: Matcher
    entries: Entries
    within: bool = False

    @property
    def topic(self) -> Entry | None:
        """The entry that was answered last, while it may be meant."""
        return self.entries.get(self.context.topic or "")


def nearness(topic: str | None, entries: Entries) -> dict[str, float]:
    """How near each entry is to one that was just answered (0..1): those that it names as related, those of its subject, itself."""
    if topic is None or topic not in entries:
        return {}
    subject = subject_of(entries[topic], entries)
    found = {entry.id: 0.7 for entry in entries.values() if subject_of(entry, entries) == subject}
    return found | dict.fromkeys(entries[topic].related, 1.0) | {topic: 0.6}
