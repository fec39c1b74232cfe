"""The shipped base's labelled questions keep their winner in whatever form they are typed, and real words near its own stay as they are."""

from pathlib import Path

import pytest
import yaml
from forms import CASE, FORMS, PADDING, SPELLINGS, Winners, lost, means_by_capitals
from orders import bot_of, turned

from bot import Bot
from bot.english.tokens import typed_words
from bot.evaluate.cases import read_cases
from bot.matching import query

HERE = Path(__file__).parent
CONFUSIONS: list[dict[str, str]] = yaml.safe_load((HERE / "confusions.yaml").read_text("utf-8"))
CASES = [case for case in read_cases(HERE / "questions.yaml") if len(case.turns) == 1]
QUESTIONS = [case.message for case in CASES]

IN_SPELLINGS = [  # Messages with one of them each.
    "what kind of organisation is interpol",
    "does interpol fight organised crime",
    "what does the colour of a notice mean",
    "what are the coloured notices for",
    "is there an internship programme",
    "is interpol the centre of the world's police",
    "which offence can a red notice be issued for",
    "can my defence lawyer see my file",
    "does every country recognise a red notice",
    "I did not realise that I was wanted by interpol",
    "who is authorised to ask for a notice",
    "will interpol apologise for a mistake",
    "why do people criticise interpol",
    "is travelling with a red notice possible",
    "I travelled on a passport that was reported stolen",
    "is a traveller checked against interpol's databases",
    "has my red notice been cancelled",
    "can my neighbour report me to interpol",
    "is every neighbouring country a member",
    "where do I complain about the behaviour of interpol",
    "does interpol fight forced labour",
    "does interpol favour rich countries",
    "is the rumour about interpol agents true",
    "must a country honour a red notice",
    "do interpol officers need a driving licence",
    "is there a catalogue of stolen works of art",
    "does interpol analyse data on criminals",
    "how do I enrol in a training of interpol",
    "does interpol look for stolen jewellery",
]


@pytest.fixture(scope="module")
def winner(bot: Bot) -> Winners:
    return Winners(bot)


def test_there_are_confusions() -> None:
    assert len({(row["typed"], row["never"]) for row in CONFUSIONS}) == len(CONFUSIONS) >= 60


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['typed']}-not-{row['never']}") for row in CONFUSIONS])
def test_a_real_word_is_read_as_itself(bot: Bot, row: dict[str, str]) -> None:
    typed, never = row["typed"], row["never"]
    assert bot.lexicon.speller.knows(never), "the row proves nothing: no word of the base is near"
    assert bot.lexicon.speller.correct(typed) == typed
    asked = query.read(f"what if it is about the {typed}, can you help", bot.lexicon)
    assert asked.corrections == ()
    assert typed in asked.words


def test_there_are_questions() -> None:
    assert len(QUESTIONS) > 300


@pytest.mark.parametrize("name", CASE)
def test_case_does_not_change_the_winner(bot: Bot, winner: Winners, name: str) -> None:
    told = [text for text in QUESTIONS if not means_by_capitals(text, bot.lexicon)]
    assert len(told) > 0.9 * len(QUESTIONS)
    assert lost(winner, told, CASE[name]) == []


@pytest.mark.parametrize("name", FORMS)
def test_form_does_not_change_the_winner(winner: Winners, name: str) -> None:
    assert lost(winner, QUESTIONS, FORMS[name]) == []


@pytest.mark.parametrize("name", PADDING)
def test_polite_words_do_not_change_the_winner(winner: Winners, name: str) -> None:
    """Only of a message that asks something: a greeting followed by thanks is thanks."""
    asked = [case.message for case in CASES if not case.chat and typed_words(case.message)]
    assert len(asked) > 0.9 * len(CASES)
    assert lost(winner, asked, PADDING[name]) == []


@pytest.mark.parametrize(("british", "american"), SPELLINGS.items())
def test_american_spelling_is_read_as_the_british(bot: Bot, british: str, american: str) -> None:
    assert query.read(british, bot.lexicon).readings == query.read(american, bot.lexicon).readings


def test_american_spelling_gets_what_british_does(winner: Winners) -> None:
    change = FORMS["American"]
    assert [text for text in IN_SPELLINGS if change(text) == text] == []
    assert lost(winner, IN_SPELLINGS, change) == []


def test_asking_for_more_options_does_not_change_the_first(bot: Bot) -> None:
    assert [text for text in QUESTIONS[::2] if not bot.rank(text, 1) == bot.rank(text, 5)[:1] == bot.rank(text, 40)[:1]] == []


def test_the_order_of_files_entries_wordings_and_synonyms_changes_neither_winners_nor_scores(bot: Bot, intents: Path) -> None:
    other = bot_of(turned(intents))
    assert [text for text in QUESTIONS[::3] if other.rank(text) != bot.rank(text)] == []
