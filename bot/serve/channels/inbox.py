"""Messages of other systems: kept in the outbox as soon as they arrive, answered from there, and the answers put into it.

So a message is acknowledged before there is any work, once however often it is told, in the order of its conversation, and not lost if the
process is killed between.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anyio import to_thread

from bot.questionlog.outbox import Due, Outbox, Outgoing
from bot.reply import Reply
from bot.serve import threads
from bot.serve.channels.drafts import may_go_out
from bot.serve.channels.platform import Incoming, Platform, Sending
from bot.serve.context_store import ContextStore
from bot.serve.conversations import Conversations, Message
from bot.serve.http.limits import MOST_TEXT
from bot.serve.setting_values import ChannelSettings

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Inbox:
    """The messages of one channel. `wake` tells the sender that there is something to do."""

    platform: Platform
    given: ChannelSettings
    conversations: Conversations
    contexts: ContextStore
    outbox: Outbox
    now: Callable[[], datetime]
    wake: Callable[[], None]

    @property
    def way(self) -> str:
        """The channel of the outbox in which the messages wait."""
        return f"in.{self.platform.name}"

    async def take(self, incoming: Incoming) -> None:
        """Keeps a message. Raises BotError if it cannot be kept."""
        message = Outgoing(f"{self.way}.{incoming.delivery}"[:200], self.way, self._conversation(incoming), incoming.as_values())
        await to_thread.run_sync(self.outbox.put, [message], self.now())
        self.wake()

    async def answer(self, due: Due) -> None:
        """Answers a message that waits: the way by which the sender "delivers" it."""
        incoming = Incoming(**due.message.body)
        text = incoming.text[:MOST_TEXT]
        message = Message(text, incoming.choice, channel=self.platform.name, intent=incoming.intent, page=incoming.page)
        answered = await threads.respond(message, incoming.conversation, self.conversations, self.contexts)
        if answered is None:  # a choice that the base no longer has: nothing was asked
            return
        await to_thread.run_sync(self._put, incoming, answered.reply)
        self.wake()

    def _put(self, incoming: Incoming, reply: Reply) -> None:
        """Puts the answer into the outbox; none while a person has the conversation."""
        if reply.reason == "taken":
            return
        conversation, now = self._conversation(incoming), self.now()
        draft = not may_go_out(reply, self.given) or self.outbox.count(self.platform.name, conversation, now - _HOUR) >= self.platform.most
        self.outbox.put(_kept(self.platform.name, incoming, self.platform.answer(incoming, reply, draft), conversation), now)

    def _conversation(self, incoming: Incoming) -> str:
        return self.conversations.signing.pseudonym(self.platform.name, incoming.conversation)


def _kept(name: str, incoming: Incoming, sendings: Sequence[Sending], conversation: str) -> list[Outgoing]:
    """What is to be sent, each under a key that another answer to the same message would have too."""
    start = f"{name}.{incoming.delivery}"[:190]
    return [Outgoing(f"{start}.{number}", item.way, conversation, dict(item.body)) for number, item in enumerate(sendings)]


Inboxes = Mapping[str, Inbox]
