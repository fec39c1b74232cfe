"""A "yes" to the one entry that was asked about, and what its sender goes on to ask."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.context import GONE
from bot.dialogue.conversation import Conversation
from bot.dialogue.resolution import Chosen, Resolution, chosen
from bot.english.followup_phrases import FIRM_YES
from bot.english.followups import after_yes, own_words
from bot.english.sentences import Span
from bot.english.tokens import fold
from bot.kinds import URGENT
from bot.matching.decision import kind_of

Resolve = Callable[[str, Conversation], tuple[Resolution, ...]]


def agreed(message: str, conversation: Conversation, resolve: Resolve) -> tuple[Resolution, ...]:
    """What "yes, and how long does it take?" means after "did you mean": what was offered, and what else is asked (as `resolve` tells) if
    that has an answer of its own. Who goes on to tell of danger is helped first. Nothing for any other message."""
    name, rest = _only_offered(conversation), after_yes(message) or ""
    if name is None or not own_words(rest) or not FIRM_YES.search(fold(message[: len(message) - len(rest)])):
        return ()
    entry = conversation.entries[name]
    context = replace(conversation.context, topic=name, asked=entry.question, told=(name,), offered=entry.related, age=0)
    more = resolve(rest, replace(conversation, context=context))
    if any(kind_of(item.outcome) in URGENT for item in more):
        return more
    return (chosen(Chosen(name), Span(message, 0), entry.question), *(item for item in more if item.entry not in {None, name}))


def _only_offered(conversation: Conversation) -> str | None:
    """The one entry that was asked about, if the last reply did that."""
    context = conversation.context
    asked_about = len(context.offered) == 1 and not context.told and not context.part and context.offered[0] != GONE
    return context.offered[0] if asked_about else None
