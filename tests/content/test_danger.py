"""People in danger and in trouble reach help first, in every base and in other languages; nobody else is sent to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from base import write

from bot import Bot, Reply
from bot.english.tokens import plain_words
from bot.evaluate.cases import read_cases
from bot.kb.defaults import group
from bot.kb.schema import DEFAULTS
from bot.load import load
from bot.matching import distress

HERE = Path(__file__).parent
Rows = dict[str, list[str]]


def _table(name: str) -> dict[str, Rows]:
    return yaml.load((HERE / name).read_text("utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]


SETS: dict[str, Rows] = {name: _table(f"manners_{name}.yaml") for name in ("blind", "fresh")}  # type: ignore[misc]
ALONE: Rows = _table("manners_alone.yaml")  # type: ignore[assignment]
LANGUAGES = _table("danger_languages.yaml")
HELP = {
    "arrested-help", "child-abuse-images", "digital-arrest", "fraud-victim", "igrip", "intimate-blackmail", "missing-child",
    "missing-person", "parental-abduction", "torture-return", "trafficking-help",
}  # fmt: skip
"""Entries that say what to do now before anything else."""

CHEATED = HELP | {
    "impersonation", "myth-works-for-us", "online-fraud", "report-crime", "scam-fake-officer", "scam-fake-red-notice", "scam-payment",
    "scam-recovery", "scam-recruiter", "stolen-passport",
}  # fmt: skip
"""Entries that help whoever was cheated as well."""


@pytest.fixture(scope="module")
def desk() -> Bot:
    """A base of two entries and nothing else."""
    return Bot.from_entries(
        [
            {"id": "hours", "questions": ["When is the study room open?", "opening hours", "quiet study room"], "answer": "Until ten."},
            {"id": "returns", "questions": ["How do I return a parcel?", "send something back"], "answer": "By post."},
        ]
    )


def _helped(reply: Reply) -> bool:
    return (reply.status, reply.reason) == ("smalltalk", "danger")


def _good(kind: str, reply: Reply) -> bool:
    answered = {answer.id for answer in reply.answers}
    return {
        "danger": _helped(reply) or bool(answered & HELP),
        "trouble": _helped(reply) or bool(answered & HELP),
        "cheated": _helped(reply) or bool((answered | {option.id for option in reply.options}) & CHEATED),
        "calm": not _helped(reply),
        "accused": reply.reason != "declined",
        "person": reply.status == "handoff" or "contact" in answered,
        "desk": reply.status in ("smalltalk", "handoff"),
    }[kind]


def _share(kind: str, bot: Bot) -> float:
    judged = [_good(kind, bot.ask(text)) for rows in SETS.values() for text in rows[kind]]
    return sum(judged) / len(judged)


@pytest.mark.parametrize(
    ("kind", "least"),
    [("danger", 0.95), ("trouble", 0.9), ("cheated", 0.9), ("calm", 0.95), ("accused", 1.0), ("person", 0.95), ("desk", 0.95)],
)
def test_every_kind_gets_its_share(bot: Bot, kind: str, least: float) -> None:
    assert _share(kind, bot) >= least


@pytest.mark.parametrize(("kind", "least"), [("danger", 0.9), ("trouble", 0.9), ("calm", 0.9), ("person", 0.9), ("desk", 0.9)])
def test_a_base_of_two_entries_helps_too(desk: Bot, kind: str, least: float) -> None:
    assert _share(kind, desk) >= least


@pytest.mark.parametrize("kind", ALONE)
def test_a_word_alone_is_a_cry_if_it_is_one_by_itself(bot: Bot, desk: Bot, kind: str) -> None:
    assert [
        text for asked in (bot, desk) for text in ALONE[kind] if not _good("cheated" if text == "scammed" else kind, asked.ask(text))
    ] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_danger_is_understood_in_other_languages(bot: Bot, desk: Bot, code: str) -> None:
    told = [text for kind in ("danger", "fresh") for text in LANGUAGES[code][kind]]
    for asked in (bot, desk):
        assert sum(_helped(asked.ask(text)) for text in told) >= 0.9 * len(told)
        assert [text for text in LANGUAGES[code]["calm"] if _helped(asked.ask(text))] == []


def test_help_is_told_in_the_language_of_the_message(bot: Bot) -> None:
    for code, rows in LANGUAGES.items():
        lines = {item.line for item in bot.kb.languages[code].distress}
        assert bot.ask(rows["danger"][0]).text in lines


def test_no_english_and_no_question_in_another_language_is_taken_for_a_cry(bot: Bot) -> None:
    cases = [case.message for name in ("questions.yaml", "manners.yaml") for case in read_cases(HERE / name)]
    asked = [*cases, *(text for texts in _table("languages.yaml").values() for text in texts)]
    assert len(asked) > 800
    assert [text for text in asked if distress.find(text, bot.kb.languages.values())] == []


def _lines() -> Iterator[str]:
    """Every line for people in danger and in trouble."""
    for name in DEFAULTS:
        yield from (talk.answer for talk in group(name).talk.values() if talk.kind in ("danger", "trouble"))
        yield from (item.line for language in group(name).languages.values() for item in language.distress)


def test_every_line_for_people_in_danger_names_the_emergency_number() -> None:
    lines = list(_lines())
    assert len(lines) >= 30
    assert [line for line in lines if not ("112" in line and "911" in line and "999" in line)] == []


def test_the_defaults_are_sound_and_are_about_no_organisation() -> None:
    for name in DEFAULTS:
        assert group(name).problems == ()
    texts = [text for name in DEFAULTS for talk in group(name).talk.values() for text in (talk.answer, *talk.alternates)]
    assert [text for text in texts if "interpol" in text.lower() or "factotum" in text.lower()] == []


def test_no_row_was_copied_into_the_defaults() -> None:
    known = {plain_words(text) for name in DEFAULTS for talk in group(name).talk.values() for text in talk.alternates}
    rows = [text for name, rows in SETS.items() for kind in rows for text in rows[kind] if (name, kind) != ("fresh", "desk")]
    kept = {"hello there", "thank you so much", "are you still there", "is anybody there", "i have been kidnapped", "i was trafficked"}
    assert [text for text in rows if plain_words(text) in known and text.lower() not in kept] == []


def test_a_base_says_a_default_in_its_own_words_and_adds_wordings(tmp_path: Path) -> None:
    text = "- {id: thanks, kind: chat, answer: Our pleasure.}\n- {id: greeting, kind: chat, alternates: [ahoy there], answer: Ahoy.}\n"
    bot = Bot.load(write(tmp_path, {"smalltalk.yaml": text}))
    assert [bot.ask(said).text for said in ("thanks a lot", "ahoy there", "good morning")] == ["Our pleasure.", "Ahoy.", "Ahoy."]


def test_a_base_switches_defaults_off(tmp_path: Path) -> None:
    few = load(write(tmp_path / "few", {"settings.yaml": "defaults: [human]\n", "smalltalk.yaml": None, "outside.yaml": None})).kb
    assert {talk.kind for talk in few.talk.values()} == {"human"}
    none = load(write(tmp_path / "none", {"settings.yaml": "defaults: []\n", "smalltalk.yaml": None, "outside.yaml": None})).kb
    assert none.talk == {}


def test_what_a_base_answers_itself_is_no_default() -> None:
    given = {"id": "tickets", "questions": ["open a ticket", "raise a ticket"], "answer": "Under My tickets."}
    reply = Bot.from_entries([given]).ask("open a ticket")
    assert [answer.id for answer in reply.answers] == ["tickets"]


def test_where_a_human_is_reached_is_filled_in(tmp_path: Path) -> None:
    asked = "can i attach a document"
    assert Bot.load(write(tmp_path)).ask(asked).text.endswith("Ring the desk.")
    assert "{handoff}" not in Bot.from_entries([]).ask(asked).text
