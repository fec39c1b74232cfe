"""factotum import: what becomes of sources in the formats of others, row by row."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.imports.documents import files as documents
from bot.imports.entries import Draft, Import, Source
from bot.imports.files import files_of
from bot.imports.formats import FORMATS, by_format, named
from bot.imports.found import NOT_TAKEN, Skipped, Synonyms
from bot.imports.group import group
from bot.kb.links import synonym_faults
from bot.kb.read import read
from bot.kb.talk import reflow

OWN = Source("imported", {"title": "FAQ", "publisher": "Us", "kind": "internal", "checked": "2026-11", "via": "live"})


@dataclass(frozen=True, slots=True)
class Case:
    """A source and what must become of it, as in imports.yaml."""

    about: str
    files: dict[str, str]
    format: str
    entries: list[tuple[list[str], str]]
    encoding: str = "utf-8"
    zip: bool = False
    not_taken: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    synonyms: dict[str, list[str]] = field(default_factory=dict)


def _cases() -> list[Case]:
    rows = yaml.safe_load(Path(__file__).with_name("imports.yaml").read_text("utf-8"))
    return [Case(row.pop("is"), row.pop("files"), row.pop("format"), row.pop("entries"), **row) for row in rows]


CASES = _cases()


def put(folder: Path, case: Case) -> Path:
    """The source of a case on the disk."""
    contents = {name: text.encode(case.encoding) for name, text in case.files.items()}
    if case.zip:
        with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        return folder / "export.zip"
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder if len(contents) > 1 else folder / next(iter(contents))


def imported(source: Path, encoding: str = "") -> Import:
    """What an import of a source makes, before `check` looks at it."""
    chosen, rest = by_format(files_of(source, encoding))
    found = [one for name, own in chosen.items() for one in named(name).read(own)]
    unread = [Skipped(file.name, "", "it is in no format that we know") for file in rest]
    return group([*found, *unread], source.name, "a source", OWN)


def told(draft: Draft) -> str:
    """The answer of an entry with its lists as lines."""
    fields = draft.fields
    steps = [f"{number}. {text}" for number, text in enumerate(fields.get("steps", ()), 1)]
    return "\n".join([fields["answer"], *(f"- {text}" for text in fields.get("points", ())), *steps])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_each_row_becomes_what_it_should(case: Case, tmp_path: Path) -> None:
    source = put(tmp_path, case)
    assert case.format in {name for form in by_format(files_of(source))[0] for name in named(form).NAMES}
    made = imported(source)
    assert [[list(draft.questions), told(draft)] for draft in made.drafts] == [[wordings, answer] for wordings, answer in case.entries]
    refused = {line.place: line.reason for line in made.untaken()}
    assert set(refused) == set(case.not_taken)
    assert {place: case.not_taken[place] in reason for place, reason in refused.items()} == dict.fromkeys(refused, True), refused
    left = {line.place: sorted({note.kind for note in line.notes}) for line in made.lines if line.notes and line.outcome != "not taken"}
    assert left == {place: sorted(kinds) for place, kinds in case.left_out.items()}
    assert {word: list(same) for word, same in made.synonyms.items()} == case.synonyms


@pytest.mark.parametrize("case", [case for case in CASES if case.entries], ids=lambda case: case.about)
def test_what_is_written_is_read_back_to_the_same_and_has_no_error(case: Case, tmp_path: Path) -> None:
    made = imported(put(tmp_path, case))
    kb, problems = read({f"b/{name}": content for name, content in documents(made)}, "b", "")
    assert [problem for problem in problems if problem.level == "error"] == []
    for draft in made.drafts:
        entry = kb.entries[draft.id]
        assert (entry.question, *entry.alternates) == draft.questions
        assert [entry.answer, *entry.points, *entry.steps] == [
            reflow(draft.fields["answer"]),
            *draft.fields.get("points", ()),
            *draft.fields.get("steps", ()),
        ]


def test_every_format_has_a_case_and_every_kind_of_note_a_name() -> None:
    tried = {named(case.format).NAMES[0] for case in CASES}
    assert {form.NAMES[0] for form in FORMATS} - tried == {"xlsx"}  # in test_import_sheets.py
    assert all(kind in NOT_TAKEN for case in CASES for kinds in case.left_out.values() for kind in kinds)


def test_an_item_is_an_entry_an_alternate_or_a_line_that_says_why_not(tmp_path: Path) -> None:
    for number, case in enumerate(CASES):
        (tmp_path / str(number)).mkdir()
        made = imported(put(tmp_path / str(number), case))
        ids = {draft.id for draft in made.drafts}
        assert all(line.reason for line in made.untaken())
        assert all(line.entry in ids or line.reason.startswith("kept as") for line in made.lines if line.outcome != "not taken")


WORDS = st.lists(st.sampled_from(["boat", "Boat", "ship", "vessel", "dinghy", "skiff", "row  boat", "!"]), max_size=4)


@given(st.lists(WORDS, max_size=8))
def test_synonyms_are_kept_as_if_all_were_compared_with_all(lists: list[list[str]]) -> None:
    kept: dict[str, tuple[str, ...]] = {}
    for texts in lists:
        words = tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text != "!"))
        tried = kept | ({words[0]: words[1:]} if len(words) > 1 and words[0] not in kept else {})
        kept = kept if [*synonym_faults(tried)] else tried
    made = group([Synonyms(f"list {number}", tuple(texts)) for number, texts in enumerate(lists)], "s.json", "a source", OWN)
    assert made.synonyms == kept
    assert len(made.lines) == len(lists) - len(kept)
