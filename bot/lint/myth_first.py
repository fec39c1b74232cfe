"""An answer that opens with the myth plants it (Debunking Handbook 2020, Lewandowsky, Cook and others): the fact comes first."""

import re
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.kb.links import place_of
from bot.knowledge import KnowledgeBase
from bot.lint.examples import a_base, a_myth
from bot.lint.shared import content, problem

ID = "myth-first"
LEVEL: Level = "error"

MOST = 0.8

FAILS = (
    a_base(a_myth(answer="The earth is flat, people say. It is a ball.")),
    a_base(a_myth(answer="Many think that the earth is flat.")),
)
PASSES = (
    a_base(a_myth()),
    a_base(a_myth(answer="The earth is not flat but a ball.")),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        claim = set(content(entry.claim or ""))
        opening = set(content(re.split(r"(?<=[.!?])\s", entry.answer, maxsplit=1)[0]))
        if claim and len(claim & opening) >= MOST * len(claim) and not _denies(entry.answer):
            yield problem(place_of(entry, "answer"), LEVEL, ID, f"The answer of '{entry.id}' opens with the claim.", "Begin with the fact.")


def _denies(answer: str) -> bool:
    """Whether the first sentence negates what it says."""
    first = re.split(r"(?<=[.!?])\s", answer, maxsplit=1)[0].lower()
    return bool(re.search(r"\b(no|not|never|nobody|neither|nor|none|only|without)\b|n't\b", first))
