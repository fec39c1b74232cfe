"""Conversations: what a message means after what was said, several questions at once, letters, and what is said when there is no answer."""

import io
import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Bot
from bot.commands.ask import answer_lines
from bot.dialogue.context import Context, dump, load
from bot.english.email import body
from bot.english.followups import parse_followup
from bot.english.sentences import Span, questions, sentences
from bot.evaluate.cases import Case, read_cases
from bot.evaluate.measure import measure

HERE = Path(__file__).parent
CHATS = read_cases(HERE / "chats.yaml")
CONVERSATIONS = read_cases(HERE / "conversations.yaml")
FURTHER = read_cases(HERE / "conversations_further.yaml")

LEAST = {"multi": 70, "follow-up": 86, "email": 94, "country": 90, "story": 70}
FURTHER_LEAST = {"multi": 75, "follow-up": 85, "email": 87, "country": 78}
"""The least share, in a hundred, of the rows of each kind that must come out right."""


@pytest.mark.parametrize("case", CHATS, ids=lambda case: " / ".join(case.turns)[:70])
def test_chats_come_out_right(bot: Bot, case: Case) -> None:
    (result,) = measure(bot, [case])
    assert result.as_wanted, (result.outcome, result.said)


@pytest.mark.parametrize(
    ("cases", "shares"), [pytest.param(CONVERSATIONS, LEAST, id="first"), pytest.param(FURTHER, FURTHER_LEAST, id="further")]
)
def test_conversations_come_out_right_often_enough(bot: Bot, cases: list[Case], shares: dict[str, int]) -> None:
    results = measure(bot, cases)
    assert {case.kind for case in cases} == set(shares)
    for kind, least in shares.items():
        rows = [result for result in results if result.case.kind == kind]
        right = sum(result.as_wanted for result in rows)
        failed = [(result.case.turns, result.outcome, result.said) for result in rows if not result.as_wanted]
        assert 100 * right >= least * len(rows), (kind, right, len(rows), failed)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("where is it and who runs it?", ("where is it", "who runs it?")),
        ("How long is the boat, who built it, and can I sail it?", ("How long is the boat", "who built it", "can I sail it?")),
        ("if it rains and the wind turns, can we go?", ("if it rains and the wind turns, can we go?",)),
        ("who pays, is it the town?", ("who pays, is it the town?",)),
        ("tides + currents", ("tides", "currents")),
        ("do the cat and the dog sleep?", ("do the cat and the dog sleep?",)),
        ("can a boat sink or does it float", ("can a boat sink or does it float",)),
        ("", ()),
    ],
)
def test_a_sentence_is_cut_where_a_question_begins(text: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.text for part in questions(Span(text, 0))) == parts


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("I lost my boat. Where do I report it?", [False, True]),
        ("Mr. Smith sails. He is old.", [False, False]),
        ("I would like to know how deep it is. Thank you.", [True, False]),
        ("had a row with my brother", [False]),
        ("PS can I come along", [True]),
    ],
)
def test_sentences_are_told_apart(text: str, asking: list[bool]) -> None:
    assert [sentence.asks for sentence in sentences(text)] == asking


LETTER = """Dear Sir or Madam,

my boat was taken from the harbour of Bergen in May. The harbour master saw two men
and wrote down the number of their van.

Where do I send my papers?

With kind regards,
Ola N.
Sent from my phone

On 3 May 2026 at 10:00, The Office wrote:
> What is a tide? Who owns the moon?
"""


def test_of_a_letter_the_senders_own_words_are_read() -> None:
    assert body(LETTER) == (
        "my boat was taken from the harbour of Bergen in May. The harbour master saw two men and wrote down the number of their van.\n"
        "Where do I send my papers?"
    )


def test_of_a_form_the_message_is_read() -> None:
    told = "I have looked at your pages for an hour and found nothing. Where is the harbour that the map of the year 1900 shows?"
    form = f"Name: A. B.\nE-mail: a@b.example\nCountry: Norway\nMessage: {told}"
    assert body(form) == told


def test_a_short_message_is_no_letter() -> None:
    assert body("hi\nwhere\nis it") == "hi\nwhere\nis it"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("2", {"choice": 2}),
        ("the second one please", {"place": 1}),
        ("tell me more about the last one", {"place": -1}),
        ("none of these", {"no": True}),
        ("yes please", {"yes": True}),
        ("tell me more", {"more": True}),
        ("that's not what I asked", {"not_asked": True, "dependent": False}),
        ("no, I meant Fiji", {"correction": True, "text": "Fiji"}),
        ("why not?", {"why": "why not"}),
        ("and who pays for it?", {"dependent": True}),
        ("who pays for the harbour?", {"dependent": False}),
        ("is there a harbour in Bergen?", {"dependent": False}),
        ("the second world war began when?", {"place": None}),
    ],
)
def test_how_a_message_leans_is_told_by_its_words(text: str, fields: dict[str, object]) -> None:
    lean = parse_followup(text)
    assert {name: getattr(lean, name) for name in fields} == fields


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*Context.__dataclass_fields__, "version", "x"]), inner),
    max_leaves=12,
)


