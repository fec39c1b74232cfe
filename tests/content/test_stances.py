"""What people do with the myths of the shipped base, and whether what they state is so: measured on rows written blind."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from forms import FRAMES, STANCE_FORMS, TAGS

from bot import Bot
from bot.answering.agreement import agreement
from bot.answering.stance import stance
from bot.knowledge import Entry, Value
from bot.matching.query import read

PAIRS = yaml.safe_load(Path(__file__).with_name("stance.yaml").read_text("utf-8"))
FURTHER = yaml.safe_load(Path(__file__).with_name("stance_further.yaml").read_text("utf-8"))
STATEMENTS = yaml.safe_load(Path(__file__).with_name("statements.yaml").read_text("utf-8"))
ROWS = [(pair["myth"], pair[side]) for pair in PAIRS for side in ("one", "other")]


def _stance(bot: Bot, myth: str, text: str) -> str:
    return stance(text, bot.kb.entries[myth], bot.kb.usage)


@pytest.mark.parametrize(("pairs", "most"), [pytest.param(PAIRS, 0.05, id="first"), pytest.param(FURTHER, 0.1, id="further")])
def test_both_of_most_pairs_are_told_apart(bot: Bot, pairs: list[dict[str, Any]], most: float) -> None:
    """Two sentences that differ by little and mean different things. The floors are below what is reached."""
    wrong = [
        pair for pair in pairs if any(_stance(bot, pair["myth"], pair[side]["say"]) != pair[side]["stance"] for side in ("one", "other"))
    ]
    print(*wrong, sep="\n")
    assert len(pairs) > 100
    assert len(wrong) <= most * len(pairs)


def test_every_myth_has_its_claims_and_denials_and_they_are_read_as_such(bot: Bot) -> None:
    wrong = []
    for entry in bot.kb.entries.values():
        if entry.kind == "myth":
            assert entry.claims
            assert entry.denials
            wrong += [text for text in (str(entry.claim), *entry.claims) if stance(text, entry, bot.kb.usage) != "asserts_myth"]
            wrong += [text for text in entry.denials if stance(text, entry, bot.kb.usage) != "denies_myth"]
    print(*wrong, sep="\n")
    assert len(wrong) <= 25


@pytest.mark.parametrize("name", STANCE_FORMS)
def test_form_does_not_change_the_stance(bot: Bot, name: str) -> None:
    change = STANCE_FORMS[name]
    changed = [row["say"] for myth, row in ROWS if _stance(bot, myth, change(row["say"])) != _stance(bot, myth, row["say"])]
    assert changed == []


def test_a_full_stop_or_an_exclamation_mark_does_not_change_it(bot: Bot) -> None:
    for myth, row in ROWS:
        bare = re.sub(r"[.!]+$", "", row["say"])
        assert len({_stance(bot, myth, bare + end) for end in ("", ".", "!")}) == 1


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_leaves_a_claim_a_claim(bot: Bot, tag: str) -> None:
    for entry in (entry for entry in bot.kb.entries.values() if entry.claim):
        assert stance(str(entry.claim).rstrip(".") + tag, entry, bot.kb.usage) == "asserts_myth"


@pytest.mark.parametrize(("frame", "expected"), FRAMES.items())
def test_what_stands_around_a_claim_gives_the_stance(bot: Bot, frame: str, expected: str) -> None:
    for entry in (entry for entry in bot.kb.entries.values() if entry.claim):
        assert stance(frame.format(str(entry.claim).rstrip(".")), entry, bot.kb.usage) == expected, entry.id


def _values(bot: Bot, entry: Entry, text: str) -> tuple[Value, ...]:
    mentions = read(text, bot.lexicon).mentions
    return tuple(value for mention in mentions if mention.entity == entry.entity for value in mention.values)


def _agreement(bot: Bot, name: str, text: str) -> str | None:
    entry = bot.kb.entries[name]
    return agreement(text, entry, _values(bot, entry, text), bot.kb.usage)


def test_a_statement_is_never_called_right_that_is_wrong(bot: Bot) -> None:
    """Wrong praise is the worst fault, wrong correction the second worst; silence costs nothing."""
    counts = Counter((row["holds"], _agreement(bot, row["entry"], row["say"])) for row in STATEMENTS)
    print(counts)
    assert counts["no", "holds"] == 0
    assert counts["yes", "fails"] <= 0.02 * len(STATEMENTS)
    assert counts["yes", "holds"] + counts["no", "fails"] >= 0.2 * len(STATEMENTS)


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        ("member-count", "INTERPOL has 196 member countries", "holds"),
        ("member-count", "INTERPOL has 50 member countries", "fails"),
        ("member-count", "INTERPOL has about 200 member countries", None),
        ("member-count", "does INTERPOL have 196 member countries", None),
        ("headquarters", "INTERPOL's headquarters are in Lyon", "holds"),
        ("headquarters", "INTERPOL's headquarters are in Berlin", "fails"),
        ("headquarters", "INTERPOL's headquarters are not in Lyon", "fails"),
        ("languages", "German is an official language of INTERPOL", None),
        ("country-membership", "France is a member of INTERPOL", "holds"),
        ("country-membership", "France is not a member of INTERPOL", "fails"),
        ("country-membership", "Tuvalu is a member of INTERPOL", "fails"),
        ("country-membership", "Tuvalu is not a member of INTERPOL", "holds"),
    ],
)
def test_a_statement_agrees_only_with_a_fact_that_covers_it(bot: Bot, entry: str, text: str, expected: str | None) -> None:
    assert _agreement(bot, entry, text) == expected


def test_what_one_entry_holds_no_other_corrects(bot: Bot) -> None:
    entries = [entry for entry in bot.kb.entries.values() if entry.facts]
    facts = [fact for entry in entries for fact in entry.facts][::3]
    assert [(entry.id, fact) for entry in entries[::4] for fact in facts if agreement(fact, entry, (), bot.kb.usage) == "fails"] == []


def test_facts_hold_and_their_contrary_fails(bot: Bot) -> None:
    facts = [(entry, fact) for entry in bot.kb.entries.values() for fact in entry.facts]
    told = Counter(agreement(fact, entry, (), bot.kb.usage) for entry, fact in facts)
    contrary = Counter(agreement(f"It is not true that {fact}", entry, (), bot.kb.usage) for entry, fact in facts)
    print(told, contrary)
    assert told["fails"] == contrary["holds"] == 0
    assert told["holds"] > 0.5 * len(facts)
    assert contrary["fails"] > 0.5 * len(facts)
