"""The shop that the engine's tests stand on: a sound base, about which its tables measure something."""

from collections import Counter
from datetime import date

from conftest import SHOP

from bot import Bot
from bot.evaluate.cases import read_cases
from bot.evaluate.measure import measure, seen
from bot.kb.files import read_folder
from bot.load import examine

QUESTIONS = read_cases(SHOP / "questions.yaml")
CHATS = read_cases(SHOP / "chats.yaml")


def test_the_base_has_everything_that_the_engine_knows_and_no_errors() -> None:
    folder = SHOP / "base"
    kb, problems = examine(read_folder(folder), folder, "", date(2026, 11, 29))
    assert [problem for problem in problems if problem.level == "error"] == []
    assert Counter(entry.kind for entry in kb.entries.values())["myth"] >= 4
    assert {item.kind for item in kb.talk.values()} == {"chat", "calm", "human", "danger", "trouble", "declined", "outside"}
    assert any(entity.naming for entity in kb.entities.values())
    assert any(entity.ambiguous for entity in kb.entities.values())
    assert kb.synonyms
    assert kb.opposites.pairs
    assert kb.languages


def test_no_row_stands_among_the_wordings(shop: Bot) -> None:
    assert seen(shop, [*QUESTIONS, *CHATS]) == []


def test_most_questions_are_answered_right_and_hardly_any_wrong(shop: Bot) -> None:
    counts = Counter(result.outcome for result in measure(shop, [case for case in QUESTIONS if case.in_scope]))
    assert counts["right"] >= 0.8 * counts.total()
    assert counts["wrong"] <= 0.02 * counts.total()


def test_what_has_no_answer_is_refused(shop: Bot) -> None:
    outside = [case for case in QUESTIONS if not case.in_scope and not case.chat]
    assert {result.outcome for result in measure(shop, outside)} == {"refused"}
