"""The names, synonyms and typing errors of the shipped base."""

import pytest

from bot import Bot
from bot.matching.query import Query, read


def _read(bot: Bot, text: str) -> Query:
    return read(text, bot.lexicon)


@pytest.mark.parametrize(
    ("text", "typed", "mended"),
    [
        ("what is a red notcie", "notcie", "notice"),
        ("waht does it do", "waht", "what"),
        ("the comission", "comission", "commission"),
        ("a difusion", "difusion", "diffusion"),
        ("kyrgyztan", "kyrgyztan", "kyrgyzstan"),
        ("intrepol", "intrepol", "interpol"),
    ],
)
def test_typing_errors_are_mended_and_told(bot: Bot, text: str, typed: str, mended: str) -> None:
    corrections = {item.typed: item.read for item in bot.ask(text).corrections}
    assert corrections == {typed: mended}
    assert f"“{typed}” as “{mended}”" in bot.ask(text).text


@pytest.mark.parametrize("word", ["dental", "motion", "diffident", "solace", "warranty", "arrears", "novice", "red", "ncb", "xyz"])
def test_a_word_is_no_typing_error_and_short_ones_stay(bot: Bot, word: str) -> None:
    assert not _read(bot, f"is it {word}").corrections


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is Holland in", ["Netherlands"]),
        ("are the Dutch members", ["Netherlands"]),
        ("can the US and the UK join", ["United States", "United Kingdom"]),
        ("can us two join", []),
        ("is it so, and can he be in", []),
        ("Are DK and NO members", ["Denmark", "Norway"]),
        ("ARE WE IN OR NO", []),
        ("is south korea in", ["South Korea"]),
        ("papua new guinea", ["Papua New Guinea"]),
        ("is Scotland in", ["Scotland"]),
        ("cote d'ivoire or ivory coast", ["Côte d'Ivoire", "Côte d'Ivoire"]),
    ],
)
def test_names_the_longest_first_and_codes_in_capitals_only(bot: Bot, text: str, names: list[str]) -> None:
    found = [value.name for mention in _read(bot, text).mentions if mention.entity == "country" for value in mention.values]
    assert found == names


def test_an_ambiguous_name_means_each_that_bears_it(bot: Bot) -> None:
    (mention,) = _read(bot, "is congo in").mentions
    assert {value.code for value in mention.values} == {"CD", "CG"}


def test_synonyms_are_read_alike_longest_first(bot: Bot) -> None:
    query = _read(bot, "where is the head office of the cops")
    assert ("head office", "headquart") in query.synonyms
    assert query.readings[0] == _read(bot, "where is the headquarters of the police").readings[0]
