"""What is kept of a question: plain values, made on the path of a request and written later."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Given:
    """An entry as it was given for an answer. `version` is the hash of the entry; `score` is 0..100."""

    id: str
    version: str
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and the reply to it. `reply` is the id of the reply, `at` an aware time, `latency` in milliseconds; `question` is
    as typed (the writer takes personal data out of it); `conversation` is a pseudonym, never a person's own id; `score` is the best."""

    reply: str
    at: datetime
    channel: str
    conversation: str | None
    question: str
    status: str
    reason: str | None
    answers: tuple[Given, ...]
    score: float | None
    kb: str
    latency: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thought of a reply. The last one of a reply holds."""

    reply: str
    at: datetime
    helpful: bool
    comment: str | None = None


Record = Asked | Feedback
