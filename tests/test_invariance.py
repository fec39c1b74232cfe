"""What must not matter does not: no change of form changes which entry wins, no order of a base changes a score."""

import pytest
from conftest import SHOP
from forms import CASE, FORMS, PADDING, Winners, lost, means_by_capitals
from orders import ORDERS, bot_of

from bot import Bot
from bot.english.tokens import typed_words
from bot.evaluate.cases import read_cases
from bot.matching import query

CASES = read_cases(SHOP / "questions.yaml")
QUESTIONS = [case.message for case in CASES]
CONFUSIONS = {
    "quiet": "quite",
    "chop": "shop",
    "breed": "bread",
    "money": "honey",
    "hosiery": "history",
    "beg": "bag",
    "vancouver": "voucher",
    "parting": "parking",
    "returned": "return",
    "lotion": "location",
}
"""Real words, and the word of the shop that each must not be read as."""


@pytest.fixture(scope="module")
def winner(shop: Bot) -> Winners:
    return Winners(shop)


@pytest.fixture(scope="module")
def ranked(shop: Bot) -> dict[str, list[tuple[str, float]]]:
    return {text: shop.rank(text) for text in QUESTIONS}


@pytest.mark.parametrize(("typed", "never"), CONFUSIONS.items())
def test_a_real_word_is_read_as_itself(shop: Bot, typed: str, never: str) -> None:
    assert shop.lexicon.speller.knows(never), "the row proves nothing: no word of the base is near"
    assert shop.lexicon.speller.correct(typed) == typed
    asked = query.read(f"what if it is about the {typed}, can you help", shop.lexicon)
    assert asked.corrections == ()
    assert typed in asked.words


def test_every_change_changes_something() -> None:
    """A change that leaves all questions as they are would pass whatever the matcher does."""
    changes = CASE | PADDING | FORMS
    idle = {name for name, change in changes.items() if all(change(text) == text for text in QUESTIONS)}
    assert idle == {"British"}, "the questions are in British spelling"


@pytest.mark.parametrize("name", CASE)
def test_case_does_not_change_the_winner(shop: Bot, winner: Winners, name: str) -> None:
    told = [text for text in QUESTIONS if not means_by_capitals(text, shop.lexicon)]
    assert len(told) > 0.9 * len(QUESTIONS)
    assert lost(winner, told, CASE[name]) == []


@pytest.mark.parametrize("name", FORMS)
def test_form_does_not_change_the_winner(winner: Winners, name: str) -> None:
    assert lost(winner, QUESTIONS, FORMS[name]) == []


@pytest.mark.parametrize("name", PADDING)
def test_polite_words_do_not_change_the_winner(winner: Winners, name: str) -> None:
    """Only of a message that asks something: a greeting followed by thanks is thanks."""
    asked = [case.message for case in CASES if not case.chat and typed_words(case.message)]
    assert len(asked) > 0.9 * len(CASES)
    assert lost(winner, asked, PADDING[name]) == []


def test_asking_for_more_options_does_not_change_the_first(shop: Bot) -> None:
    assert [text for text in QUESTIONS if not shop.rank(text, 1) == shop.rank(text, 5)[:1] == shop.rank(text, 40)[:1]] == []


@pytest.mark.parametrize("name", ORDERS)
def test_order_changes_neither_winners_nor_scores(ranked: dict[str, list[tuple[str, float]]], name: str) -> None:
    other = bot_of(ORDERS[name](SHOP / "base"))
    assert [text for text, found in ranked.items() if other.rank(text) != found] == []
