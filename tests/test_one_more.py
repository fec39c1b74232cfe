"""A base with an entry put into its index decides as one that is built anew of all entries."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from base import write
from conftest import SHOP

from bot import Bot
from bot.errors import KnowledgeBaseError
from bot.evaluate.cases import read_cases
from bot.kb.convert import items_of
from bot.kb.files import read_folder
from bot.kb.items import Item
from bot.matching.candidates import wordings_of
from bot.matching.index import Index

ADDED = ("vouchers", "product-sold", "myth-honey")
NEAR = 0.02
"""The share by which the rarity of a term, which is kept with less precision than it is reckoned with, may differ."""


def _without(name: str, item: Item) -> Item:
    """An item that names an entry no more."""
    kept = dict(item)
    kept |= {"related": [one for one in item["related"] if one != name]} if "related" in item else {}
    return kept | ({"not": [one for one in item["not"] if one.get("see") != name]} if "not" in item else {})


@pytest.fixture(scope="module")
def grown() -> Bot:
    """The shop, built without some entries, which were put in one after the other."""
    items = items_of(read_folder(SHOP / "base"), str(SHOP / "base"))
    added = {item["id"]: item for item in items if item.get("id") in ADDED}
    rest = [item for item in items if item.get("id") not in ADDED]
    for name in ADDED:
        rest = [_without(name, item) for item in rest]
    bot = Bot.from_entries(rest)
    for name in ADDED:
        bot = bot.with_entry(added[name])
    return bot


def _held(index: Index) -> set[tuple[int, str]]:
    """Which owner holds which term."""
    terms = np.repeat(np.arange(len(index.rarity)), np.diff(index.holders.starts))
    return {(int(term), index.targets[target].id) for term, target in zip(terms, index.holders.columns, strict=True)}


def test_the_terms_are_those_of_an_index_that_is_built_anew(grown: Bot, shop: Bot) -> None:
    new, whole = grown.index, shop.index
    assert sorted(new.wordings) == sorted(whole.wordings)
    assert (new.stems, list(new.ngrams), list(new.skip_bigrams)) == (whole.stems, list(whole.ngrams), list(whole.skip_bigrams))
    assert _held(new) == _held(whole)
    assert {target.id: target.subject for target in new.targets} == {target.id: target.subject for target in whole.targets}
    np.testing.assert_allclose(new.rarity, whole.rarity, rtol=NEAR)
    assert new.meanings.numbers == whole.meanings.numbers
    assert set(new.meanings.told) == set(whole.meanings.told)
    assert grown.lexicon.speller.words == shop.lexicon.speller.words
    assert list(grown.lexicon.speller.starts) == list(shop.lexicon.speller.starts)


def test_the_decisions_are_those_of_a_base_that_is_built_anew(grown: Bot, shop: Bot) -> None:
    whole = replace(shop, fit=grown.fit)  # a fit to a few rows less moves scores by some two points
    asked = [case.turns[-1] for case in read_cases(SHOP / "questions.yaml")]
    asked += [text for text in wordings_of(("faq", "myth"), shop.index) if "{" not in text][::3]
    assert [text for text in asked if _decided(grown, text) != _decided(whole, text)] == []


def _decided(bot: Bot, text: str) -> tuple[str, list[str], list[str]]:
    reply = bot.ask(text)
    return reply.status, [answer.id for answer in reply.answers], [option.id for option in reply.options]


SOUND = {"id": "moon", "question": "What is the moon?", "alternates": ["our satellite"], "answer": "A rock."}


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"id": "is-planet"}, "duplicate-id"),
        ({"id": "weather"}, "duplicate-id"),
        ({"topic": "sun"}, "dangling-id"),
        ({"related": ["sun"]}, "dangling-id"),
        ({"sources": [{"id": "globe"}]}, "dangling-source"),
        ({"alternates": ["is {star} a moon"]}, "unknown-entity"),
        ({"answer": ""}, "empty"),
        ({"type": "synonyms", "word": "moon", "synonyms": ["luna"]}, "unknown-key"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told(planets: Bot, changed: dict[str, Any], rule: str) -> None:
    with pytest.raises(KnowledgeBaseError) as raised:
        planets.with_entry(SOUND | changed)
    assert rule in {problem.rule for problem in raised.value.problems}


@pytest.fixture(scope="module")
def planets(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return Bot.load(write(tmp_path_factory.mktemp("planets")))


def test_the_bot_that_an_entry_was_added_to_stays_as_it_was(planets: Bot) -> None:
    version, more = planets.kb.version, planets.with_entry(SOUND)
    assert more.ask("our satellite").answers[0].text == "A rock."
    assert more.kb.version != version == planets.kb.version
    assert not planets.ask("our satellite").answers
    assert more.explain("our satellite")
