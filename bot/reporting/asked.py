"""What a report is made of: messages with what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["answered", "asked_back", "refused", "handed_over", "small_talk", "chosen"]
"""What became of a message. chosen: no question, but an option or a link that was pressed."""

OUTCOMES: dict[str, Outcome] = {
    "answer": "answered",
    "clarify": "asked_back",
    "none": "refused",
    "handoff": "handed_over",
    "smalltalk": "small_talk",
}
"""The outcome by the status of the reply."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message. `at` is an aware time, None if it bears no date; `answers` are ids of entries; `kb` is the version of the base; `gaps`
    are the questions that got no answer, in the person's words without personal data; `helpful` and `comment` are how the reply was
    judged, None and "" if it was not."""

    at: datetime | None
    channel: str
    conversation: str | None
    question: str
    outcome: Outcome
    reason: str | None = None
    answers: tuple[str, ...] = ()
    kb: str = ""
    gaps: tuple[str, ...] = ()
    helpful: bool | None = None
    comment: str = ""