@given(json_values)
def test_any_value_is_a_context(value: Any) -> None:
    context = load(value, {"red-notice": 1}, date(2026, 1, 1))
    assert load(dump(context), {"red-notice": 1}, date(2026, 1, 1)) == context or context.day == ""


def test_a_context_is_small_json_and_ages_out(bot: Bot) -> None:
    context = None
    for text in ["what is a red notice", "is Norway a member and who pays for it all? " * 40, "x", "good morning"]:
        context = json.loads(json.dumps(bot.ask(text, context).context))
    assert len(json.dumps(context)) < 1500
    asked = bot.ask("who is the president of interpol").context
    assert bot.ask("since when?", asked).answers[0].id == "president"
    for _ in range(3):
        asked = bot.ask("good morning", asked).context
    assert bot.ask("since when?", asked).answers == []


def test_a_context_of_another_day_or_base_is_as_if_nothing_was_said(bot: Bot) -> None:
    context = bot.ask("who is the president of interpol").context
    assert context
    for other in ({**context, "day": "2020-01-01"}, {**context, "version": 9}, {**context, "topic": "nobody", "asked": ""}, {}):
        assert bot.ask("since when?", other).answers == []


def test_any_process_goes_on_with_a_conversation(bot: Bot) -> None:
    other = Bot.load(clock=bot.clock)
    context = bot.ask("is Norway a member").context
    assert other.ask("and Fiji?", context) == bot.ask("and Fiji?", context)


def test_each_question_gets_its_answer_and_a_gap_is_told(bot: Bot) -> None:
    reply = bot.ask("where is interpol based, who pays for it, and how do I bake bread?")
    assert [(answer.id, answer.asked) for answer in reply.answers] == [
        ("headquarters", "where is interpol based"),
        ("funding", "who pays for it"),
    ]
    assert [gap.asked for gap in reply.unanswered] == ["how do I bake bread?"]
    assert "I have no answer to “how do I bake bread?”" in reply.text
    assert all(answer.sources for answer in reply.answers)


def test_the_fallback_never_repeats_itself(bot: Bot) -> None:
    replies, context = [], None
    for text in ["does the notice of zorbia glimmer", "will a member flimmer at midnight zorbia", "zorbia glom police"]:
        replies.append(bot.ask(text, context))
        context = replies[-1].context
    assert [(reply.status, reply.reason) for reply in replies][2] == ("handoff", "third-miss")
    assert [reply.status for reply in replies[:2]] == ["none", "none"]
    assert len({reply.text for reply in replies}) == 3
    assert (len(replies[0].options), len(replies[0].unanswered)) == (0, 1)
    assert context is not None
    assert context["misses"] == 0


def test_not_what_was_asked_offers_what_came_next_and_nothing_again(bot: Bot) -> None:
    first = bot.ask("can police arrest somebody on a red notice")
    second = bot.ask("that's not what I asked", first.context)
    third = bot.ask("none of these", second.context)
    assert (second.status, second.reason) == ("clarify", "not-meant")
    offered = [option.id for option in second.options]
    assert first.answers[0].id not in offered
    assert not set(offered) & {option.id for option in third.options}
    assert bot.ask("1", second.context).answers[0].id == offered[0]


def test_a_person_is_handed_over_to_at_once(bot: Bot) -> None:
    reply = bot.ask("what is a red notice? no, stop. I want to talk to a human being")
    assert (reply.status, reply.reason) == ("handoff", "asked-for-human")
    assert reply.handoff is not None
    assert reply.handoff["text"] in reply.text


def test_a_letter_is_answered_by_what_its_sentences_say_together(bot: Bot) -> None:
    letter = LETTER.replace("Where do I send my papers?", "The local police do nothing. May I report the theft to INTERPOL myself?")
    (told,) = bot.explain(letter)
    assert told.outcome.ids[0] in ("report-crime", "myth-report-to-interpol")
    assert len(told.parts) > 3


def _menu(questions: list[str]) -> Bot:
    """The bot of a base of some questions; the answer to the first is "Answer 1."."""
    entries = [{"id": f"entry-{at}", "questions": [text], "answer": f"Answer {at}."} for at, text in enumerate(questions, 1)]
    return Bot.from_entries(entries, clock=lambda: date(2026, 11, 29))


PHONES = ["How do I set up an iPhone 14?", "How do I set up an iPhone 15?"]
ERRORS = ["What does error 403 mean?", "What does error 404 mean?"]
TREES = ["How do I plant apple trees in the garden?", "How do I plant pear trees in the garden?"]


