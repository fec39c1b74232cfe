"""Follow-ups are held to the same bar as first questions: the table tests/followups_blind.yaml, and letters of eight shapes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import Bot
from bot.evaluate.cases import Case, read_cases
from bot.evaluate.measure import measure
from bot.reply import Reply

HERE = Path(__file__).parent
LETTERS = read_cases(HERE / "letters_blind.yaml")
LETTERS_LATER = read_cases(HERE / "letters_later.yaml")
TABLE, LATER = (yaml.safe_load((HERE / name).read_text("utf-8")) for name in ("followups_blind.yaml", "followups_later.yaml"))

LEAST_LETTERS = 90
"""The least share, in a hundred, of the rows that must come out right."""


def outcomes(first: Reply, then: Reply, row: dict[str, Any]) -> set[str]:
    """What the second reply is, in the words of the table; "repeats" if it says the first answer again."""
    told = first.answers[0]
    if told.text in then.text:
        return {"repeats"}
    found = {"nothing"} if not then.answers else set()
    if {answer.id for answer in then.answers} & set(row.get("ids", ())):
        found.add("answer")
    if row.get("holds", "\0") in then.text and [answer.id for answer in then.answers] == [told.id]:
        found.add("sentence")
    if told.related and [option.id for option in then.options] == [option.id for option in told.related]:
        found.add("related")
    if told.more and told.more in then.text:
        found.add("more")
    if told.sources and all(source.title in then.text for source in told.sources):
        found.add("sources")
    if told.as_of and told.as_of in then.text:
        found.add("sure")
    return found


@pytest.mark.parametrize(("table", "least"), [pytest.param(TABLE, 88, id="first"), pytest.param(LATER, 84, id="later")])
def test_followups_come_out_right_often_enough(bot: Bot, table: list[dict[str, Any]], least: int) -> None:
    failed, repeated, rows = [], [], 0
    for group in table:
        first = bot.ask(group["first"])
        for row in group["then"]:
            rows += 1
            then = bot.ask(row["say"], first.context)
            found = outcomes(first, then, row)
            wanted = {row["want"]} if isinstance(row["want"], str) else set(row["want"])
            repeated += [(group["first"], row["say"])] if "repeats" in found else []
            if not wanted & found:
                failed.append((group["first"], row["say"], row["want"], then.status, then.reason, then.text[:150]))
    assert not repeated
    assert 100 * (rows - len(failed)) >= least * rows, (rows, len(failed), failed)


@pytest.mark.parametrize("letters", [pytest.param(LETTERS, id="first"), pytest.param(LETTERS_LATER, id="later")])
def test_letters_of_every_shape_are_answered(bot: Bot, letters: list[Case]) -> None:
    results = measure(bot, letters)
    failed = [(result.case.kind, result.case.message, result.outcome, result.said) for result in results if not result.as_wanted]
    assert 100 * (len(results) - len(failed)) >= LEAST_LETTERS * len(results), failed
    assert {case.kind for case in letters} == {result.case.kind for result in results if result.as_wanted}
