"""The format: what a sound folder reads as, and every fault with its exact line."""

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from base import FILES, write

from bot import Bot, KnowledgeBaseError, Problem
from bot.kb.files import content_hash, read_folder
from bot.kb.schema import json_schema, reference
from bot.knowledge import KnowledgeBase
from bot.lint import RULES, Rule, check
from bot.load import examine

JUDGED = date(2026, 11, 20)
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("problems.yaml").read_text("utf-8"))


def _read(folder: Path) -> KnowledgeBase:
    files = read_folder(folder)
    kb, problems = examine(files, folder, content_hash(files, folder), JUDGED)
    assert [problem for problem in problems if problem.level == "error"] == []
    return kb


def test_there_are_cases() -> None:
    assert len(CASES) > 15


@pytest.mark.parametrize("case", [pytest.param(case, id=case["case"]) for case in CASES])
def test_every_problem_at_once_with_place_fault_and_mend(case: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path, case["files"])
    with pytest.raises(KnowledgeBaseError) as caught:
        Bot.load(tmp_path)
    assert [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems] == case["lines"]


def test_scalars_stay_what_was_typed(tmp_path: Path) -> None:
    text = 'id: odd\nquestion: no\nalternates: [12:30, 1.10, OFF, "yes", 0x1F, null island]\nanswer: on\nsources: [{id: atlas}]\n'
    entry = _read(write(tmp_path, {"faq/odd.yaml": text})).entries["odd"]
    assert (entry.question, entry.answer) == ("no", "on")
    assert entry.alternates == ("12:30", "1.10", "OFF", "yes", "0x1F", "null island")


def test_blocks_are_reflowed_into_paragraphs(tmp_path: Path) -> None:
    assert _read(write(tmp_path)).entries["deepest-ocean"].answer == "About eleven kilometres.\n\nMeasured by sound."


def test_every_value_knows_its_place(tmp_path: Path) -> None:
    places = _read(write(tmp_path)).entries["deepest-ocean"].places
    assert places["alternates[1]"] == (4, 53)
    assert places["sources[0].at"] == (11, 27)


def test_not_utf8_is_a_problem_with_a_place(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "faq" / "latin.yaml").write_bytes("id: caf\u00e9".encode("latin-1"))
    with pytest.raises(KnowledgeBaseError, match=r"latin\.yaml:1:1: error \[encoding\] The file is not UTF-8 \(byte 7\)"):
        Bot.load(tmp_path)


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_folder_without_a_base_is_a_problem(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeBaseError, match=r"error \[folder\]"):
        Bot.load(tmp_path / name)


def test_warnings_do_not_stop_a_base(tmp_path: Path) -> None:
    write(tmp_path, {"faq/few.yaml": "id: few\nquestion: Why so few?\nanswer: So.\nsources: [{id: atlas}]\n"})
    assert Bot.load(tmp_path).kb.entries["few"]
    assert [(problem.level, problem.rule) for problem in check(_read(tmp_path), JUDGED)] == [("warning", "few-alternates")]


def test_every_rule_says_why_and_what_fails_and_passes() -> None:
    for rule in RULES:
        assert rule.__doc__
        assert all(found(rule, kb) for kb in rule.FAILS)
        assert not any(found(rule, kb) for kb in rule.PASSES)
        assert rule.FAILS
        assert rule.PASSES


def found(rule: Rule, kb: KnowledgeBase) -> list[Problem]:
    return list(rule.check(kb, JUDGED))


def test_the_version_follows_content_and_nothing_else(tmp_path: Path) -> None:
    one, two, three = (write(tmp_path / name) for name in "abc")
    (three / "synonyms.yaml").write_text("ocean: [main]\n", "utf-8")
    versions = [_read(folder).version for folder in (one, two, three)]
    assert versions[0] == versions[1] != versions[2]


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_json_schema_accepts_what_the_reader_accepts(name: str) -> None:
    kinds = {"faq": "faq", "myths": "myth", "entities": "entity"}
    kind = kinds.get(name.split("/")[0], name.removesuffix(".yaml"))
    jsonschema.validate(yaml.load(FILES[name], yaml.BaseLoader), _loose(json_schema(kind)))


def _loose(schema: Any) -> Any:
    """The schema for a reader that leaves every scalar text: numbers are digits there."""
    if isinstance(schema, dict):
        if schema.get("type") == "number":
            return {"type": "string"}
        return {key: _loose(value) for key, value in schema.items()}
    return [_loose(item) for item in schema] if isinstance(schema, list) else schema


def test_the_json_schema_refuses_what_the_reader_refuses() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "a", "question": "b", "answr": "c"}, json_schema("faq"))


def test_the_shipped_files_fit_their_json_schema(intents: Path) -> None:
    for path in (*intents.glob("faq/**/*.yaml"), *intents.glob("myths/**/*.yaml")):
        kind = "myth" if "myths" in path.parts else "faq"
        jsonschema.validate(yaml.load(path.read_text("utf-8"), yaml.BaseLoader), json_schema(kind))


def test_the_readme_shows_the_reference_table() -> None:
    assert reference() in (Path(__file__).parent.parent / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        pytest.param([{"id": "a", "questions": [], "answer": "b"}], "'questions' is empty", id="no question"),
        pytest.param([{"id": "a", "questions": "how", "answer": "b"}], "not a list", id="a text for a list"),
        pytest.param([{"id": "a", "questions": ["?"], "answer": "b"}], "without words", id="no words"),
        pytest.param([{"id": "a", "questions": ["how"], "answer": ""}], "no answer", id="no answer"),
        pytest.param([{"id": "a", "questions": ["x y"], "answer": "b"}] * 2, "given before", id="twice"),
        pytest.param([{"id": 3, "questions": ["x y"], "answer": "b"}], "no id", id="no id"),
        pytest.param([{"id": "a", "questions": ["x y"], "answer": "b", "c": 1}], "Unknown: c", id="unknown key"),
        pytest.param(["a"], "not a mapping", id="not a mapping"),
    ],
)
def test_faults_of_entries_from_elsewhere(entries: Any, fault: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=fault):
        Bot.from_entries(entries)


DEFECTS: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("defects.yaml").read_text("utf-8"))


def _rules(folder: Path) -> set[str]:
    files = read_folder(folder)
    return {problem.rule for problem in examine(files, folder, content_hash(files, folder), JUDGED)[1]}


def test_the_sound_base_has_no_problem(tmp_path: Path) -> None:
    assert _rules(write(tmp_path)) == set()
    assert len(DEFECTS) >= 40


@pytest.mark.parametrize("defect", [pytest.param(defect, id=f"{defect['rule']} {number}") for number, defect in enumerate(DEFECTS)])
def test_every_seeded_defect_is_found(defect: dict[str, str], tmp_path: Path) -> None:
    text = FILES.get(defect["file"], "")
    assert defect["old"] in text
    write(tmp_path, {defect["file"]: text.replace(defect["old"], defect["new"], 1) if text else defect["new"]})
    assert defect["rule"] in _rules(tmp_path)


def test_every_rule_has_a_seeded_defect() -> None:
    assert {rule.ID for rule in RULES} <= {defect["rule"] for defect in DEFECTS}


def test_a_day_can_be_named_for_what_is_due(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path))
    due = [
        {problem.rule for problem in examine(files, tmp_path, "", day)[1]} for day in (date(2027, 1, 1), date(2027, 1, 2), date(2030, 1, 2))
    ]
    assert due == [set(), {"past-review"}, {"past-review", "expired", "old-source"}]
