"""What a person does with a myth, and whether a statement agrees with an answer: what must and what must not change it."""

import re

import pytest
from forms import FRAMES, STANCE_FORMS, TAGS

from bot import Bot
from bot.answering.agreement import agreement
from bot.answering.stance import stance
from bot.knowledge import Entry, Value
from bot.matching.query import read


def _myths(shop: Bot) -> list[Entry]:
    found = [entry for entry in shop.kb.entries.values() if entry.claim]
    assert len(found) > 3
    return found


def _claims(shop: Bot) -> list[tuple[Entry, str]]:
    return [(entry, text) for entry in _myths(shop) for text in (str(entry.claim), *entry.claims)]


def _denials(shop: Bot) -> list[tuple[Entry, str]]:
    return [(entry, text) for entry in _myths(shop) for text in entry.denials]


def test_nearly_all_claims_assert_and_denials_deny(shop: Bot) -> None:
    rows = [(*row, "asserts_myth") for row in _claims(shop)] + [(*row, "denies_myth") for row in _denials(shop)]
    wrong = [text for entry, text, expected in rows if stance(text, entry, shop.kb.usage) != expected]
    assert len(wrong) <= 0.1 * len(rows), wrong


@pytest.mark.parametrize("name", STANCE_FORMS)
def test_form_does_not_change_the_stance(shop: Bot, name: str) -> None:
    change = STANCE_FORMS[name]
    rows = [(entry, text, stance(text, entry, shop.kb.usage)) for entry, text in (*_claims(shop), *_denials(shop))]
    assert [text for entry, text, told in rows if stance(change(text), entry, shop.kb.usage) != told] == []


def test_a_full_stop_or_an_exclamation_mark_does_not_change_it(shop: Bot) -> None:
    for entry, text in (*_claims(shop), *_denials(shop)):
        bare = re.sub(r"[.!]+$", "", text)
        assert len({stance(bare + end, entry, shop.kb.usage) for end in ("", ".", "!")}) == 1


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_leaves_a_claim_a_claim(shop: Bot, tag: str) -> None:
    for entry in _myths(shop):
        assert stance(str(entry.claim).rstrip(".") + tag, entry, shop.kb.usage) == "asserts_myth"


@pytest.mark.parametrize(("frame", "expected"), FRAMES.items())
def test_what_stands_around_a_claim_gives_the_stance(shop: Bot, frame: str, expected: str) -> None:
    for entry in _myths(shop):
        assert stance(frame.format(str(entry.claim).rstrip(".")), entry, shop.kb.usage) == expected, entry.id


@pytest.mark.parametrize("text", ["not?", "x" * 2000 + "?", "why " * 300 + "?"], ids=lambda text: text[:12])
def test_a_question_about_nothing_asks(shop: Bot, text: str) -> None:
    assert {stance(text, entry, shop.kb.usage) for entry in _myths(shop)} == {"asks"}


@pytest.mark.parametrize("text", ["", "?", "...", ",", "''", "- -"])
def test_no_words_deny_nothing(shop: Bot, text: str) -> None:
    assert {stance(text, entry, shop.kb.usage) for entry in _myths(shop)} == {"asks"}


@pytest.mark.parametrize(
    "text", ["", "?", ",", "if", "that means", "no", "not", "nobody but", "x" * 2000, "not " * 500], ids=lambda text: text[:12]
)
def test_what_states_nothing_agrees_with_no_fact(shop: Bot, text: str) -> None:
    with_facts = [entry for entry in shop.kb.entries.values() if entry.facts]
    assert len(with_facts) > 15
    assert {agreement(text, entry, (), shop.kb.usage) for entry in with_facts} == {None}


def _values(shop: Bot, entry: Entry, text: str) -> tuple[Value, ...]:
    mentions = read(text, shop.lexicon).mentions
    return tuple(value for mention in mentions if mention.entity == entry.entity for value in mention.values)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("opening-hours", "The shop opens at 8 in the morning", "holds"),
        ("opening-hours", "The shop opens at 9 in the morning", "fails"),
        ("opening-hours", "The shop opens at about 10 in the morning", None),
        ("opening-hours", "does the shop open at 8 in the morning", None),
        ("opening-hours", "The shop is not closed on bank holidays", "fails"),
        ("parking", "There are six parking spaces behind the shop", "holds"),
        ("parking", "There are nine parking spaces behind the shop", "fails"),
        ("opening-hours", "The shop closes at 9 in the evening", "fails"),
        ("history", "The shop opened in 1987", "holds"),
        ("history", "The shop opened in 1999", "fails"),
        ("payment", "You can not pay by card", "fails"),
    ],
)
def test_a_statement_agrees_only_with_a_fact_that_covers_it(shop: Bot, name: str, text: str, expected: str | None) -> None:
    entry = shop.kb.entries[name]
    assert agreement(text, entry, _values(shop, entry, text), shop.kb.usage) == expected


def test_what_one_entry_holds_no_other_corrects(shop: Bot) -> None:
    entries = [entry for entry in shop.kb.entries.values() if entry.facts]
    wrong = [
        (entry.id, fact)
        for entry in entries
        for other in entries
        for fact in other.facts
        if entry is not other and agreement(fact, entry, (), shop.kb.usage) == "fails"
    ]
    assert wrong == []


def test_facts_hold_and_their_contrary_fails(shop: Bot) -> None:
    facts = [(entry, fact) for entry in shop.kb.entries.values() for fact in entry.facts]
    told = [agreement(fact, entry, (), shop.kb.usage) for entry, fact in facts]
    contrary = [agreement(f"It is not true that {fact}", entry, (), shop.kb.usage) for entry, fact in facts]
    assert "fails" not in told
    assert "holds" not in contrary
    assert told.count("holds") > 0.8 * len(facts)
    assert contrary.count("fails") > 0.8 * len(facts)
