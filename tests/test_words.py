"""Text to words, words to a query: what counts as the same, what is mended, what is a name."""

import pytest

from bot import Bot
from bot.english.tokens import LONGEST, plain_words, safe, typed_words
from bot.matching.query import Query, lexicon, read
from bot.matching.spelling import speller_of

SAME = [
    pytest.param("What's a RED NOTICE?", "what is a red notice", id="case, punctuation, the verb 's"),
    pytest.param("can’t “they” — really", "can not they really", id="typographic marks"),
    pytest.param("Côte d'Ivoire", "cote d ivoire", id="accents, an apostrophe inside a name"),
    pytest.param("ﬁle №5", "file no5", id="compatibility forms"),
    pytest.param("won't don't they'll I'm he'd", "will not do not they will i am he would", id="contractions"),
    pytest.param("dont cant whats u r pls", "do not can not what is you are please", id="typed on a phone"),
    pytest.param("I-24/7 e-mail", "i 24 7 e mail", id="hyphens and strokes part words"),
    pytest.param("a\x1b[31mred\x1b[0m\u202e notice\x00", "ared notice", id="escapes and control characters are not there"),
    pytest.param("🚔🚨 ....??", "", id="no words"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "words"), SAME)
def test_same_text(text: str, words: str) -> None:
    assert " ".join(plain_words(text)) == words


def test_a_placeholder_is_a_word_for_the_curator_only() -> None:
    assert plain_words("is {country} in") == ("is", "{country}", "in")
    assert typed_words("is {country} in") == ("is", "country", "in")


def test_only_the_beginning_of_endless_text_is_read() -> None:
    assert len(plain_words("word " * LONGEST)) == LONGEST / 5


@pytest.mark.parametrize("text", ["\x1b[2Jx", "\x1b]0;title\x07x", "x\x9b31m", "\u202ex", "x\r\n", "\x1bcx"])
def test_safe_text_cannot_steer_a_terminal(text: str) -> None:
    assert not set(safe(text)) & {"\x1b", "\x07", "\x9b", "\u202e", "\r"}


def _read(shop: Bot, text: str) -> Query:
    return read(text, shop.lexicon)


@pytest.mark.parametrize(
    ("text", "typed", "mended"),
    [
        ("I lost my reciept", "reciept", "receipt"),
        ("waht does it cost", "waht", "what"),
        ("a vuocher", "vuocher", "voucher"),
        ("do you sell strawberies", "strawberies", "strawberries"),
        ("do you deliver to coldmree", "coldmree", "coldmere"),
    ],
)
def test_typing_errors_are_mended_and_told(shop: Bot, text: str, typed: str, mended: str) -> None:
    reply = shop.ask(text)
    assert {item.typed: item.read for item in reply.corrections} == {typed: mended}
    assert f"“{typed}” as “{mended}”" in reply.text


@pytest.mark.parametrize("word", ["dental", "money", "breed", "chop", "parting", "red", "xyz"])
def test_a_word_is_no_typing_error_and_short_ones_stay(shop: Bot, word: str) -> None:
    assert not _read(shop, f"is it {word}").corrections


@pytest.mark.parametrize(("typed", "read_as"), [("gibarltra", "gibraltar"), ("gibralttr", "gibraltar"), ("giraftar", "giraftar")])
def test_two_slips_that_change_too_many_letters_are_another_word(typed: str, read_as: str) -> None:
    assert speller_of({"gibraltar": 1}).correct(typed) == read_as


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("have you got loo paper", ["toilet paper"]),
        ("is there red wine and tea", ["wine", "tea"]),
        ("some sourdough please", ["sourdough"]),
        ("Is TEA here", ["tea"]),
        ("are BREAD and LOO in", ["bread", "toilet paper"]),
        ("where is the loo", []),
    ],
)
def test_names_the_longest_first_and_codes_in_capitals_only(shop: Bot, text: str, names: list[str]) -> None:
    found = [value.name for mention in _read(shop, text).mentions if mention.entity == "product" for value in mention.values]
    assert found == names


def test_an_ambiguous_name_means_each_that_bears_it(shop: Bot) -> None:
    (mention,) = _read(shop, "are there rolls").mentions
    assert {value.code for value in mention.values} == {"BREAD", "LOO"}


def test_synonyms_are_read_alike_longest_first(shop: Bot) -> None:
    asked = _read(shop, "is there a corner shop for money back")
    assert ("corner shop", "shop") in asked.synonyms
    assert asked.readings[0] == _read(shop, "is there a shop for refund").readings[0]


def test_a_lexicon_of_nothing_reads_anything() -> None:
    empty = Bot.from_entries([])
    assert read("anything at all", lexicon(empty.kb)).words == ("anything", "at", "all")
