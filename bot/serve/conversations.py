"""The path of a message through the service: opened, answered by the base in force, noted in the question log, sealed again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from anyio import CapacityLimiter, to_thread

from bot.engine import Bot
from bot.questionlog.record import AnswerRecord, FeedbackRecord, QuestionRecord
from bot.questionlog.writer import Writer
from bot.render.json import as_fields
from bot.reply import Reply
from bot.serve.live_base import Standing
from bot.serve.metrics import Metrics
from bot.serve.problems import Refused
from bot.serve.signing import Seal, new_conversation

_SHORT = 200
"""Characters of a message up to which it is answered where it arrives. A longer one may be a letter of many sentences, which can take a
tenth of a second: it is answered in a thread."""

_MOST_WAITING = 100  # long messages; each may take a quarter of a second
_THREADS = 2  # letters at a time; more would only take the interpreter from each other


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody sends: a text, or the entry that was chosen of those offered. `context` is that of the last reply, as it came back;
    `conversation` is given where the channel has an id of its own for it."""

    text: str = ""
    choice: str | None = None
    context: Mapping[str, Any] | None = None
    channel: str = "api"
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply to a message, its context signed, and the id that feedback names. `refused`: a context that is none of ours was left
    out of account."""

    reply_id: str
    reply: Reply
    refused: bool = False

    def as_json(self) -> bytes:
        """The reply object with `reply_id`, in UTF-8."""
        return orjson.dumps({"reply_id": self.reply_id, **as_fields(self.reply)})


@dataclass(frozen=True, slots=True)
class Desk:
    """What every channel hands its messages to. Safe to share between threads."""

    standing: Standing
    seal: Seal
    log: Writer | None
    metrics: Metrics
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_THREADS))

    async def respond(self, message: Message) -> Answered | None:
        """The same as `answer`, without holding up other requests if the message is long. Raises Refused not-ready if too many wait."""
        if len(message.text) <= _SHORT:
            return self.answer(message)
        if self.threads.statistics().tasks_waiting >= _MOST_WAITING:
            raise Refused("not-ready", "Too many long messages are waiting.", {"Retry-After": "5"})
        return await to_thread.run_sync(self.answer, message, limiter=self.threads)

    def answer(self, message: Message) -> Answered | None:
        """The reply to a message; None if it chooses an entry that there is not."""
        start = time.perf_counter()
        context = self.seal.opened(message.context) if message.context else None
        found = _reply(self.standing.bot, message, context)
        if found is None:
            return None
        conversation = message.conversation or str((context or {}).get("conversation") or new_conversation())
        reply = replace(found, context=self.seal.sign({**(found.context or {}), "conversation": conversation}))
        answered = Answered(self.seal.reply_id(), reply, refused=bool(message.context) and context is None)
        self._note(message, answered, conversation, 1000 * (time.perf_counter() - start))
        return answered

    def feedback(self, reply_id: str, helpful: bool, comment: str | None) -> bool:
        """Notes what somebody thinks of a reply; False if the reply's id is none of ours."""
        if not self.seal.is_ours(reply_id):
            return False
        self.metrics.feedback(helpful)
        if self.log:
            self.log.put(FeedbackRecord(reply_id, self.now(), helpful, comment))
        return True

    def _note(self, message: Message, answered: Answered, conversation: str, latency: float) -> None:
        reply = answered.reply
        self.metrics.replied(message.channel, reply.status, reply.reason, latency / 1000, refused=answered.refused)
        if self.log:
            self.log.put(_record(message, answered, conversation, self.now(), latency))


def _reply(bot: Bot, message: Message, context: Mapping[str, Any] | None) -> Reply | None:
    if message.choice is None:
        return bot.ask(message.text, context)
    shown = bot.show(message.choice, context)
    return shown.reply if shown else None


def _record(message: Message, answered: Answered, conversation: str, now: datetime, latency: float) -> QuestionRecord:
    reply = answered.reply
    return QuestionRecord(
        reply=answered.reply_id,
        at=now,
        channel=message.channel,
        conversation=conversation,
        question=f"[chose {message.choice}]" if message.choice else message.text,
        status=reply.status,
        reason=reply.reason,
        answers=tuple(AnswerRecord(item.id, item.version, item.score) for item in reply.answers),
        score=max((item.score for item in reply.answers), default=None),
        kb=reply.kb,
        latency=latency,
    )
