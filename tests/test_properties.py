"""Whatever is typed gets a reply that keeps its promises."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import jsonschema
import pytest
from fuzz_pairs import faults
from hypothesis import given, settings
from hypothesis import strategies as st
from test_commands import SCHEMA

from bot import Bot
from bot.english.tokens import fold, plain_words
from bot.render.json import as_dict

FORM = jsonschema.Draft202012Validator(SCHEMA)
WORDS = st.lists(st.sampled_from("bread delivery is a shop alderby not who open the what receipt zebra 24 7".split()), max_size=12)


@settings(max_examples=150)
@given(text=st.one_of(st.text(max_size=300), WORDS.map(" ".join)))
def test_any_text_gets_a_reply_that_fits_the_schema(shop: Bot, text: str) -> None:
    reply = shop.ask(text)
    FORM.validate(json.loads(json.dumps(as_dict(reply))))
    assert reply.text
    assert (reply.status == "answer") == bool(reply.answers)
    assert (reply.reason is None) or reply.status != "answer"
    assert not set(reply.text) & {"\x1b", "\x07", "\x9b"}


@settings(max_examples=60)
@given(words=WORDS)
def test_case_and_punctuation_do_not_change_the_ranking(shop: Bot, words: list[str]) -> None:
    text = " ".join(words)
    assert shop.rank(text) == shop.rank(text.upper()) == shop.rank(f"  {text}?! ") == shop.rank(", ".join(words))


@settings(max_examples=200)
@given(text=st.text(max_size=200))
def test_folding_is_idempotent_and_words_survive_it(text: str) -> None:
    assert plain_words(fold(fold(text))) == plain_words(fold(text))


def test_one_bot_serves_many_threads(shop: Bot) -> None:
    questions = ["where is my reciept", "do you deliver to Alderby", "hello", "who owns it", "zebra"] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shop.ask, questions)) == [shop.ask(question) for question in questions]


def test_a_bot_cannot_be_changed(shop: Bot) -> None:
    with pytest.raises(FrozenInstanceError):
        shop.kb = None  # type: ignore[misc, assignment]


def test_pairs_of_the_bases_own_sentences_raise_nothing(shop: Bot) -> None:
    """A small part of what `tests/measure/fuzz_pairs.py` asks."""
    assert [*faults(shop, pairs=400, seed=1)] == []
