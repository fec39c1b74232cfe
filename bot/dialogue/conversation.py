"""A conversation as it stands, and what is near to its topic."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.context import Context
from bot.knowledge import Entry
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


def nearness(conversation: Conversation) -> dict[str, float]:
    """How near each entry is to the topic (0..1): those that it names as related, those of its subject, itself."""
    topic, targets = conversation.topic, conversation.matcher.index.targets
    if topic is None:
        return {}
    subject = next(target.subject for target in targets if target.id == topic.id)
    found = {target.id: 0.7 for target in targets if target.subject == subject}
    return found | dict.fromkeys(topic.related, 1.0) | {topic.id: 0.6}
