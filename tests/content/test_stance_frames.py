"""What stands around a myth's own claims and denials: no claim is ever confirmed, and nobody who denies a myth is taken as asserting it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot import Bot
from bot.answering.confirmation import confirms
from bot.answering.stance import reading, stance
from bot.knowledge import Entry

ROWS, LATER, PAIRS = (
    yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    for name in ("stance_blind.yaml", "stance_blind_later.yaml", "stance_pairs_blind.yaml")
)

FRAMES = (
    "{}",
    "so {}",
    "my cousin says {}",
    "my cousin says that {}",
    "i heard that {}",
    "i heard {}",
    "everyone says {}",
    "i read online that {}",
    "people say {}",
    "i was told that {}",
    "apparently {}",
    "obviously {}",
    "surely {}?",
    "well, {}",
    "ok so {}",
    "hi, {}",
    "but {}",
    "i am sure that {}",
    "as far as i know {}",
    "it is true that {}",
    "it is well known that {}",
    "according to my lawyer {}",
    "if i understand correctly, {}",
    "in short, {}",
    "{}, right?",
    "{}, isn't it?",
    "{}, i take it?",
    "{}, i suppose",
    "{}, or so i heard",
    "{}, as far as i know",
    "{}, they say",
    "{}, no?",
    "{}, correct?",
    "{} always",
    "{} these days",
    "{} lol",
    "{}!!",
    "{}, thanks",
)
"""What leaves a statement what it is: who says it, how sure they are, and what asks for assent."""


def _myths(bot: Bot) -> Iterator[Entry]:
    return (entry for entry in bot.kb.entries.values() if entry.kind == "myth")


def _said(frame: str, text: str) -> str:
    """The text in a frame; "never ... always" would be another statement."""
    always = frame.endswith("always") and re.search(r"\b(?:never|always)\b", text)
    return text if always else frame.format(text.rstrip("."))


def _confirmed(bot: Bot, entry: Entry, text: str) -> bool:
    return confirms(text, reading(text, entry, bot.kb.usage), entry, bot.kb.usage)


@pytest.mark.parametrize("frame", FRAMES)
def test_no_claim_is_confirmed(bot: Bot, frame: str) -> None:
    told = [(entry, claim) for entry in _myths(bot) for claim in (str(entry.claim), *entry.claims)]
    assert [(entry.id, claim) for entry, claim in told if _confirmed(bot, entry, _said(frame, claim))] == []


@pytest.mark.parametrize("frame", [frame for frame in FRAMES if not frame.endswith("always")])
def test_no_denial_is_contradicted(bot: Bot, frame: str) -> None:
    told = [(entry, denial) for entry in _myths(bot) for denial in entry.denials]
    assert [(entry.id, text) for entry, text in told if stance(_said(frame, text), entry, bot.kb.usage) == "asserts_myth"] == []


@pytest.mark.parametrize("rows", [pytest.param(ROWS, id="first"), pytest.param(LATER, id="later"), pytest.param(PAIRS, id="pairs")])
def test_people_are_understood_and_never_turned_round(bot: Bot, rows: list[dict[str, str]]) -> None:
    found = [(row["stance"], stance(row["say"], bot.kb.entries[row["myth"]], bot.kb.usage), row) for row in rows]
    print(*(item for item in found if item[0] != item[1]), sep="\n")
    counts = Counter((meant, said) for meant, said, _ in found)
    assert len(rows) >= 50
    assert counts["asserts_myth", "denies_myth"] + counts["denies_myth", "asserts_myth"] == 0
    assert sum(count for (meant, said), count in counts.items() if meant == said) >= 0.92 * len(rows)
