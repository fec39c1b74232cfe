"""The format: what a sound folder reads as, and every fault with its exact line."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from base import FILES, write
from hypothesis import given
from hypothesis import strategies as st

from bot import Bot, KnowledgeBaseError, Problem
from bot.commands.names import fresh
from bot.kb.files import content_hash, ignored_files, read_folder, replace_file, stamp_of
from bot.kb.generated import with_generated
from bot.kb.schema import json_schema
from bot.knowledge import KnowledgeBase, subjects_of, themes_of
from bot.lint import RULES, Rule, check
from bot.load import examine
from bot.matching.build_index import build
from bot.matching.candidates import find
from bot.matching.evidence import likeness
from bot.matching.query import lexicon, wording_query
from bot.matching.synonyms import synonyms_of

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
    assert examine(read_folder(tmp_path), tmp_path, "", JUDGED)[1], "the rules of content look at a faulty base too"
    with pytest.raises(KnowledgeBaseError) as caught:
        Bot.load(tmp_path)
    assert [str(problem).replace(f"{tmp_path}/", "").replace(str(tmp_path), "") for problem in caught.value.problems] == case["lines"]


def test_a_myth_whose_claim_tells_nothing_is_no_fault_of_the_message(tmp_path: Path) -> None:
    myth = "id: k\ntopic: deepest-ocean\nquestion: Does it shine?\nclaim: The\nverdict: incorrect\nanswer: No.\nwhy: So.\n"
    bot = Bot.load(write(tmp_path, {"myths/k.yaml": f"{myth}remember: No.\nsources: [{{id: atlas}}]\n"}))
    assert bot.ask("the moon is closed on mondays").text


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


DEEP = {
    "brackets": "[" * 100_000,
    "braces": "{a: " * 20_000,
    "dashes": "- " * 100_000 + "x",
    "question marks": "? " * 50_000 + "x",
    "dashes and question marks": "- ? " * 50_000 + "x",
    "lines": "\n".join(" " * level + "a:" for level in range(1_500)),
    "lines of dashes": "\n".join(" " * level + "-" for level in range(1_500)),
    "anchors": "[&a " * 20_000,
}


@pytest.mark.parametrize("form", DEEP)
def test_deep_files_are_a_problem_in_every_form(form: str, tmp_path: Path) -> None:
    write(tmp_path, {"synonyms.yaml": DEEP[form]})
    with pytest.raises(KnowledgeBaseError, match=r"synonyms\.yaml:\d+:\d+: error \[nesting\]"):
        Bot.load(tmp_path)


def test_a_pipe_in_a_base_is_a_problem_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(write(tmp_path) / "faq" / "pipe.yaml")
    (tmp_path / "faq" / "nowhere.yaml").symlink_to(tmp_path / "gone.yaml")
    with pytest.raises(KnowledgeBaseError) as caught:
        Bot.load(tmp_path)
    assert [problem.rule for problem in caught.value.problems] == ["folder", "not-a-file"]


@pytest.mark.parametrize(("name", "rule"), [(b"caf\xe9.yaml", "file-encoding"), (b"red\x1b[31m.yaml", "control-character")])
def test_names_that_cannot_be_shown_are_problems(name: bytes, rule: str, tmp_path: Path) -> None:
    (write(tmp_path) / "faq" / os.fsdecode(name)).write_text("id: a\n", "utf-8")
    with pytest.raises(KnowledgeBaseError) as caught:
        Bot.load(tmp_path)
    (problem,) = caught.value.problems
    assert problem.rule == rule
    assert str(problem).isprintable()
    assert str(problem).encode()


def test_linked_folders_are_read_but_not_in_a_circle(tmp_path: Path) -> None:
    folder = write(tmp_path / "base", {"faq/earth/deepest-ocean.yaml": None})
    write(tmp_path / "elsewhere")
    (folder / "faq" / "linked").symlink_to(tmp_path / "elsewhere" / "faq" / "earth")
    assert "deepest-ocean" in _read(folder).entries
    assert themes_of(_read(folder).entries.values()).keys() == {"linked", "sky", "earth"}
    (folder / "faq" / "round").symlink_to(folder)
    with pytest.raises(KnowledgeBaseError, match=r"faq/round:1:1: error \[folder\] This is the folder .*base, which is read already"):
        Bot.load(folder)


def test_both_endings_of_yaml_files_are_read_alike(tmp_path: Path) -> None:
    one = write(tmp_path / "one")
    other = write(tmp_path / "other", dict.fromkeys(FILES) | {name.replace(".yaml", ".yml"): text for name, text in FILES.items()})
    a, b = _read(one), _read(other)
    assert a.settings == b.settings
    assert a.talk == b.talk
    assert {theme: [item.id for item in found] for theme, found in themes_of(a.entries.values()).items()} == {
        theme: [item.id for item in found] for theme, found in themes_of(b.entries.values()).items()
    }


def test_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    write(tmp_path)
    assert ignored_files(tmp_path) == []
    for name in ("faq/opening-hours.yaml.txt", "notes.md", "README.md", ".hidden"):
        (tmp_path / name).write_text("x", "utf-8")
    (problem,) = ignored_files(tmp_path)
    assert (problem.level, problem.fault) == ("warning", "Not read: faq/opening-hours.yaml.txt, notes.md.")


def test_a_stamp_changes_with_a_file(tmp_path: Path) -> None:
    before = stamp_of(write(tmp_path))
    assert before == stamp_of(tmp_path)
    write(tmp_path, {"synonyms.yaml": "ocean: [main, sea]\n"})
    assert stamp_of(tmp_path) != before


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("old", "utf-8")
    (tmp_path / "real.yaml").chmod(0o640)
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    replace_file(tmp_path / "link.yaml", b"new")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == b"new"
    assert (tmp_path / "real.yaml").stat().st_mode & 0o777 == 0o640
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        replace_file(tmp_path / "folder", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link.yaml", "real.yaml"]


OWN = "entity: country # ours\nvalues:\n  - {code: NL, name: Holland,\n     status: in} # sea\n  - {code: DE, name: Germany, status: in}\n"
OLD = "generated: # by factotum names\n  # checked by hand\n  DE: [Old]\n  NL: ['Nederland', \"Pays-Bas\"] # fine\n"
NEW = 'generated: # by factotum names\n  # checked by hand\n  DE: ["Deutschland"]\n  NL: [\'Nederland\', "Pays-Bas"] # fine\n'
AFTER = "\n# what follows\nparts: [{name: Frisia, of: NL}]\n# the end\n"
NAMES = {"NL": ["Nederland", "Pays-Bas"], "DE": ["Deutschland"]}
PLAIN = 'generated:\n  DE: ["Deutschland"]\n  NL: ["Nederland", "Pays-Bas"]\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(OWN + OLD, OWN + NEW, id="at the end"),
        pytest.param(OWN + OLD + AFTER, OWN + NEW + AFTER, id="in the middle"),
        pytest.param(OWN, OWN + PLAIN, id="for the first time"),
        pytest.param(OWN.rstrip(), OWN + PLAIN, id="no line end"),
        pytest.param(OWN + "generated: {NL: [Old]}\n" + AFTER, OWN + PLAIN + AFTER, id="in braces"),
        pytest.param(OWN + "generated: {}\n" + AFTER, OWN + PLAIN + AFTER, id="empty"),
        pytest.param((OWN + OLD).replace("\n", "\r\n"), (OWN + NEW).replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param("\ufeff" + OWN + OLD, "\ufeff" + OWN + NEW, id="byte order mark"),
    ],
)
def test_generated_names_are_replaced_and_nothing_else(before: str, after: str) -> None:
    assert with_generated(before, NAMES) == after
    assert with_generated(after, NAMES) == after
    assert with_generated(with_generated(before, {}), {}) == with_generated(before, {})
    assert "generated" not in with_generated(before, {})


def test_names_are_found_again_whatever_was_generated_before() -> None:
    fields = {"values": [{"code": "NL", "name": "Holland"}, {"code": "DE", "name": "Germany", "also": ("Deutschland",)}]}
    names = {"NL": ["Nederland", "holland"], "DE": ["Deutschland", "Nederland", "Allemagne"]}
    assert fresh(fields, names) == fresh(fields | {"generated": {"NL": ("Nederland",)}}, names)
    assert fresh(fields, names) == {"DE": ["Nederland", "Allemagne"]}


def test_a_text_that_a_comment_cuts_is_told(tmp_path: Path) -> None:
    text = "id: ring\nquestion: Whom do I ring?\nanswer: Ring extension #12, we answer until five.\nsources: [{id: atlas}] # a comment\n"
    files = read_folder(write(tmp_path, {"faq/ring.yaml": text}))
    found = [problem for problem in examine(files, tmp_path, "", JUDGED)[1] if problem.rule == "cut-text"]
    assert [(problem.line, problem.column, problem.level) for problem in found] == [(3, 9, "warning")]


def test_warnings_do_not_stop_a_base(tmp_path: Path) -> None:
    write(tmp_path, {"faq/few.yaml": "id: few\nquestion: Why so few?\nanswer: So.\nsources: [{id: atlas}]\n"})
    assert Bot.load(tmp_path).kb.entries["few"]
    assert [(problem.level, problem.rule) for problem in check(_read(tmp_path), JUDGED)] == [("warning", "few-alternates")]


def test_few_alternates_take_one_line_however_large_the_base(tmp_path: Path) -> None:
    ids = [f"few-{number}" for number in range(30)]
    texts = {f"faq/{name}.yaml": f"id: {name}\nquestion: Why is {name} so?\nanswer: So.\nsources: [{{id: atlas}}]\n" for name in ids}
    found = [problem for problem in check(_read(write(tmp_path, dict(texts))), JUDGED) if problem.rule == "few-alternates"]
    named = ", ".join(f"'{name}'" for name in sorted(ids)[:10])
    assert [problem.fault for problem in found] == [f"Fewer than 4 alternates: {named} and 20 more."]


def test_stolen_alternates_are_those_that_a_look_up_of_every_wording_finds(tmp_path: Path) -> None:
    sky = FILES["faq/sky/is-planet.yaml"] or ""
    moved = ["deepest ocean trench", "is the earth a flat disc", "how far down does it go", "the edge of the world", "what is a planet"]
    text = sky.replace("alternates: [", f"alternates: [{', '.join(moved)}, ")
    kb = _read(
        write(tmp_path, {"faq/sky/is-planet.yaml": text, "faq/few.yaml": "id: few\nquestion: depth\nanswer: So.\nsources: [{id: atlas}]\n"})
    )
    index, words, expected = build(kb), lexicon(kb), set()
    for entry in kb.entries.values():
        for wording, place in entry.wordings():
            best = max(find(wording_query(wording, words), index), key=likeness)
            if best.target.subject != subjects_of(kb.entries)[entry.id]:
                expected.add((place.file, place.line, place.column))
    stolen = next(rule for rule in RULES if rule.ID == "stolen-alternate").check(kb, JUDGED)
    assert {(problem.file, problem.line, problem.column) for problem in stolen} == expected
    assert len(expected) >= 2


def test_every_rule_says_why_and_what_fails_and_passes() -> None:
    for rule in RULES:
        assert all(part in (rule.__doc__ or "") for part in ("Finds ", "\n\nWhy: ", "\n\nHow to mend it: ", "\n\n    "))
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


WORDS = [f"{start}{middle}{end}" for start in "abc" for middle in ("int", "str") for end in ("", "s", "ed", "ern", "national")]


@given(
    listed=st.dictionaries(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=6),
    stem_of=st.dictionaries(st.sampled_from(WORDS), st.sampled_from(WORDS)),
    text=st.lists(st.sampled_from(WORDS)),
)
def test_synonyms_hold_together_with_any_stemmer(listed: dict[str, list[str]], stem_of: dict[str, str], text: list[str]) -> None:
    """Whatever words a stemmer takes for one, what was replaced is not replaced again, and the order of the lists does not matter."""

    def stem(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(stem_of.get(word, word) for word in words)

    known, turned = synonyms_of(listed, stem), synonyms_of(dict(reversed(listed.items())), stem)
    once = known.read(stem(text))[0]
    assert known.read(once)[0] == once == turned.read(stem(text))[0]


@pytest.mark.parametrize("letters", [2, 3, 4])
def test_no_stemmer_makes_a_sound_base_unsound(letters: int, intents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cutter:
        def __init__(self, *_: object) -> None: ...
        def stemWords(self, words: Sequence[str]) -> list[str]:  # noqa: N802 - PyStemmer's name
            return [word[:letters] for word in words]

    monkeypatch.setattr("Stemmer.Stemmer", Cutter)
    for folder in (write(tmp_path), intents):
        files = read_folder(folder)
        assert examine(files, folder, "", JUDGED, ("error",))[1] == []


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


def _nested(depth: int) -> Any:
    found: Any = "b"
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        pytest.param([{"id": "a", "questions": [], "answer": "b"}], "questions is empty", id="no question"),
        pytest.param([{"id": "a", "questions": "how", "answer": "b"}], "questions must be a list", id="a text for a list"),
        pytest.param([{"id": "a", "questions": ["?"], "answer": "b"}], "holds no word", id="no words"),
        pytest.param([{"id": "a", "questions": ["how"], "answer": ""}], "answer is empty", id="no answer"),
        pytest.param([{"id": "a", "questions": ["x y"], "answer": "b"}] * 2, "exists already", id="twice"),
        pytest.param([{"questions": ["x y"], "answer": "b"}], "no 'id'", id="no id"),
        pytest.param([{"id": "a", "questions": ["x y"], "answer": "b", "c": 1}], "'c' is not a key here", id="unknown key"),
        pytest.param(["a"], "not an object", id="not a mapping"),
        pytest.param([{5: 1, "id": "a", "question": "x y", "answer": "b"}], "'5' is not a key here", id="a number for a key"),
        pytest.param([{"id": 10**5000, "question": "x y", "answer": "b"}], "A number is too long", id="a number without end"),
        pytest.param([{"id": "a", "question": "x y", "answer": _nested(5000)}], "too deep", id="deep"),
    ],
)
def test_faults_of_entries_from_elsewhere(entries: Any, fault: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=fault):
        Bot.from_entries(entries)


def test_an_entity_that_is_no_mapping_is_a_fault() -> None:
    with pytest.raises(KnowledgeBaseError, match="not an object"):
        Bot.from_entries([{"id": "a", "question": "x y", "answer": "b"}], entities=["country"])  # type: ignore[list-item]


def test_ids_may_be_numbers_beside_texts() -> None:
    entries = [{"id": name, "question": f"x {name}", "answer": "b"} for name in (12, "a")]
    further: dict[Any, list[str]] = {12: ["y"], "a": ["z"]}
    one, other = (Bot.from_entries(entries, alternates=alternates) for alternates in (further, dict(reversed(further.items()))))
    assert "y" in one.kb.entries["12"].questions
    assert one.kb.version == other.kb.version != ""


DEFECTS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("defects.yaml").read_text("utf-8"))


def _rules(folder: Path) -> set[str]:
    files = read_folder(folder)
    return {problem.rule for problem in examine(files, folder, content_hash(files, folder), JUDGED)[1]}


def test_the_sound_base_has_no_problem(tmp_path: Path) -> None:
    assert _rules(write(tmp_path)) == set()
    assert len(DEFECTS) >= 40


@pytest.mark.parametrize("defect", [pytest.param(defect, id=f"{defect['rule']} {number}") for number, defect in enumerate(DEFECTS)])
def test_every_seeded_defect_is_found(defect: dict[str, Any], tmp_path: Path) -> None:
    text = FILES.get(defect["file"], "")
    assert defect["old"] in text
    write(tmp_path, {**defect.get("with", {}), defect["file"]: text.replace(defect["old"], defect["new"], 1) if text else defect["new"]})
    assert defect["rule"] in _rules(tmp_path)


def test_every_rule_has_a_seeded_defect() -> None:
    assert {rule.ID for rule in RULES} <= {defect["rule"] for defect in DEFECTS}


def test_a_day_can_be_named_for_what_is_due(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path))
    due = [
        {problem.rule for problem in examine(files, tmp_path, "", day)[1]} for day in (date(2027, 1, 1), date(2027, 1, 2), date(2030, 1, 2))
    ]
    assert due == [set(), {"past-review"}, {"past-review", "expired", "old-source"}]
