"""Conversations: what a message means after what was said, several questions at once, letters, and what is said when there is no answer."""

import io
import json
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from conftest import SHOP, TODAY
from hypothesis import given
from hypothesis import strategies as st

from bot import Bot
from bot.commands.ask import answer_lines
from bot.dialogue.context import GONE, LASTS, VERSION, Context, dump, load
from bot.english.email import body
from bot.english.followups import parse_followup
from bot.english.sentences import Span, questions, sentences
from bot.evaluate.cases import Case, read_cases
from bot.evaluate.measure import measure

CHATS = read_cases(SHOP / "chats.yaml")


@pytest.mark.parametrize("case", CHATS, ids=lambda case: " / ".join(case.turns)[:70])
def test_chats_come_out_right(shop: Bot, case: Case) -> None:
    (result,) = measure(shop, [case])
    assert result.as_wanted, (result.outcome, result.said)


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
        ("-1", {"choice": -1}),
        ("the second one please", {"place": 1}),
        ("the first one is wrong", {"rejected": (0,)}),
        ("I don't want 2", {"rejected": (1,)}),
        ("no, neither the first nor the second", {"rejected": (0, 1)}),
        ("anything but option one", {"rejected": (0,)}),
        ("the last one isn't what I asked for", {"rejected": (-1,)}),
        ("not the first but the third one", {"rejected": (), "place": 2}),
        ("I don't want one", {"rejected": ()}),
        ("the first one is about fish, isn't it?", {"rejected": ()}),
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


DAY = date(2026, 1, 1)
KNOWN = ("red-notice", "member-count")
CONTEXT_KEYS = [item.name for item in fields(Context)]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.sampled_from(KNOWN),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*CONTEXT_KEYS, "version", "x"]), inner),
    max_leaves=12,
)
nearly_contexts = st.fixed_dictionaries(
    {"version": st.just(VERSION), "day": st.sampled_from(["2025-12-31", "2026-01-01", "2026-01-02"])},
    optional={name: json_values for name in CONTEXT_KEYS if name != "day"} | {"x": json_values},
)
ids = st.lists(st.sampled_from(KNOWN), max_size=12).map(tuple)
contexts = st.builds(
    Context,
    topic=st.none() | st.sampled_from(KNOWN),
    asked=st.text(max_size=300),
    told=ids,
    offered=ids,
    further=ids,
    misses=st.integers(0, 999),
    age=st.integers(0, LASTS - 1),
    day=st.just(DAY.isoformat()),
)


@given(json_values | nearly_contexts)
def test_any_value_is_a_context_of_known_entries(value: Any) -> None:
    context = load(value, dict.fromkeys(KNOWN), DAY)
    assert isinstance(context.asked, str)
    assert {context.topic, *context.told, *context.further} <= {None, *KNOWN}
    assert {*context.offered} <= {GONE, *KNOWN}
    assert 0 <= context.misses < 1000
    assert 0 <= context.age < LASTS
    assert load(json.loads(json.dumps(dump(context))), dict.fromkeys(KNOWN), DAY) == context


@given(contexts)
def test_a_context_comes_back_as_it_was(context: Context) -> None:
    assert load(json.loads(json.dumps(dump(context))), dict.fromkeys(KNOWN), DAY) == context


@given(contexts, st.integers(2, 400))
def test_a_context_of_another_day_is_empty(context: Context, days: int) -> None:
    assert load(dump(context), dict.fromkeys(KNOWN), DAY + timedelta(days=days)) == Context()
    assert load(dump(context) | {"version": VERSION + 1}, dict.fromkeys(KNOWN), DAY) == Context()


def test_a_context_is_small_json_and_ages_out(shop: Bot) -> None:
    context = None
    for text in ["can I freeze bread", "do you deliver to Alderby and who pays for it all? " * 40, "x", "good morning"]:
        context = json.loads(json.dumps(shop.ask(text, context).context))
    assert len(json.dumps(context)) < 1500
    asked = shop.ask("where is the shop").context
    assert shop.ask("who owns it?", asked).answers[0].id == "owner"
    asked = shop.ask("does the shop deliver").context
    assert shop.ask("what does it cost?", asked).answers[0].id == "delivery-price"
    for _ in range(LASTS):
        asked = shop.ask("good morning", asked).context
    assert shop.ask("what does it cost?", asked).answers == []


