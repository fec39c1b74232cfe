"""The path of a message through the service: its context is verified, it is answered and noted, and the new context is signed."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from anyio import CapacityLimiter, to_thread

from bot.engine import Bot
from bot.note import Note
from bot.questionlog.record import AnswerRecord, FeedbackRecord, NearestRecord, QuestionRecord
from bot.questionlog.writer import Writer
from bot.render.json import as_fields
from bot.reply import Block, Reply, Unanswered
from bot.serve.answering_process import AnsweringProcess, Method, TookTooLong
from bot.serve.desk import Case, Desk
from bot.serve.http.problems import Refused
from bot.serve.live_base import LiveBase
from bot.serve.metrics import Metrics
from bot.serve.signing import Signing, new_conversation

TOOK_TOO_LONG = "took-too-long"
"""The reason of a reply to a message that was given up at the time limit."""

_MOST_CHARACTERS, _MOST_WORK = 200, 65_000
"""Up to these a message is answered at once, on the event loop: characters, and parts times the base's wordings. With our 20,230 wordings
that admits three parts, which took 15 ms of processor time (tests/measure/serving.py parts): so long no other request is answered."""

_JOINT = re.compile(r"[.?!;:,\n+&/]+|\b(?:and|plus|also|or)\b", re.I)
"""What may part a message into questions that are looked up one by one."""

_MOST_WAITING = 100
"""Long messages that may wait. At the time that a letter takes, 20 to 50 ms, the last of them waits for five seconds."""


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody sends: a text, the id of the entry that was chosen from those offered, or the intent "person" (somebody is to take
    over). `context` is that of the last reply, as the client sent it back; `conversation` is our id of the conversation, if the channel
    has one of its own, which is `outer`. `page` is the address of the page where it was written."""

    text: str = ""
    choice: str | None = None
    context: Mapping[str, Any] | None = None
    channel: str = "api"
    conversation: str | None = None
    intent: str | None = None
    outer: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply to a message with a signed context, and its id for feedback. `refused`: the message's context did not verify and was
    ignored."""

    reply_id: str
    reply: Reply
    refused: bool = False

    def as_json(self) -> bytes:
        """The reply object with `reply_id`, in UTF-8."""
        return orjson.dumps({"reply_id": self.reply_id, **as_fields(self.reply)})


@dataclass(slots=True)
class Conversations:
    """Answers the messages of every channel. `name` is that of the base, for the question log; `signing` is replaced when the file of
    secrets changes. Safe to share between threads."""

    base: LiveBase
    signing: Signing
    log: Writer | None
    metrics: Metrics
    process: AnsweringProcess
    name: str | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    turns: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))
    desk: Desk | None = None

    async def respond(self, message: Message) -> Answered | None:
        """The reply to a message, noted in the question log; None if it chooses an entry that does not exist.

        A message that takes longer than the time limit gets a reply that says so. Raises Refused not-ready if too many long ones wait.
        """
        start, bot = time.perf_counter(), self.base.bot
        context = self.signing.verify(message.context) if message.context else None
        conversation = message.conversation or str((context or {}).get("conversation") or new_conversation())
        case = Case(self.signing.new_reply_id(), conversation, message.channel, _said(bot, message), message.outer, message.page)
        found = await self._found(bot, message, context, case)
        if found is None:
            return None
        said, note = found
        reply = replace(said, context=self.signing.sign({**(said.context or context or {}), "conversation": conversation}))
        answered = Answered(case.reply_id, reply, refused=bool(message.context) and context is None)
        self._note(message, answered, note, conversation, 1000 * (time.perf_counter() - start))
        if self.desk:
            self.desk.note(case, reply)
        return answered

    async def explain(self, text: str, context: Mapping[str, Any] | None) -> Any:
        """The explanation of each question of a message. Raises Refused: took-too-long, not-ready."""
        try:
            return await self._aside(self.base.bot, "explain", text, self.signing.verify(context) if context else None)
        except TookTooLong:
            raise Refused("took-too-long", f"The message took longer than {self.process.seconds:g} seconds.") from None

    def feedback(self, reply_id: str, helpful: bool, comment: str | None) -> bool:
        """Notes what somebody thinks of a reply; False if this service did not make the reply's id."""
        if not self.signing.verify_reply_id(reply_id):
            return False
        self.metrics.feedback(helpful)
        if self.log:
            self.log.put(FeedbackRecord(reply_id, self.now(), helpful, comment))
        return True

    async def _found(self, bot: Bot, message: Message, context: Mapping[str, Any] | None, case: Case) -> tuple[Reply, Note] | None:
        """The reply to a message, from a person's side if one has the conversation, and passed on to one if it needs that."""
        if self.desk and case.conversation in self.desk.taken:
            return await self.desk.left_alone(case, bot.kb), Note()
        found: tuple[Reply, Note] | None
        if message.choice is not None:
            found = bot.noted_choice(message.choice, context)
        else:
            found = (bot.person(context), Note()) if message.intent else await self._ask(bot, message.text, context)
        if not (self.desk and found):
            return found
        return await self.desk.passed_on(case, found[0], bot.kb), found[1]

    async def _ask(self, bot: Bot, text: str, context: Mapping[str, Any] | None) -> tuple[Reply, Note]:
        if is_quick(text, len(bot.index.wordings)):
            return bot.noted(text, context)
        try:
            found: tuple[Reply, Note] = await self._aside(bot, "noted", text, context)
        except TookTooLong:
            return _given_up(bot, text, context, self.process.seconds), Note()
        return found

    async def _aside(self, bot: Bot, method: Method, text: str, context: Mapping[str, Any] | None) -> Any:
        """What the process for long messages makes of one, while this one answers others."""
        if self.turns.statistics().tasks_waiting >= _MOST_WAITING:
            raise Refused("not-ready", "Too many long messages are waiting.", {"Retry-After": "5"})
        return await to_thread.run_sync(self.process.call, bot, method, text, context, limiter=self.turns)

    def _note(self, message: Message, answered: Answered, note: Note, conversation: str, latency: float) -> None:
        reply = answered.reply
        self.metrics.replied(message.channel, reply.status, reply.reason, latency / 1000, refused=answered.refused)
        if self.log:
            record = _record(message, answered, conversation, self.now(), latency)
            nearest = tuple(NearestRecord(name, score) for name, score in note.nearest)
            self.log.put(replace(record, base=self.name, nearest=nearest, chosen=note.chosen, margin=note.margin))


