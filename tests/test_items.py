"""A base as one value: what a folder says, items say too, and back; their faults are told with file and line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml
from base import write
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot import Bot
from bot.cli import guarded
from bot.kb.convert import documents_of, items_of
from bot.kb.files import read_folder, stamp_of
from bot.kb.items import ITEMS, Item, json_schema
from bot.kb.lines import as_lines
from bot.kb.read import from_items, read
from bot.kb.schema import DOCUMENTS
from bot.serve.check_base import problems_of

SHOP = Path(__file__).parent / "shop" / "base"


def _items(folder: Path) -> list[Item]:
    return items_of(read_folder(folder), str(folder))


def _as_folder(items: list[Item]) -> dict[str, bytes]:
    documents = documents_of(items)
    return {f"base/{path}": yaml.safe_dump(held, allow_unicode=True, sort_keys=False).encode() for path, held in documents.items()}


@pytest.mark.parametrize("make", [pytest.param(write, id="tiny"), pytest.param(lambda _: SHOP, id="shop")])
def test_nothing_is_lost_on_the_way_from_a_folder_and_back(make: Callable[[Path], Path], tmp_path: Path) -> None:
    folder = make(tmp_path)
    items = _items(folder)
    lines, again = {"base.jsonl": as_lines(items).encode()}, _as_folder(items)
    assert items_of(lines, "base.jsonl") == items_of(again, "base") == items
    base, _ = read(read_folder(folder), str(folder), "")
    assert read(lines, "base.jsonl", "") == read(again, "base", "") == (base, [])
    for found in (read(lines, "base.jsonl", "")[0], read(again, "base", "")[0]):  # alternates are left out when entries are compared
        assert [entry.questions for entry in found.entries.values()] == [entry.questions for entry in base.entries.values()]
        assert [talk.alternates for talk in found.talk.values()] == [talk.alternates for talk in base.talk.values()]
    assert sorted(again) == sorted(f"base/{Path(path).relative_to(folder)}" for path in read_folder(folder))


def test_items_hold_every_key_of_the_files() -> None:
    assert {name for name in DOCUMENTS if name not in ITEMS} == {"sources", "languages"}
    for kind, item in (("faq", "faq"), ("myth", "myth"), ("entity", "entity"), ("settings", "settings")):
        assert set(getattr(DOCUMENTS[kind], "keys")) <= set(ITEMS[item].keys)  # noqa: B009 - only records have keys


def test_items_match_their_schema() -> None:
    validator = Draft202012Validator(json_schema())
    assert [error.message for item in _items(SHOP) for error in validator.iter_errors(item)] == []
    assert not validator.is_valid({"id": "a", "answer": "b", "questions": ["c"], "anser": "d"})


CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("items.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["case"]) for case in CASES])
def test_faults_of_lines_are_told_with_their_place(case: dict[str, Any]) -> None:
    _, problems = read({"base.jsonl": case["text"].encode("utf-8", "surrogatepass")}, "base.jsonl", "")
    assert [str(problem) for problem in problems] == case["lines"]


def test_a_file_of_lines_is_a_base(tmp_path: Path) -> None:
    file = tmp_path / "base.jsonl"
    file.write_text("\ufeff" + as_lines(_items(SHOP)), "utf-8")
    one, other = Bot.load(file), Bot.load(SHOP)
    assert one.kb.entries == other.kb.entries
    assert one.index.rarity.tolist() == other.index.rarity.tolist()
    assert Bot.load(file).ask("when do you open").answers == one.ask("when do you open").answers  # this one is from the cache


FURTHER = [
    {"id": 1, "question": "How do I return a parcel?", "alternates": ["send goods back"], "answer": "By post."} | {"sources": [{"id": 7}]},
    {
        "id": 2,
        "topic": 1,
        "questions": ["How long may I return a parcel?"],
        "answer": "30 days.",
        "not": [{"say": "lost parcel", "see": 1}],
    },
    {"id": "myth", "topic": 1, "claim": "Returns cost money.", "verdict": "incorrect", "question": "Do returns cost money?"}
    | {"answer": "Returns are free.", "why": "They did once.", "remember": "Free."},
]


def test_everything_that_a_base_has_can_be_handed_over() -> None:
    bot = Bot.from_entries(
        FURTHER,
        sources={"7": {"title": "Terms", "publisher": "Shop", "kind": "internal", "checked": date(2026, 11, 1), "via": "live"}},
        entities=[{"entity": "branch", "values": [{"name": "Harbour", "status": "open"}]}],
        alternates={"1": ["take it back"]},
        synonyms={"parcel": ["package"]},
        opposites=[[["free"], ["paid"]]],
        smalltalk=[{"id": "hello-shop", "kind": "chat", "alternates": ["ahoy shop"], "answer": "Ahoy."}],
        outside=[{"id": "weather", "alternates": ["will it rain"], "answer": "I know no weather."}],
        languages={"de": {"name": "German", "line": "Nur Englisch."}},
        settings={"handoff": "Ring us.", "options": 2},
    )
    (answer,) = bot.ask("how do I return a package").answers
    assert (answer.id, answer.sources[0].title) == ("1", "Terms")
    assert bot.kb.entries["myth"].kind == "myth"
    assert bot.kb.entries["1"].questions == ("How do I return a parcel?", "send goods back", "take it back")
    assert bot.ask("ahoy shop").text == "Ahoy."
    assert bot.ask("will it rain").text == "I know no weather."
    assert (bot.kb.settings.handoff, bot.kb.languages["de"].line) == ("Ring us.", "Nur Englisch.")


PLAIN = st.none() | st.booleans() | st.floats() | st.text() | st.binary()


@given(st.recursive(PLAIN, lambda some: st.lists(some) | st.dictionaries(st.text(), some)))
def test_whatever_is_handed_over_is_a_base_or_a_problem(value: Any) -> None:
    for items in ([value], [{"id": value, "question": "what is it", "answer": "That."}], [{"type": "settings", "wording": value}]):
        _, problems = from_items(items, {}, "")
        assert all(problem.line == 1 and "\x1b" not in str(problem) for problem in problems)


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_whatever_a_line_holds_is_a_base_or_a_problem(line: str) -> None:
    _, problems = read({"base.jsonl": line.encode("utf-8", "surrogatepass")}, "base.jsonl", "")
    assert problems


def test_an_entry_may_say_a_question_twice() -> None:
    bot = Bot.from_entries([{"id": 1, "questions": ["Is it open?", "opening hours", "Opening hours!"], "answer": "Until nine."}])
    assert bot.ask("opening hours").answers


def test_commands_and_the_service_take_a_file_of_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "base.jsonl"
    file.write_text('{"id": "a", "question": "How?", "answer": "So."}\n{"id": "a"}\n', "utf-8")
    before = stamp_of(file)
    assert (before, guarded(["check", "--intents", str(file)])) == (stamp_of(file), 2)
    assert f"{file}:2:1: error [missing-key] FAQ entry has no 'answer'." in capsys.readouterr().out
    assert (problems_of(file, Event()) or ("",))[0].startswith("base.jsonl:2:1: error [missing-key]")
    assert guarded(["new", "b", "--intents", str(file)]) == 2
    assert "holds an entry on each line" in capsys.readouterr().err
    file.write_text('{"id": "a", "question": "How?", "answer": "So."}\n', "utf-8")
    assert stamp_of(file) != before
    assert problems_of(file, Event()) == ()
    assert guarded(["check", "--intents", str(tmp_path / "gone.jsonl")]) == 2
    assert "gone.jsonl:1:1: error [folder]" in capsys.readouterr().err
