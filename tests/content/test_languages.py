"""The languages of the shipped base: each is recognised, and no English is taken for one, however it is spelt."""

from pathlib import Path

import pytest
import yaml

from bot import Bot
from bot.english.detection import NONE, language_of, worth_asking
from bot.evaluate.cases import read_cases
from bot.matching import query, scope

HERE = Path(__file__).parent
ROWS: dict[str, list[str]] = yaml.load((HERE / "languages.yaml").read_text("utf-8"), yaml.BaseLoader)
FOREIGN = {text: code for code, texts in ROWS.items() if code not in ("en", NONE) for text in texts}
NEAR = ({"hr", "sr"}, {"id", "ms"})
MEANT_FOREIGN = {
    "Wie spät ist es in Berlin?",
    "¿Dónde está la biblioteca?",
    "quelle est la recette des crêpes",
    "今天天气怎么样",
    "как приготовить борщ",
}
"""Rows of questions.yaml that are in another language."""


def _worth(bot: Bot, text: str) -> bool:
    asked = query.read(text, bot.lexicon)
    return worth_asking(text, asked.words, scope.strange(asked, bot.index))


def test_there_are_rows() -> None:
    assert len(FOREIGN) >= 90
    assert len(set(FOREIGN.values())) >= 25
    assert len(ROWS["en"]) >= 40


@pytest.mark.parametrize(("text", "code"), FOREIGN.items())
def test_a_question_in_another_language_is_recognised(bot: Bot, text: str, code: str) -> None:
    assert language_of(text, bot.kb.languages) == code


def test_keys_struck_at_random_are_no_language(bot: Bot) -> None:
    assert {language_of(text, bot.kb.languages) for text in ROWS[NONE]} == {NONE}


def test_english_is_never_taken_for_another_language(bot: Bot) -> None:
    labelled = [case.message for name in ("questions.yaml", "manners.yaml") for case in read_cases(HERE / name) if case.kind != "foreign"]
    asked = [text for text in (*ROWS["en"], *labelled) if text not in MEANT_FOREIGN]
    assert [text for text in asked if _worth(bot, text) and language_of(text, bot.kb.languages) not in (None, NONE)] == []


def test_nearly_all_foreign_questions_and_hardly_any_english_ones_are_worth_recognising(bot: Bot) -> None:
    asked = [case.message for case in read_cases(HERE / "questions.yaml")]
    assert sum(_worth(bot, text) for text in FOREIGN) >= 0.95 * len(FOREIGN)
    assert sum(_worth(bot, text) for text in asked) <= 0.05 * len(asked)


def test_every_language_of_the_base_is_one_that_is_recognised_by_its_own_line(bot: Bot) -> None:
    assert len(bot.kb.languages) >= 30
    found = {code: language_of(item.line, bot.kb.languages) or "" for code, item in bot.kb.languages.items()}
    assert [(code, other) for code, other in found.items() if code != other and {code, other} not in NEAR] == []


def test_no_line_and_no_name_stands_twice(bot: Bot) -> None:
    languages = bot.kb.languages.values()
    assert len({item.line for item in languages}) == len({item.name for item in languages}) == len(languages)