@pytest.mark.parametrize(
    ("questions", "asked", "say", "chosen"),
    [
        (PHONES, "how do i set up an iphone", "15", [2]),
        (PHONES, "how do i set up an iphone", "the 14", [1]),
        (ERRORS, "what does the error mean", "404 please", [2]),
        (TREES, "how do i plant trees in the garden", "two", [2]),
        (TREES, "how do i plant trees in the garden", "option 2 please", [2]),
        (TREES, "how do i plant trees in the garden", "the first one", [1]),
        (TREES, "how do i plant trees in the garden", "both", [1, 2]),
        (TREES, "how do i plant trees in the garden", "7", []),
    ],
)
def test_an_option_is_chosen_in_many_ways(questions: list[str], asked: str, say: str, chosen: list[int]) -> None:
    menu = _menu(questions)
    first = menu.ask(asked)
    assert (first.status, len(first.options)) == ("clarify", 2)
    assert [answer.id for answer in menu.ask(say, first.context).answers] == [f"entry-{number}" for number in chosen]


def test_an_option_that_is_gone_says_so_and_opens_no_other() -> None:
    context = _menu(TREES).ask("how do i plant trees in the garden").context
    entries = [
        {"id": "entry-2", "questions": [TREES[1]], "answer": "Answer 2."},
        {"id": "moon", "questions": ["Who owns the moon?"], "answer": "x"},
    ]
    other = Bot.from_entries(entries, clock=lambda: date(2026, 11, 29))
    gone, kept = other.ask("1", context), other.ask("2", context)
    assert (gone.status, gone.reason, gone.answers) == ("none", "gone", [])
    assert [answer.id for answer in kept.answers] == ["entry-2"]


@pytest.mark.parametrize("text", ["who can ask for it", "what is that about", "can they do it", "why is that", "does it or does it not"])
def test_words_of_form_alone_are_never_answered(bot: Bot, text: str) -> None:
    assert bot.ask(text).answers == []


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        ("who is the secretary general", "what do i do first pls", "nothing-more"),
        ("in which language does interpol work", "do they answer fast", "nothing-more"),
        ("what is a red notice", "tell me more", "more"),
        ("how can i work there as an accountant", "how much do they pay", "nothing-more"),
        ("what is article 3", "ok then give me 3 facts", "nothing-more"),
    ],
)
def test_what_would_be_told_again_is_not(bot: Bot, first: str, then: str, reason: str) -> None:
    before = bot.ask(first)
    after = bot.ask(then, before.context)
    assert (after.reason, after.answers) == (reason, [])
    assert after.options
    assert before.answers[0].text not in after.text


def test_the_same_question_again_is_pointed_to_and_then_told(bot: Bot) -> None:
    texts, context = [], None
    for _ in range(4):
        reply = bot.ask("What is a Red Notice?", context)
        texts.append(reply.text)
        context = reply.context
        assert reply.answers[0].id == "red-notice"
    assert all(one != other for one, other in pairwise(texts))


def test_further_text_of_an_entry_is_told_on_request(bot: Bot) -> None:
    entry = replace(bot.kb.entries["red-notice"], more="The notice is named after its corner.")
    other = replace(bot, kb=replace(bot.kb, entries={**bot.kb.entries, "red-notice": entry}))
    first = other.ask("What is a Red Notice?")
    second = other.ask("tell me more", first.context)
    assert "named after its corner" in second.text
    assert other.ask("tell me more", second.context).reason == "more"


def test_a_second_question_is_held_to_the_same_bar(bot: Bot) -> None:
    reply = bot.ask("is norway a member, and what does a purple elephant cost?")
    assert [answer.id for answer in reply.answers] == ["country-membership"]
    assert [gap.asked for gap in reply.unanswered] == ["what does a purple elephant cost?"]


def test_a_letter_is_answered_under_the_question_that_it_asks(bot: Bot) -> None:
    letter = LETTER.replace("Where do I send my papers?", "What is a Red Notice? And what does a purple elephant cost in Bergen?")
    reply = bot.ask(letter)
    assert [(answer.id, answer.asked) for answer in reply.answers] == [("red-notice", "What is a Red Notice?")]
    assert [gap.asked for gap in reply.unanswered] == ["And what does a purple elephant cost in Bergen?"]


def test_what_was_not_read_of_a_letter_is_said_where_nothing_was_found(bot: Bot) -> None:
    letter = LETTER.replace("Where do I send my papers?", "Is the moon made of zorbian glimmer?") + "> and more of it\n" * 8
    reply = bot.ask(letter)
    assert not reply.answers
    assert "quoted mail" in reply.text


def test_a_line_at_which_the_program_fails_does_not_end_the_others(bot: Bot) -> None:
    days = iter([date(2026, 11, 29)] * 2)  # the clock of the third call is at its end
    out = io.StringIO()
    lines = [b'{"text": "what is a red notice"}', b'{"text": "what is a red notice"}', b"no json"]
    answer_lines(replace(bot, clock=lambda: next(days)), lines, out)
    first, second, third = map(json.loads, out.getvalue().splitlines())
    assert first["status"] == "answer"
    assert (second["error"]["line"], third["error"]["line"]) == (2, 3)
    assert "a fault of ours" in second["error"]["detail"]
