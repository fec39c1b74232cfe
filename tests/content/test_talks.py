"""Several questions in one message, and whole conversations, as people type them: the tables several_blind.yaml and talks.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import Bot
from bot.reply import Reply

HERE = Path(__file__).parent
SEVERAL, TALKS, TURNS = (yaml.safe_load((HERE / name).read_text("utf-8")) for name in ("several_blind.yaml", "talks.yaml", "turns.yaml"))

LEAST_SEVERAL = 72
LEAST_TALKS = 70
"""The least share, in a hundred, of the rows that must come out as they say. Judged by hand more of the talks are good or honest: a table
cannot foresee every fitting reply."""


def _each_part_is_answered(reply: Reply, row: dict[str, Any]) -> bool:
    told = [answer.id for answer in reply.answers]
    wanted = [part for part in row["parts"] if part]
    if len(told) < len(wanted) and not (row.get("country") and told):
        return False
    gap = [] not in row["parts"] or bool(reply.unanswered)
    named = {value.name for answer in reply.answers for value in answer.slots.get("country", [])}
    return (
        gap
        and all(set(part) & set(told) for part in wanted)
        and set(told) <= {name for part in wanted for name in part}
        and named >= set(row.get("country", ()))
    )


def test_each_of_several_questions_is_answered_or_told_to_have_no_answer(bot: Bot) -> None:
    failed = []
    for row in SEVERAL:
        reply = bot.ask(row["q"])
        if not _each_part_is_answered(reply, row):
            failed.append((row["q"], [answer.id for answer in reply.answers], [gap.asked for gap in reply.unanswered]))
    assert 100 * (len(SEVERAL) - len(failed)) >= LEAST_SEVERAL * len(SEVERAL), (len(SEVERAL), len(failed), failed)


def _is(reply: Reply, before: Reply | None) -> set[str]:
    """What a reply is, in the words of the table."""
    found = {answer.id for answer in reply.answers}
    words = {"none": "refused", "clarify": "asks", "smalltalk": "smalltalk", "handoff": "person"}
    found |= {words[reply.status]} if reply.status in words else set()
    found |= {"danger"} if reply.reason == "danger" else set()
    if reply.status == "none" and reply.options:
        found.add("more")
    found |= {f"offers {option.id}" for option in reply.options}
    if reply.blocks[0].role in ("text", "fact") and not reply.text.startswith(("No,", "Yes,")):
        found.add("neutral")
    last = before.answers[-1] if before and before.answers else None
    if last and last.id in found and last.text not in reply.text:
        found |= {"points", "sources", "sure", "more"}
    return found


def test_conversations_go_as_they_should_and_say_nothing_twice_in_a_row(bot: Bot) -> None:
    failed, rows = [], 0
    for talk in TALKS:
        context, before = None, None
        for row in talk["talk"]:
            reply = bot.ask(row["say"], context)
            repeated = before is not None and bool(reply.answers) and reply.text == before.text
            if repeated or not _is(reply, before) & set(row["want"]):
                failed.append((talk["who"], row["say"], reply.status, reply.reason, [answer.id for answer in reply.answers]))
            assert not repeated, (talk["who"], row["say"])
            context, before, rows = reply.context, reply, rows + 1
    assert rows > 85
    assert 100 * (rows - len(failed)) >= LEAST_TALKS * rows, (rows, len(failed), failed)


@pytest.mark.parametrize("talk", TURNS, ids=lambda talk: talk["who"])
def test_a_turn_that_went_wrong_once_goes_right(bot: Bot, talk: dict[str, Any]) -> None:
    context, before = None, None
    for row in talk["talk"]:
        reply = bot.ask(row["say"], context)
        assert _is(reply, before) & set(row["want"]), (row["say"], reply.status, reply.reason, reply.text)
        assert before is None or reply.text != before.text
        context, before = reply.context, reply
