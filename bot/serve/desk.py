"""Hands conversations over to people: who is told, what they are told, and which conversations the bot leaves alone."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.answering import handing_over
from bot.errors import BotError
from bot.knowledge import KnowledgeBase
from bot.questionlog.outbox import Outbox, Outgoing
from bot.questionlog.record import TurnRecord
from bot.questionlog.takeovers import Takeovers
from bot.questionlog.writer import Writer
from bot.reply import Reply

log = logging.getLogger("factotum.desk")

SECONDS = 1.0
"""Time between two looks at which conversations were taken: other workers may answer for so long."""

_PATIENCE = 3.0  # seconds to wait for the database before a person is told that the conversation was not passed on
_MOST_TURNS = 100  # turns of a transcript


@dataclass(frozen=True, slots=True)
class Case:
    """A message that may go to people. `conversation` is our id of the conversation and `outer` the channel's own; `page` is the address
    of the page where it was written."""

    reply_id: str
    conversation: str
    channel: str
    said: str
    outer: str | None = None
    page: str | None = None


@dataclass(slots=True)
class Desk:
    """Passes conversations on by `ways`, the names of channels of the outbox; none if nothing is set. `danger`: whether a conversation goes
    to people as soon as somebody tells of danger. `taken` are the conversations that people have, as of the last look."""

    outbox: Outbox
    takeovers: Takeovers
    writer: Writer
    now: Callable[[], datetime]
    ways: Sequence[str] = ()
    danger: bool = False
    taken: frozenset[str] = frozenset()

    async def watch(self) -> None:
        """Runs for ever: looks which conversations were taken, here or in another process; not before there is a database to look into."""
        there, fault = False, ""
        while True:
            try:
                there = there or await asyncio.to_thread(self.takeovers.store.exists)
                self.taken = await asyncio.to_thread(self.takeovers.taken) if there else self.taken
                fault = ""
            except BotError as error:
                if not fault:
                    log.warning("which conversations are taken cannot be read; it is tried again", extra={"fault": str(error)})
                fault = str(error)
            await asyncio.sleep(SECONDS)

    async def take(self, conversation: str) -> list[dict[str, str]]:
        """Gives a conversation to a person; what was said in it so far. Raises BotError."""
        self.taken |= {conversation}
        await asyncio.to_thread(self.takeovers.take, conversation, self.now())
        return transcript(await asyncio.to_thread(self._turns, conversation))

    async def give_back(self, conversation: str) -> None:
        """Gives a conversation back to the bot. Raises BotError."""
        await asyncio.to_thread(self.takeovers.give_back, conversation, self.now())
        self.taken -= {conversation}

    async def left_alone(self, case: Case, kb: KnowledgeBase) -> Reply:
        """The reply to a message of a conversation that a person has; the message is passed on to them."""
        return handing_over.taken(kb, forwarded=await self._in_time(self._forward, case))

    async def passed_on(self, case: Case, reply: Reply, kb: KnowledgeBase) -> Reply:
        """A reply, and where it needs a person, after the conversation was passed on: it says so only if that is certain."""
        if not self.ways or not (reply.status == "handoff" or (self.danger and reply.reason == "danger")):
            return reply
        told = handing_over.passed_on(reply, kb)
        return told if await self._in_time(self._pass_on, case, told) else reply

    def note(self, case: Case, reply: Reply) -> None:
        """Keeps what was said, for whoever may take the conversation over; only where it can be handed over."""
        if self.ways:
            self.writer.put(_turn(case, reply, self.now()))

    def _pass_on(self, case: Case, reply: Reply) -> None:
        """Puts the conversation in the outbox, once until it is given back."""
        name = f"handed-over.{case.conversation}.{self.takeovers.times(case.conversation)}"
        turns = [*self._turns(case.conversation), _turn(case, reply, self.now())]
        data = {"why": reply.reason, **_named(case), "transcript": transcript(turns)}
        self._put(name, "conversation.handed_over", case, data)

    def _forward(self, case: Case) -> None:
        """Puts a message for the person who has the conversation in the outbox."""
        if not self.ways:
            raise BotError("nothing is set by which a message could be passed on")
        self._put(f"message.{case.reply_id}", "conversation.message", case, {**_named(case), "text": case.said})

    def _put(self, name: str, kind: str, case: Case, data: dict[str, Any]) -> None:
        now = self.now()
        body = {"type": kind, "timestamp": now.isoformat(), "data": data}
        self.outbox.put([Outgoing(f"{way}.{name}", way, case.conversation, body) for way in self.ways], now)

    def _turns(self, conversation: str) -> list[TurnRecord]:
        """What was said in a conversation, with what this process has not written yet."""
        self.writer.flush(_PATIENCE)
        return self.takeovers.turns(conversation)

    async def _in_time(self, call: Callable[..., None], *given: Any) -> bool:
        """Whether something was done, for certain: the database has taken it."""
        try:
            await asyncio.wait_for(asyncio.to_thread(call, *given), _PATIENCE)
        except (BotError, TimeoutError) as error:
            log.error("a conversation could not be passed on", extra={"fault": str(error) or type(error).__name__})
            return False
        return True


def transcript(turns: Sequence[TurnRecord]) -> list[dict[str, str]]:
    """What was said, oldest first: `at`, `from` ("person" or "bot") and `text`."""
    lines = []
    for item in turns[-_MOST_TURNS:]:
        at = item.at.isoformat()
        lines += [{"at": at, "from": "person", "text": item.said}, {"at": at, "from": "bot", "text": item.replied}]
    return [line for line in lines if line["text"]]


def _named(case: Case) -> dict[str, str | None]:
    """What names a conversation to people."""
    return {"conversation": case.conversation, "channel": case.channel, "outer": case.outer, "page": case.page}


def _turn(case: Case, reply: Reply, now: datetime) -> TurnRecord:
    return TurnRecord(case.reply_id, case.conversation, now, case.said, reply.text)
