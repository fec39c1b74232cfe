"""Two bots and some questions -> the questions that they decide differently."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.engine import Bot
from bot.explain import Outcome, outcome
from bot.knowledge import ENTRY_KINDS, OUTSIDE_KINDS
from bot.matching.candidates import wordings_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A question and its two decisions, in words."""

    question: str
    old: str
    new: str


def differences(old: Bot, new: Bot, asked: Iterable[str]) -> list[Difference]:
    """The questions that are decided otherwise, in the order given."""
    told = ((text, decision(old, text), decision(new, text)) for text in asked)
    return [Difference(text, before, after) for text, before, after in told if before != after]


def decision(bot: Bot, text: str) -> str:
    """What is decided on a message: "answer red-notice", "clarify a, b" or "none (below-threshold)"."""
    return "; ".join(_decided(outcome(item.outcome)) for item in bot.trace(text).resolutions)


def _decided(found: Outcome) -> str:
    if found.decision == "none":
        return f"none ({found.reason})"
    return f"{found.decision} {', '.join(found.ids[:1] if found.decision == 'answer' else found.ids)}"


def questions(*bots: Bot) -> list[str]:
    """Every question, alternate and claim of the entries of some bases and every wording of what lies outside them, each once, without
    those that have a placeholder. What lies outside tells what a new entry draws to itself."""
    kinds = (*ENTRY_KINDS, *OUTSIDE_KINDS)
    return sorted({text for bot in bots for text in wordings_of(kinds, bot.index) if "{" not in text})
