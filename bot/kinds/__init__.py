"""The kinds of entries and of small talk, one module each.

What distinguishes a kind stands in its module and nowhere else: matching, dialogue and answering ask for a property (`KINDS[name].first`),
never for a name. A new kind is a module here, and its name below. Pure values; imports nothing of the package.
"""

from collections.abc import Mapping
from typing import Literal

from bot.kinds import calm, chat, danger, declined, faq, human, myth, outside, trouble
from bot.kinds.kind import Kind

EntryKind = Literal["faq", "myth"]
TalkKind = Literal["chat", "calm", "human", "danger", "trouble", "declined", "outside"]

KINDS: Mapping[str, Kind] = {module.KIND.name: module.KIND for module in (faq, myth, chat, calm, human, danger, trouble, declined, outside)}

URGENT: tuple[Kind, ...] = tuple(sorted((kind for kind in KINDS.values() if kind.urgency is not None), key=lambda kind: kind.urgency or 0))
"""The kinds that are looked for in every sentence of a message, the most urgent first."""
