"""Messages of other systems: kept in the outbox as soon as they arrive, answered from there, and the answers put into it.

So a message is acknowledged before there is any work, once however often it is told, in the order of its conversation, and not lost if the
process is killed between.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from anyio import to_thread

from bot.questionlog.outbox import Due, Outbox, Outgoing
from bot.reply import Reply
from bot.serve import threads
from bot.serve.channels.drafts import may_go_out
from bot.serve.channels.platform import MOST_FOR_ONE, Incoming, Platform, Sending
from bot.serve.context_store import ContextStore
from bot.serve.conversations import Conversations, Message
from bot.serve.http.limits import MOST_TEXT
from bot.serve.setting_values import ChannelSettings

log = logging.getLogger("factotum.channels")

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Inbox:
    """The messages of one channel. `wake` tells the sender that there is something to do; `counting` is held from counting what went out
    until the next is put: of messages that come at once, each would find that there were few."""

    platform: Platform
    given: ChannelSettings
    conversations: Conversations
    contexts: ContextStore
    outbox: Outbox
    now: Callable[[], datetime]
    wake: Callable[[], None]
    counting: Lock = field(default_factory=Lock)

    @property
    def way(self) -> str:
        """The channel of the outbox in which the messages wait."""
        return f"in.{self.platform.name}"

    async def take(self, incoming: Incoming) -> None:
        """Keeps a message, to be answered at once. Raises BotError if it cannot be kept."""
        await to_thread.run_sync(self.keep, incoming)
        self.wake()

    def keep(self, incoming: Incoming) -> None:
        """Keeps a message, to be answered within a second. Raises BotError if it cannot be kept."""
        kept = Outgoing(f"{self.way}.{incoming.delivery}"[:200], self.way, self._conversation(incoming), incoming.as_values())
        self.outbox.put([kept], self.now())

    async def answer(self, due: Due) -> None:
        """Answers a message that waits: the way by which the sender "delivers" it. Where a person is wanted, the conversation is theirs."""
        incoming = Incoming(**due.message.body)
        text, conversation = incoming.text[:MOST_TEXT], self._conversation(incoming)
        message = Message(text, incoming.choice, channel=self.platform.name, intent=incoming.intent, page=incoming.page)
        answered = await threads.respond(message, incoming.conversation, self.conversations, self.contexts)
        if answered is None or answered.reply.reason == "taken":  # a choice that the base no longer has; a person who has it
            return
        await to_thread.run_sync(self._put, incoming, answered.reply, conversation)
        self.wake()
        handoff = answered.reply.handoff
        if self.conversations.desk and self.platform.drafts and handoff and handoff["wanted"]:
            await self.conversations.desk.take(conversation)

    def _put(self, incoming: Incoming, reply: Reply, conversation: str) -> None:
        """Puts the answer into the outbox: as a draft, unless it is good enough and there were not too many. Where there is no place for a
        draft, what is too much is not sent."""
        sent = self._kept(incoming, self.platform.answer(incoming, reply, False), conversation)
        with self.counting:
            many = self._are_many(sent)
            if many and not self.platform.drafts:
                log.warning("a conversation is not answered: there were too many messages", extra={"channel": self.platform.name})
                return
            if self.platform.drafts and (many or not may_go_out(reply, self.given)):
                sent = self._kept(incoming, self.platform.answer(incoming, reply, True), conversation)
            self.outbox.put(sent, self.now())

    def _are_many(self, sent: Sequence[Outgoing]) -> bool:
        """Whether so much went out in the last hour that two programs may be answering each other."""
        since, most = self.now() - _HOUR, self.platform.most
        return any(
            self.outbox.count(item.channel, since, conversation=item.conversation) >= most
            or (item.recipient and self.outbox.count(item.channel, since, recipient=item.recipient) >= MOST_FOR_ONE * most)
            for item in sent
        )

    def _kept(self, incoming: Incoming, sendings: Sequence[Sending], conversation: str) -> list[Outgoing]:
        """What is to be sent, each under a key that another answer to the same message would have too."""
        start, whom = f"{self.platform.name}.{incoming.delivery}"[:190], self.conversations.signing.pseudonym
        return [
            Outgoing(f"{start}.{number}", item.way, conversation, dict(item.body), item.recipient and whom(item.way, item.recipient))
            for number, item in enumerate(sendings)
        ]

    def _conversation(self, incoming: Incoming) -> str:
        return self.conversations.signing.pseudonym(self.platform.name, incoming.conversation)


Inboxes = Mapping[str, Inbox]
