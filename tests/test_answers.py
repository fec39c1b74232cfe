"""What people get: measured on questions written blind, and row by row where a promise is made."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from base import write
from conftest import TODAY

from bot import Bot
from bot.evaluate.cases import Case, read_cases
from bot.evaluate.measure import measure, seen
from bot.knowledge import subjects_of
from bot.matching.build_index import built
from bot.matching.rivals import contested

QUESTIONS = read_cases(Path(__file__).with_name("content") / "questions.yaml")


def test_there_are_questions() -> None:
    assert Counter(case.in_scope for case in QUESTIONS)[True] > 200
    assert Counter(case.in_scope for case in QUESTIONS)[False] > 60


def test_most_questions_are_answered_right_and_few_wrong(bot: Bot) -> None:
    """Questions written without sight of the base. The floors are below what is reached, so that one row may be lost."""
    counts = Counter(result.outcome for result in measure(bot, [case for case in QUESTIONS if case.in_scope]))
    assert counts["right"] >= 0.93 * counts.total()
    assert counts["wrong"] <= 0.025 * counts.total()


def test_what_has_no_answer_is_refused(bot: Bot) -> None:
    counts = Counter(result.outcome for result in measure(bot, [case for case in QUESTIONS if not case.in_scope]))
    assert counts["refused"] >= 0.96 * counts.total()
    assert counts["wrong"] <= 0.02 * counts.total()


def test_no_test_question_stands_among_the_alternates(bot: Bot) -> None:
    assert seen(bot, QUESTIONS) == []


def _own_questions(bot: Bot) -> list[Case]:
    return [Case("own", (text,), (entry.id,)) for entry in bot.kb.entries.values() for text in entry.questions if "{" not in text]


def _subject(bot: Bot, name: str) -> str:
    return subjects_of(bot.kb.entries)[name]


def test_each_entry_wins_its_own_questions(bot: Bot) -> None:
    """A wording that leads elsewhere than to its own subject was written into the wrong entry.

    No other subject can be as near to a wording as its own entry unless rivals.py says so: those wordings are asked, each plain question,
    and of the rest every tenth.
    """
    close = contested(*built(bot.kb))
    lost = [
        (case.message, case.accept[0], best[0][0])
        for place, case in enumerate(_own_questions(bot))
        if (case.accept[0], case.message) in close or case.message == bot.kb.entries[case.accept[0]].question or place % 10 == 0
        if (best := bot.rank(case.message, 1)) and _subject(bot, best[0][0]) != _subject(bot, case.accept[0])
    ]
    assert lost == []


@pytest.mark.parametrize("text", ["red notice", "RED NOTICE!!", "  red   notice ", "Réd nótice"])
def test_form_does_not_change_the_answer(bot: Bot, text: str) -> None:
    assert [answer.id for answer in bot.ask(text).answers] == ["red-notice"]


def test_the_number_of_ranked_entries_does_not_change_the_first(bot: Bot) -> None:
    for case in QUESTIONS[::7]:
        assert bot.rank(case.message, 1)[:1] == bot.rank(case.message, 5)[:1] == bot.rank(case.message, 40)[:1]


def test_answers_do_not_depend_on_the_order_of_files(bot: Bot, tmp_path: Path) -> None:
    entries = [
        {"id": entry.id, "questions": [text for text in entry.questions if "{" not in text], "answer": entry.answer}
        for entry in bot.kb.entries.values()
    ]
    one, two = Bot.from_entries(entries), Bot.from_entries([{**entry, "questions": entry["questions"]} for entry in reversed(entries)])
    for case in QUESTIONS[::5]:
        assert one.rank(case.message) == two.rank(case.message)


def test_names_with_several_meanings_are_all_told(bot: Bot) -> None:
    (answer,) = bot.ask("is korea a member of interpol").answers
    assert {(slot.name, slot.status) for slot in answer.slots["country"]} == {("North Korea", "not-member"), ("South Korea", "member")}


def test_every_row_of_the_list_has_its_status_told(bot: Bot) -> None:
    told: Counter[str] = Counter()
    for value in bot.kb.entities["country"].values:
        (answer,) = bot.ask(f"is {value.name} a member of INTERPOL").answers
        slots = {slot.name: slot.status for slot in answer.slots["country"]}
        assert slots[value.name] == value.status
        told[value.status] += 1
    assert told["member"] == 196
    assert told["not-member"] >= 4


def test_a_place_that_is_not_listed_is_not_denied(bot: Bot) -> None:
    reply = bot.ask("is Atlantis a member of INTERPOL")
    assert not any(answer.slots for answer in reply.answers)
    assert "is not a member" not in reply.text


def _at(folder: Path, today: date) -> Bot:
    return Bot.load(folder, clock=lambda: today)


def test_a_stale_answer_says_so_and_an_expired_one_is_not_given(tmp_path: Path) -> None:
    folder = write(tmp_path)
    question = "how deep is the deepest ocean"
    fresh, stale = _at(folder, date(2027, 1, 1)).ask(question), _at(folder, date(2027, 1, 2)).ask(question)
    assert [fresh.answers[0].stale, stale.answers[0].stale] == [False, True]
    assert "due to be checked again by 2027-01-01" in stale.text
    assert "due to be checked" not in fresh.text
    last, after = _at(folder, date(2030, 1, 1)).ask("is Pluto a planet"), _at(folder, date(2030, 1, 2)).ask("is Pluto a planet")
    assert (last.status, after.status, after.reason, after.answers) == ("answer", "none", "expired", [])


def test_a_year_on_the_shipped_base_still_answers_with_its_caveat(bot: Bot) -> None:
    later = replace(bot, clock=lambda: TODAY + timedelta(days=400))
    (answer,) = later.ask("what is a red notice").answers
    assert answer.stale


def test_who_asks_about_a_myth_reads_the_verdict_first_and_the_claim_once(bot: Bot) -> None:
    for entry in bot.kb.entries.values():
        if entry.kind == "myth":
            shown = bot.show(entry.id)
            assert shown is not None
            (answer,) = shown.reply.answers
            warning, fact, why, again = answer.text.split("\n\n")
            assert (answer.stance, fact, why, again) == ("asks", entry.answer, entry.why, entry.remember)
            assert warning.count(str(entry.claim)) == answer.text.count(str(entry.claim)) == 1


@pytest.mark.parametrize(
    ("text", "stance", "roles"),
    [
        ("a red notice is an international arrest warrant", "asserts_myth", ["fact", "warning", "why", "fact"]),
        ("is a red notice an international arrest warrant", "asks", ["warning", "fact", "why", "fact"]),
        ("a red notice is not an international arrest warrant", "denies_myth", ["fact", "fact"]),
    ],
)
def test_a_myth_is_told_by_what_the_sender_does_with_it(bot: Bot, text: str, stance: str, roles: list[str]) -> None:
    reply = bot.ask(text)
    (answer,) = reply.answers
    assert answer.stance == stance
    assert [block.role for block in reply.blocks][: len(roles)] == roles
    assert answer.text.startswith("That is right: ") == (stance == "denies_myth")
    assert (str(answer.claim) in answer.text) == (stance != "denies_myth")


def test_a_denial_that_names_a_wrong_figure_is_not_called_right(bot: Bot) -> None:
    (answer,) = bot.ask("a red notice lasts for 77 years, not for six months").answers
    assert answer.agreement is None
    assert "That is right" not in answer.text


@pytest.mark.parametrize(
    ("text", "agreement", "lead"),
    [
        ("Iran is a member of INTERPOL", "holds", "That is right: "),
        ("Germany is not a member of INTERPOL", "fails", "That is not what our sources say: "),
        ("how many member countries does INTERPOL have", None, "INTERPOL "),
    ],
)
def test_a_statement_is_told_whether_it_is_so(bot: Bot, text: str, agreement: str | None, lead: str) -> None:
    (answer,) = bot.ask(text).answers
    assert answer.agreement == agreement
    assert answer.text.startswith(lead)


def test_exclusions_keep_a_near_miss_out(tmp_path: Path) -> None:
    text = "id: trench\nquestion: What is a trench?\nanswer: A deep valley.\nsources: [{id: atlas}]\nnot: [{say: what is a trench coat}]\n"
    bot = Bot.load(write(tmp_path, {"faq/trench.yaml": text}))
    assert [answer.id for answer in bot.ask("what is a trench").answers] == ["trench"]
    assert bot.ask("what is a trench coat").answers == []


def test_see_leads_to_the_entry_that_answers(tmp_path: Path) -> None:
    text = (
        "id: trench\nquestion: What is a trench?\nanswer: A valley.\nsources: [{id: atlas}]\n"
        "not: [{say: how deep a trench goes, see: deepest-ocean}]\n"
    )
    bot = Bot.load(write(tmp_path, {"faq/trench.yaml": text}))
    assert [answer.id for answer in bot.ask("how deep a trench goes").answers] == ["deepest-ocean"]


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("hello", "smalltalk", None),
        ("are you interpol", "smalltalk", None),
        ("someone is threatening me with a knife", "smalltalk", "danger"),
        ("I want to talk to a human being", "handoff", "asked-for-human"),
        ("what will the weather be tomorrow", "none", "out-of-scope"),
        ("how many members does NATO have", "none", None),
        ("", "none", "no-words"),
        ("😂", "none", "no-words"),
        ("ما هي النشرة الحمراء؟", "none", "other-language"),
        ("x", "none", "too-short"),
        ("zzgrk bnnpf", "none", "unknown-words"),
    ],
)
def test_status_and_reason(bot: Bot, text: str, status: str, reason: str | None) -> None:
    reply = bot.ask(text)
    assert reply.status == status
    assert reason is None or reply.reason == reason
    assert reply.text


def test_from_entries_answers_without_sources() -> None:
    bot = Bot.from_entries([
        {"id": "returns", "questions": ["How do I return a parcel?", "send goods back", "give it back for a refund"], "answer": "By post."},
        {"id": "hours", "questions": ["When are you open?", "opening hours", "closing time on Saturday"], "answer": "Nine to five."},
    ])  # fmt: skip
    assert bot.ask("what are your opening hours").answers[0].text == "Nine to five."
    assert bot.ask("how can I send back a parcel").answers[0].id == "returns"
    assert bot.ask("who is the king of Spain").status == "none"
    assert bot.rank("opening hours", 1)[0][0] == "hours"


def test_the_question_of_an_entry_is_answered_by_it_alone_however_many_it_asks(bot: Bot) -> None:
    for before in (None, bot.ask("what is a red notice").context):
        for entry in bot.kb.entries.values():
            assert [answer.id for answer in bot.ask(entry.question, before).answers] == [entry.id]
