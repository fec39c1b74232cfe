"""What people asked elsewhere is answered, and every reply of the shipped base fits a terminal."""

from statistics import median
from typing import Any

import pytest
import yaml
from answers import CONTENT, SCREEN, reached, screens

from bot import Bot

ASKED: list[dict[str, Any]] = yaml.safe_load((CONTENT / "asked.yaml").read_text("utf-8"))
ANSWERED = 42
WRONG = 3
"""Wordings of the table, of two for each question, that another entry may answer."""


@pytest.fixture(scope="session")
def told(bot: Bot) -> dict[str, tuple[frozenset[str], bool]]:
    return {message: (got, right) for got, message, right in reached(bot, "asked")}


def test_each_question_has_two_wordings_and_entries_that_exist(bot: Bot) -> None:
    assert len(ASKED) == 46
    assert all(len(row["say"]) == 2 and set(row["accept"]) - {"danger"} <= set(bot.kb.entries) for row in ASKED)
    known = {text.casefold() for entry in bot.kb.entries.values() for text in entry.questions}
    assert [message for row in ASKED for message in row["say"] if message.casefold() in known] == []


def test_what_people_asked_is_answered(told: dict[str, tuple[frozenset[str], bool]]) -> None:
    answered = [row["id"] for row in ASKED if any(told[message][1] for message in row["say"])]
    assert len(answered) >= ANSWERED


def test_few_of_the_wordings_are_answered_by_another_entry(bot: Bot, told: dict[str, tuple[frozenset[str], bool]]) -> None:
    wrong = [message for message, (got, right) in told.items() if not right and got & set(bot.kb.entries)]
    assert len(wrong) <= WRONG, wrong


def test_a_reply_fits_a_terminal_and_begins_on_its_screen(bot: Bot) -> None:
    lines = list(screens(bot))
    assert [name for name, _, begins in lines if not begins] == []
    assert median(count for _, count, _ in lines) <= SCREEN.height - 2
