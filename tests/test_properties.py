"""Whatever is typed gets a reply that keeps its promises."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_commands import SCHEMA

from bot import Bot
from bot.english.tokens import fold, plain_words
from bot.render.json import as_dict

WORDS = st.lists(st.sampled_from("red notice is a member kosovo interpol not who arrest the what ccf zebra 24 7".split()), max_size=12)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=300), WORDS.map(" ".join)))
def test_any_text_gets_a_reply_that_fits_the_schema(bot: Bot, text: str) -> None:
    reply = bot.ask(text)
    jsonschema.validate(json.loads(json.dumps(as_dict(reply))), SCHEMA)
    assert reply.text
    assert (reply.status == "answer") == bool(reply.answers)
    assert (reply.reason is None) or reply.status != "answer"
    assert not set(reply.text) & {"\x1b", "\x07", "\x9b"}


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_case_and_punctuation_do_not_change_the_ranking(bot: Bot, words: list[str]) -> None:
    text = " ".join(words)
    assert bot.rank(text) == bot.rank(text.upper()) == bot.rank(f"  {text}?! ") == bot.rank(", ".join(words))


@settings(max_examples=200)
@given(text=st.text(max_size=200))
def test_folding_is_idempotent_and_words_survive_it(text: str) -> None:
    assert plain_words(fold(fold(text))) == plain_words(fold(text))


def test_one_bot_serves_many_threads(bot: Bot) -> None:
    questions = ["what is a red notcie", "is kosovo a member", "hello", "who funds it", "zebra"] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(bot.ask, questions)) == [bot.ask(question) for question in questions]


def test_a_bot_cannot_be_changed(bot: Bot) -> None:
    with pytest.raises(FrozenInstanceError):
        bot.kb = None  # type: ignore[misc, assignment]
