"""A message of a channel that has its own id of the conversation: what it refers to is recalled, and kept for the next one."""

from dataclasses import replace

from bot.serve.context_store import ContextStore
from bot.serve.conversations import Answered, Conversations, Message


async def respond(message: Message, outer: str, conversations: Conversations, contexts: ContextStore) -> Answered | None:
    """The reply to a message in the conversation that its channel calls `outer`; None if it chooses an entry that does not exist."""
    conversation = conversations.signing.pseudonym(message.channel, outer)
    kept = None if message.context else await contexts.recall(conversation)
    context = conversations.signing.sign(kept) if kept else message.context
    answered = await conversations.respond(replace(message, context=context, conversation=conversation, outer=outer))
    if answered:
        await contexts.keep(conversation, answered.reply.context or {})
    return answered
