"""A decision can be explained, replayed from the explanation alone, and compared with that of another base."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from base import write
from conftest import SHOP

from bot import Bot
from bot.cli import main
from bot.evaluate.cases import read_cases
from bot.evaluate.compare import differences, questions
from bot.explain import Explanation, replay
from bot.render.json import as_plain
from bot.render.why import why

QUESTIONS = read_cases(SHOP / "questions.yaml")


def _replayed_alike(shop: Bot, text: str) -> bool:
    return all(_one_replayed_alike(told) for told in shop.explain(text))


def _one_replayed_alike(told: Explanation) -> bool:
    again = replay(json.loads(as_plain(told)))
    weighed = {item.candidate.target.id: item.total for item in told.candidates if item.left_out is None}
    return again.outcome == told.outcome and again.totals == weighed


def test_every_decision_can_be_replayed_without_the_index(shop: Bot) -> None:
    assert [case.message for case in QUESTIONS if not _replayed_alike(shop, case.message)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "x",
        "zebra crossing",
        "is Megamart cheaper",
        "do you deliver to Alderby and Dunstow",
        "there is a fire",
        "hello",
        "привет",
    ],
)
def test_odd_messages_can_be_replayed(shop: Bot, text: str) -> None:
    assert _replayed_alike(shop, text)


def test_a_replay_needs_the_stored_parts(shop: Bot) -> None:
    stored = json.loads(as_plain(shop.explain("how can I pay")[0]))
    stored["candidates"][0]["candidate"]["words"] = 0.0
    stored["candidates"][0]["candidate"]["nearest"] = 0.0
    assert replay(stored).totals != {item["candidate"]["target"]["id"]: item["total"] for item in stored["candidates"]}


def test_an_explanation_tells_all_that_a_curator_asks_for(shop: Bot) -> None:
    shown = "\n".join(block.text for block in why(shop.explain("does the store delivre my zorbia to coldmere")[0]))
    for part in ("delivre -> deliver", "Synonym: store", "Coldmere (village)", "delivery-area: score", ".yaml:", "Runner-up:", "Decision:"):
        assert part in shown
    for part in ("Not accounted for", "zorbia", "threshold", "questions left out", shop.kb.version):
        assert part in shown


def test_what_an_entry_excludes_is_told(shop: Bot) -> None:
    (told,) = shop.explain("can I bring my dog to the shop")
    assert {item.candidate.target.id: item.left_out for item in told.candidates}.get("returns") == "excluded"


def test_the_command_prints_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--intents", str(SHOP / "base")]
    assert main(["explain", *base, "how", "can", "I", "pay"]) == 0
    assert "payment: score" in capsys.readouterr().out
    assert main(["explain", *base, "--json", "how can I pay"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"]["ids"][0] == "payment"


def test_two_bases_are_compared_question_by_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new", {"settings.yaml": "threshold: 100\nask: 100\n"})
    assert main(["compare", str(old), str(old)]) == 0
    assert capsys.readouterr().out.startswith("0 of ")
    assert main(["compare", str(old), str(new)]) == 1
    shown = capsys.readouterr().out
    assert "was: answer deepest-ocean" in shown
    assert "is:  none" in shown


def test_a_difference_is_of_the_decision_not_of_the_score(shop: Bot) -> None:
    colder = replace(shop, fit=replace(shop.fit, offset=shop.fit.offset - 0.01))
    assert differences(shop, colder, ["how can I pay", "zebra crossing"]) == []


def test_without_a_file_every_wording_is_asked(tmp_path: Path) -> None:
    asked = questions(Bot.load(write(tmp_path / "base")))
    assert len(asked) == len(set(asked)) > 5
    assert not any("{" in text for text in asked)
