"""The records of the question log: plain values, made while a request is answered and written later."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An entry that was given as an answer. `version` is the hash of the entry; `score` is 0..100."""

    id: str
    version: str
    score: float


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question and the reply to it. `reply` is the id of the reply and `at` an aware time; `latency` is in milliseconds. `question` is
    as typed: the writer removes personal data from it. `conversation` is a pseudonym, never a person's own id. `score` is the best score
    of `answers` (0..100), None without an answer; `kb` is the version of the knowledge base."""

    reply: str
    at: datetime
    channel: str
    conversation: str | None
    question: str
    status: str
    reason: str | None
    answers: tuple[AnswerRecord, ...]
    score: float | None
    kb: str
    latency: float


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """A user's verdict on a reply. If a reply is judged several times, the latest verdict counts."""

    reply: str
    at: datetime
    helpful: bool
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A message and its reply as they were, for the person who takes the conversation over: kept only where handing over is set, and no
    longer than a conversation is remembered. `reply` is the id of the reply and `at` an aware time."""

    reply: str
    conversation: str
    at: datetime
    said: str
    replied: str


Record = QuestionRecord | FeedbackRecord | TurnRecord
