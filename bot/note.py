"""What was made of the questions of a message -> what the question log keeps of it beyond the reply."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.resolution import Chosen, Resolution
from bot.kinds import KINDS
from bot.matching.calibration import Limits
from bot.matching.margin import margin

_FEW = 3
"""Entries that are kept of those near to a question without an answer: a curator reads no more."""


@dataclass(frozen=True, slots=True)
class Note:
    """`nearest`: the entries most like the first question that had no answer, best first, with their scores (0..100). `chosen`: the entry
    that the message chose of those offered. `margin`: how many points of the score (0..100) the narrowest of its decisions was away from
    another one; None if nothing was weighed."""

    nearest: tuple[tuple[str, float], ...] = ()
    chosen: str | None = None
    margin: float | None = None


def note_of(found: Sequence[Resolution], limits: Limits) -> Note:
    """The note on a message."""
    chosen = next((item.outcome.id for item in found if isinstance(item.outcome, Chosen)), None)
    margins = [points for item in found if not item.how and (points := margin(item.match, limits)) is not None]
    unanswered = next((item for item in found if item.entry is None), None)
    return Note(_nearest(unanswered) if unanswered else (), chosen, round(min(margins), 1) if margins else None)


def _nearest(question: Resolution) -> tuple[tuple[str, float], ...]:
    targets = ((item.candidate.target, item.score) for item in question.match.evidence)
    entries = [(target.id, round(score, 1)) for target, score in targets if KINDS[target.kind].is_entry]
    return tuple(sorted(entries[:_FEW], key=lambda one: -one[1]))
