"""Conversations with the shipped base: rows of the tables, and what is promised of each kind of message."""

import json
from pathlib import Path

import pytest

from bot import Bot
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


LETTER = """Dear Sir or Madam,

my boat was taken from the harbour of Bergen in May. The harbour master saw two men
and wrote down the number of their van.

The local police do nothing. May I report the theft to INTERPOL myself?

With kind regards,
Ola N.
"""


def test_a_letter_is_answered_by_what_its_sentences_say_together(bot: Bot) -> None:
    (told,) = bot.explain(LETTER)
    assert told.outcome.ids[0] in ("report-crime", "myth-report-to-interpol")
    assert len(told.parts) > 3
