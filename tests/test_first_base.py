"""A first base: what `factotum init` writes, whose word its answers are, and what happens to it in the hands of somebody new."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from base import FILES, write
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from service import ROOT

from bot import Bot
from bot.cli import guarded
from bot.kb.files import read_folder
from bot.kb.listed import glued, laid_out
from bot.kb.schema import CHECKS
from bot.lint import RULES, page_of
from bot.lint.structure import STRUCTURE
from bot.load import examine

JUDGED = date(2026, 11, 20)

GIVEN = [
    {"name": "Town Library", "handoff": "Call 01234 567 890, Tuesday to Saturday.", "about": "The Town Library lends books to everybody."},
    {"name": "Marlow & Sons", "handoff": "Write to help@marlow.example", "about": 'We mend bicycles: "quick", #1 in town.'},
    {"name": "Café Zürich", "handoff": "- Ring the bell -", "about": "null"},
]


@pytest.fixture(params=GIVEN, ids=[item["name"] for item in GIVEN])
def started(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    folder = tmp_path / "desk"
    assert guarded(["init", str(folder), *(f"--{name}={text}" for name, text in request.param.items())]) == 0
    return folder, request.param


def test_a_first_base_is_sound_and_answers(started: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, told = started
    kb, problems = examine(read_folder(folder), folder, "", JUDGED)
    assert (problems, len(kb.entries)) == ([], 2)
    bot = Bot.load(folder)
    (answer,) = bot.ask(f"what is {told['name']}").answers
    assert (answer.text, answer.sources[0].publisher) == (told["about"], told["name"])
    assert told["handoff"] in bot.ask("I want to talk to a person").text
    limits = folder / "tests" / "limits.yaml"
    limits.write_text("in-scope: {right: '>= 100'}\nout-of-scope: {refused: '>= 100'}\nperson: {right: '>= 100'}\n", "utf-8")
    questions = str(folder / "tests" / "questions.yaml")
    assert guarded(["test", questions, "--intents", str(folder), "--limits", str(limits)]) == 0, capsys.readouterr().out


def test_braces_in_an_answer_stand_for_no_entity(tmp_path: Path) -> None:
    texts = [f"--{name}=Ask {{{name}}}, {{or}} us}}" for name in GIVEN[0]]
    assert guarded(["init", str(tmp_path / "desk"), *texts]) == 0
    kb, problems = examine(read_folder(tmp_path / "desk"), tmp_path / "desk", "", JUDGED)
    assert problems == []
    assert kb.settings.addressee == "Ask (name), (or) us)"


def test_an_editor_finds_a_schema_for_each_file(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    assert guarded(["init", str(folder), *(f"--{name}={text}" for name, text in GIVEN[0].items())]) == 0
    write(folder, {"settings.yaml": None})  # files of every kind but alternates; the settings stay those that were written
    (folder / "alternates").mkdir()
    (folder / "alternates" / "phone.yaml").write_text("contact: [r u there]\n", "utf-8")
    schemas = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    for schema, glob in schemas.items():
        validator = Draft7Validator(json.loads((folder / schema).read_text("utf-8")))
        files = list(folder.glob(glob.lstrip("/")))
        assert files, glob
        for file in files:
            assert [error.message for error in validator.iter_errors(yaml.load(file.read_text("utf-8"), yaml.BaseLoader))] == [], file


@pytest.mark.parametrize(
    ("make", "arguments", "said"),
    [
        pytest.param(lambda folder: (folder / "notes").mkdir(parents=True), [], "is not empty", id="a folder with something in it"),
        pytest.param(lambda folder: folder.write_text("x"), [], "is not a folder", id="a file"),
        pytest.param(lambda folder: None, ["--name=..."], "holds no word", id="no word"),
        pytest.param(lambda folder: None, ["--name=Library"], "--handoff is missing", id="a question that nobody can be asked"),
    ],
)
def test_nothing_is_written_where_it_should_not_be(
    make: object, arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(make)
    make(tmp_path / "desk")
    before = sorted(tmp_path.rglob("*"))
    texts = arguments or [f"--{name}={text}" for name, text in GIVEN[0].items()]
    assert guarded(["init", str(tmp_path / "desk"), *texts]) == 2
    assert said in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_terminal_answers_from_the_rest_of_a_faulty_base_and_a_program_gets_the_faults(tmp_path: Path) -> None:
    write(tmp_path, {"faq/earth/broken.yaml": "id: broken\nanswer: [\n"})
    command = [sys.executable, "-m", "bot", "ask", "how deep is the deepest ocean", "--intents", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    ours, theirs = os.openpty()
    at_terminal = subprocess.run(command, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    assert b"Measured by sound." in os.read(ours, 4096)
    os.close(theirs)
    os.close(ours)
    assert at_terminal.returncode == 0
    assert "broken.yaml:3:1: error [syntax]" in at_terminal.stderr
    assert "Answering from the 3 entries that could be read." in at_terminal.stderr


def test_the_word_of_the_organisation_is_the_source_of_entries_without_one(tmp_path: Path) -> None:
    settings = "organisation: {name: Observatory, checked: 2026-10, url: https://example.org/us}\nhandoff: Ring us.\n"
    bare = FILES["faq/earth/deepest-ocean.yaml"].replace("sources: [{id: atlas, at: page 5}]\n", "")
    bot = Bot.load(write(tmp_path, {"settings.yaml": settings, "faq/earth/deepest-ocean.yaml": bare}))
    reply = bot.ask("how deep is the deepest ocean")
    source = reply.answers[0].sources[0]
    assert (source.id, source.publisher, source.url, source.checked) == ("organisation", "Observatory", "https://example.org/us", "2026-10")
    assert any(block.text.startswith("- Observatory. By its own word, checked 2026-10.") for block in reply.blocks)


@pytest.mark.parametrize("level", ["off", "warning", "error"])
def test_a_base_sets_how_much_a_rule_matters(level: str, tmp_path: Path) -> None:
    settings = f"handoff: Ring us.\nchecks: {{few-alternates: {level}, cut-text: {level}}}\n"
    entry = "id: a\nquestion: Where to?\nalternates: [whither]\nanswer: There #1.\nsources: [{id: atlas}]\n"
    files = read_folder(write(tmp_path, {"settings.yaml": settings, "faq/a.yaml": entry}))
    found = {problem.rule: problem.level for problem in examine(files, tmp_path, "", JUDGED)[1]}
    assert found == ({} if level == "off" else {"few-alternates": level, "cut-text": level})


def test_every_rule_that_can_be_set_has_a_page() -> None:
    assert {rule.ID for rule in RULES} | set(STRUCTURE) == set(CHECKS)
    assert all(f"{{{rule}: off}}" in page_of(rule) for rule in CHECKS)


LISTS = [
    ("Bring:\n- a passport\n- a photograph,\n  in colour", ("Bring:", ("a passport", "a photograph, in colour"), ()), True),
    ("Do so:\n\n1. Ring.\n2) Wait.\n\n3. Go in.\n", ("Do so:", (), ("Ring.", "Wait.", "Go in.")), True),
    ("Bring\n* this\n- that\nand come.", ("Bring * this - that and come.", (), ()), True),
    ("First:\n- a\n- b\nThen:\n- c\n- d", ("First: - a - b Then:", ("c", "d"), ()), True),
    ("- this\n- that", ("- this - that", (), ()), True),
    ("Bring:\n3. this\n4. that", ("Bring: 3. this 4. that", (), ()), True),
    ("One line\n- and its end", ("One line - and its end", (), ()), False),
    ("Since 2020\n12 houses stand here", ("Since 2020 12 houses stand here", (), ()), False),
]


@pytest.mark.parametrize(("text", "laid", "joined"), LISTS)
def test_a_list_at_the_end_of_an_answer_is_laid_out(text: str, laid: tuple[str, tuple[str, ...], tuple[str, ...]], joined: bool) -> None:
    found = laid_out(text)
    assert (found.text, found.points, found.steps) == laid
    assert glued(text) is joined


@given(st.text(alphabet="-*1. \nab"))
def test_no_word_is_lost_where_a_list_is_laid_out(text: str) -> None:
    found = laid_out(text)
    kept = " ".join([found.text, *found.points, *found.steps])
    assert [char for char in kept if char in "ab"] == [char for char in text if char in "ab"]
