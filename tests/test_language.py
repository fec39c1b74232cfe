"""Recognising another language: when it is worth trying, and what is never taken for one."""

from pathlib import Path

import pytest
from base import write

from bot import Bot
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
    found = load(write(tmp_path, {"languages.yaml": text, "settings.yaml": "defaults: [danger]\n"})).kb.languages
    assert [(item.code, item.name, item.line) for item in found.values()] == [
        ("de", "German", "Nur Englisch."),
        ("fr", "French", "Ce programme ne lit que l'anglais."),
    ]


def test_a_folder_without_the_file_has_the_default_languages_unless_it_switches_them_off(tmp_path: Path, bot: Bot) -> None:
    given = {"languages.yaml": None, "settings.yaml": "defaults: []\n"}
    assert load(write(tmp_path / "none", given)).kb.languages == {}
    found = load(write(tmp_path / "all", {"languages.yaml": None})).kb.languages
    assert found.keys() == bot.kb.languages.keys()
    assert not any("INTERPOL" in item.line for item in found.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("COMO PUEDO SABER SI ME BUSCAN 12345", "es"),
        ("wie viele mitglieder hat es eigentlich https://www.example.com/some/english/words", "de"),
        ("comment savoir si je suis recherché ?????? !!!!!", "fr"),
    ],
)
def test_capitals_links_numbers_and_runs_of_signs_say_nothing_of_the_language(bot: Bot, text: str, code: str) -> None:
    assert language_of(text, bot.kb.languages) == code


@pytest.mark.parametrize(
    ("text", "code", "offered"),
    [
        pytest.param("hola, necesito ayuda, me llamó la interpol", "es", "what-is-interpol", id="a greeting does not swallow the rest"),
        pytest.param("como puedo saber si me buscan gracias", "es", "", id="nor do thanks"),
        pytest.param("was ist eine red notice und wer kann sie beantragen", "de", "red-notice", id="a term of the base"),
        pytest.param("kan ik in Georgia gearresteerd worden door interpol", "nl", "country-membership", id="a country"),
        pytest.param("quelle est la recette des crêpes", "fr", "", id="nothing of the base's"),
    ],
)
def test_a_person_who_writes_in_another_language_reads_its_line_and_the_nearest_entry(bot: Bot, text: str, code: str, offered: str) -> None:
    reply = bot.ask(text)
    assert (reply.status, reply.reason) == ("none", "other-language")
    assert reply.text.startswith(bot.kb.languages[code].line)
    assert [option.id for option in reply.options][:1] == ([offered] if offered else [])


@pytest.mark.parametrize("text", ["kya interpol mujhe giraftar kar sakta hai", "kayf a3raf iza kunt matlub lil interpol"])
def test_words_of_a_romanised_language_are_no_typing_errors(bot: Bot, text: str) -> None:
    assert bot.ask(text).corrections == []


@pytest.mark.parametrize("name", ["elon", "soros", "guzman", "salman", "mallya", "modi"])
def test_a_name_is_no_typing_error(bot: Bot, name: str) -> None:
    assert bot.lexicon.speller.correct(name) == name
