"""Finds myths whose answer opens with the mistaken claim instead of the fact.

Why: people remember what they read first, and a claim that is repeated becomes familiar even when it is denied (Lewandowsky, Cook and
others, The Debunking Handbook 2020). The first sentence counts as the claim if it holds at least 60 % of the claim's pairs of neighbouring
words and denies nothing.

How to mend it: begin with the fact.

    wrong: The earth is flat, people say. It is a ball.
    right: The earth is a ball.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.english.tokens import plain_words
from bot.english.words import STOP_WORDS
from bot.errors import Level, Problem
from bot.knowledge import Entry, KnowledgeBase, place_of
from bot.lint.examples import a_base, a_myth

ID = "myth-first"
LEVEL: Level = "error"

MOST = 0.6

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
        claim = _pairs(entry.claim or "")
        if claim and len(claim & _pairs(_opening(entry))) >= MOST * len(claim) and not _denies(entry):
            yield place_of(entry, "answer").problem(ID, f"The answer of '{entry.id}' opens with the claim.", "Begin with the fact.", LEVEL)


def _opening(entry: Entry) -> str:
    return re.split(r"(?<=[.!?])\s", entry.answer, maxsplit=1)[0]


def _pairs(text: str) -> set[tuple[str, str]]:
    """The pairs of neighbouring words of a text without its stop words: two texts that share most of them say the same. They are compared
    as typed, not by their stems: this rule can refuse a base, and an upgrade of the stemmer must not."""
    return set(pairwise(word for word in plain_words(text) if word not in STOP_WORDS))


def _denies(entry: Entry) -> bool:
    """Whether the first sentence negates what it says."""
    return bool(re.search(r"\b(no|not|never|nobody|neither|nor|none|only|without)\b|n't\b", _opening(entry).lower()))