def test_a_context_of_another_day_or_base_is_as_if_nothing_was_said(shop: Bot) -> None:
    context = shop.ask("does the shop deliver").context
    assert context
    assert shop.ask("what does it cost?", context).answers
    for other in ({**context, "day": "2020-01-01"}, {**context, "version": 9}, {**context, "topic": "nobody", "asked": ""}, {}):
        assert shop.ask("what does it cost?", other).answers == []


def test_any_process_goes_on_with_a_conversation(shop: Bot) -> None:
    other = Bot.load(SHOP / "base", clock=lambda: TODAY)
    context = shop.ask("do you deliver to Alderby").context
    reply = shop.ask("and Dunstow?", context)
    assert [answer.id for answer in reply.answers] == ["delivery-area"]
    assert other.ask("and Dunstow?", context) == reply


def test_each_question_gets_its_answer_and_a_gap_is_told(shop: Bot) -> None:
    reply = shop.ask("where is the shop, how can I pay, and how do I repair a violin?")
    assert [(answer.id, answer.asked) for answer in reply.answers] == [("location", "where is the shop"), ("payment", "how can I pay")]
    assert [gap.asked for gap in reply.unanswered] == ["how do I repair a violin?"]
    assert "I have no answer to “how do I repair a violin?”" in reply.text
    assert all(answer.sources for answer in reply.answers)


def test_the_fallback_never_repeats_itself(shop: Bot) -> None:
    replies, context = [], None
    for text in ["does the zorbia of glimmer flom", "will a zimmer flimmer at midnight zorbia", "zorbia glom fizz"]:
        replies.append(shop.ask(text, context))
        context = replies[-1].context
    assert [(reply.status, reply.reason) for reply in replies][2] == ("handoff", "third-miss")
    assert [reply.status for reply in replies[:2]] == ["none", "none"]
    assert len({reply.text for reply in replies}) == 3
    assert (len(replies[0].options), len(replies[0].unanswered)) == (0, 1)
    assert context is not None
    assert context["misses"] == 0


def test_not_what_was_asked_offers_what_came_next_and_nothing_again(shop: Bot) -> None:
    first = shop.ask("what does delivery of bread cost")
    second = shop.ask("that's not what I asked", first.context)
    third = shop.ask("none of these", second.context)
    assert (second.status, second.reason) == ("clarify", "not-meant")
    offered = [option.id for option in second.options]
    assert first.answers[0].id not in offered
    assert not set(offered) & {option.id for option in third.options}
    assert shop.ask("1", second.context).answers[0].id == offered[0]


def test_a_person_is_handed_over_to_at_once(shop: Bot) -> None:
    reply = shop.ask("where is the shop? no, stop. I want to talk to a person")
    assert (reply.status, reply.reason) == ("handoff", "asked-for-human")
    assert reply.handoff is not None
    assert reply.handoff["text"] in reply.text


def test_a_letter_is_answered_by_what_its_sentences_say_together(shop: Bot) -> None:
    letter = LETTER.replace(
        "Where do I send my papers?", "I bought a lamp in your shop. It is broken now. Can I bring it back and get a refund?"
    )
    (told,) = shop.explain(letter)
    assert told.outcome.ids[0] == "returns"
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
    offered = [option.id for option in first.options] if questions is TREES else ["entry-1", "entry-2"]  # a number of the text, or a place
    assert [answer.id for answer in menu.ask(say, first.context).answers] == [offered[number - 1] for number in chosen]


def test_an_option_that_is_gone_says_so_and_opens_no_other() -> None:
    before = _menu(TREES).ask("how do i plant trees in the garden")
    context, places = before.context, [option.id for option in before.options]
    entries = [
        {"id": "entry-2", "questions": [TREES[1]], "answer": "Answer 2."},
        {"id": "moon", "questions": ["Who owns the moon?"], "answer": "x"},
    ]
    other = Bot.from_entries(entries, clock=lambda: date(2026, 11, 29))
    gone, kept = (other.ask(str(places.index(name) + 1), context) for name in ("entry-1", "entry-2"))
    assert (gone.status, gone.reason, gone.answers) == ("none", "gone", [])
    assert [answer.id for answer in kept.answers] == ["entry-2"]


@pytest.mark.parametrize("text", ["who can ask for it", "what is that about", "can they do it", "why is that", "does it or does it not"])
def test_words_of_form_alone_are_never_answered(bot: Bot, text: str) -> None:
    assert bot.ask(text).answers == []


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        ("who is the secretary general", "what do i do first pls", "nothing-more"),
        ("in which language does interpol work", "do they answer fast", "ambiguous"),
        ("which jobs are there for people who are no police", "how much do they pay", "ambiguous"),
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
