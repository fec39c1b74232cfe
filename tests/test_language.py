"""Recognising another language: when it is worth trying, and what is never taken for one."""

from pathlib import Path

import pytest
from base import write

from bot.english.detection import ENGLISH, FEWEST, NONE, SURE, language_of, worth_asking
from bot.load import load


@pytest.mark.parametrize(
    ("text", "words", "strange", "worth"),
    [
        pytest.param("a b c", "a b c", "a b c", False, id="too few words"),
        pytest.param("a b c d", "a b c d", "a", True, id="a quarter strange"),
        pytest.param("a b c d e", "a b c d e", "a", False, id="less"),
        pytest.param("à b c d e", "a b c d e", "a", True, id="less, with an accent"),
        pytest.param("à b c d e", "a b c d e", "", False, id="an accent alone"),
        pytest.param("один два", "", "", True, id="another script"),
        pytest.param("总部在哪里", "", "", True, id="a script that does not part words"),
        pytest.param("один"[: FEWEST - 1], "", "", False, id="too few letters"),
        pytest.param("?!", "", "", False, id="no letters"),
    ],
)
def test_what_is_worth_recognising(text: str, words: str, strange: str, worth: bool) -> None:
    assert worth_asking(text, words.split(), strange.split()) is worth


def test_a_language_that_is_not_known_is_not_named() -> None:
    assert language_of("hoeveel winkels zijn er open in deze straat", ["nl"]) == "nl"
    assert language_of("hoeveel winkels zijn er open in deze straat", []) in (None, NONE)
    assert language_of("hoeveel winkels zijn er open in deze straat", ["nl", "xx"]) == "nl"


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\ud800", "😂", "a" * 10_000])
def test_nothing_is_too_odd_to_be_asked_about(text: str) -> None:
    assert language_of(text, ["nl", "de"]) in (None, NONE)


def test_the_limits_leave_no_room_for_english() -> None:
    assert SURE > ENGLISH


def test_the_languages_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    text = "fr: {name: French, line: Ce programme ne lit que l'anglais.}\nde: {name: German, line: Nur Englisch.}\n"
    found = load(write(tmp_path, {"languages.yaml": text})).kb.languages
    assert [(item.code, item.name, item.line) for item in found.values()] == [
        ("de", "German", "Nur Englisch."),
        ("fr", "French", "Ce programme ne lit que l'anglais."),
    ]


def test_a_folder_without_the_file_knows_no_language(tmp_path: Path) -> None:
    assert load(write(tmp_path, {"languages.yaml": None})).kb.languages == {}