def is_quick(text: str, wordings: int) -> bool:
    """Whether a message takes so little time over a base of so many wordings that it can be answered on the event loop."""
    return len(text) <= _MOST_CHARACTERS and wordings * (1 + len(_JOINT.findall(text.strip(" .?!\n")))) <= _MOST_WORK


def _said(bot: Bot, message: Message) -> str:
    """What a message says, in words for people: of a choice the question, of an intent what was pressed."""
    if message.choice is not None:
        entry = bot.kb.entries.get(message.choice)
        return entry.question if entry else ""
    return _pressed(message) or message.text


def _given_up(bot: Bot, text: str, context: Mapping[str, Any] | None, seconds: float) -> Reply:
    """The reply to a message that took too long; the conversation goes on from where it was."""
    said = f"I stopped reading this message after {seconds:g} seconds. Please send a shorter one, or ask one question at a time."
    return Reply(
        status="none",
        reason=TOOK_TOO_LONG,
        text=said,
        kb=bot.kb.version,
        unanswered=[Unanswered(text[:_MOST_CHARACTERS], TOOK_TOO_LONG, [])],
        context=dict(context or {}),
        blocks=[Block("gap", said)],
        calibrated=bot.fit.calibrated,
    )


def _record(message: Message, answered: Answered, conversation: str, now: datetime, latency: float) -> QuestionRecord:
    reply = answered.reply
    return QuestionRecord(
        reply=answered.reply_id,
        at=now,
        channel=message.channel,
        conversation=conversation,
        question=_pressed(message) or message.text,
        status=reply.status,
        reason=reply.reason,
        answers=tuple(AnswerRecord(item.id, item.version, item.score) for item in reply.answers),
        score=max((item.score for item in reply.answers), default=None),
        kb=reply.kb,
        latency=latency,
    )


def _pressed(message: Message) -> str:
    """What stands for words in the question log where none were typed."""
    return f"[chose {message.choice}]" if message.choice else f"[pressed: {message.intent}]" if message.intent else ""
