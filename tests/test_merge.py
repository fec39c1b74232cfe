"""factotum import --merge: whatever the base and the source look like, the base stays sound and nothing of it is lost."""

from datetime import date
from pathlib import Path

import pytest
from orders import read_base

from bot.commands.import_ import run
from bot.errors import BotError, UsageError
from bot.imports.merge import Change, Merge
from bot.imports.write import update
from bot.knowledge import KnowledgeBase

DOGS = "id: dogs\nquestion: May I bring my dog?\nalternates: [are pets allowed]\nanswer: Yes, on a lead.\n"
SOURCES = "r: {title: R, publisher: P, kind: internal, checked: 2026-11, via: live}\n"
TABLE = 'Question,Answer,Link\nMay I bring my dog?,"Yes, on a short lead.",https://example.org/dogs\nWhere do I park?,Behind the house.,\n'


def base(folder: Path, **files: str) -> Path:
    for name, text in ({"faq/a/dogs": DOGS} | files).items():
        path = folder / "base" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "base"


def merged(folder: Path, name: str, text: str) -> KnowledgeBase:
    """The base after a merge of a source; nothing more is changed by the same merge a second time."""
    (folder.parent / name).write_text(text, "utf-8")
    for _ in range(2):
        before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
        assert run([str(folder.parent / name), "--to", str(folder), "--merge", "--yes"], lambda: date(2026, 11, 29)) == 0
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    return read_base(folder)


def tried(folder: Path, source: Path, text: str) -> bool:
    """Whether a source is merged; else the base is as it was, and the file that is in the way is told."""
    source.write_text(text, "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    try:
        return run([str(source), "--to", str(folder), "--merge", "--yes"], lambda: date(2026, 11, 29)) == 0
    except UsageError as error:
        return before != {path: path.read_bytes() for path in folder.rglob("*.yaml")} or str(folder) not in str(error)


@pytest.mark.parametrize(
    "text", [f"---\n{{{SOURCES.strip()}}}\n", f"# ours\n{{{SOURCES.strip()}}}\n", f"{SOURCES}...\n", f"  {SOURCES}", SOURCES]
)
def test_sources_in_another_form_are_not_damaged(text: str, tmp_path: Path) -> None:
    folder = base(tmp_path, sources=text)
    assert tried(folder, tmp_path / "faq.csv", TABLE) == (text == SOURCES)
    assert "r" in read_base(folder).sources


@pytest.mark.parametrize("form", ["{{{}}}\n", "{{\n{}\n}}\n", "  {}\n"])
def test_an_entry_in_another_form_is_not_damaged(form: str, tmp_path: Path) -> None:
    folder, file = base(tmp_path), tmp_path / "base" / "faq" / "imported" / "where-do-i-park.yaml"
    assert tried(folder, tmp_path / "faq.csv", TABLE)
    keys = ["id: where-do-i-park", 'question: "Where do I park?"', 'answer: "Behind the house."', "sources: [{id: imported}]"]
    file.write_text(form.format((",\n" if "{{" in form else "\n  ").join(keys)), "utf-8")
    assert not tried(folder, tmp_path / "faq.csv", TABLE.replace("Behind", "Before"))
    assert read_base(folder).entries["where-do-i-park"].answer == "Behind the house."


def test_rows_that_belong_to_one_entry_are_all_taken(tmp_path: Path) -> None:
    rows = "May I bring my dog?,can my dog come,Yes on a lead.\nAre pets allowed?,what about animals,Pets may come.\n"
    found = merged(base(tmp_path), "faq.csv", f"Question,Alternates,Answer\n{rows}").entries["dogs"]
    assert set(found.alternates) >= {"are pets allowed", "can my dog come", "what about animals"}


def test_what_names_an_entry_names_that_of_the_base(tmp_path: Path) -> None:
    lines = """{"id": "pets", "theme": "a", "question": "May I bring my dog?", "answer": "Yes, on a lead."}
{"id": "cats", "theme": "a", "question": "May I bring my cat?", "answer": "No cats.", "related": ["pets"], "topic": "pets",
 "not": [{"say": "my dog", "see": "pets"}]}
{"type": "alternates", "style": "phone", "id": "pets", "alternates": ["dog ok?", "are pets allowed"]}"""
    found = merged(base(tmp_path), "faq.jsonl", lines.replace(",\n ", ", ")).entries
    assert (found["cats"].topic, found["cats"].related, found["cats"].exclusions[0].see) == ("dogs", ("dogs",), "dogs")
    assert [item.text for item in found["dogs"].further] == ["dog ok?"]


def test_what_the_curator_deleted_is_named_no_more(tmp_path: Path) -> None:
    pets = '{"id": "pets", "question": "Is a bird fine?", "answer": "Yes."}\n'
    folder = base(tmp_path)
    merged(folder, "faq.jsonl", pets)
    (folder / "faq" / "pets.yaml").unlink()
    more = '{"id": "cats", "question": "May I bring my cat?", "answer": "No cats.", "related": ["pets"]}\n'
    assert merged(folder, "faq.jsonl", pets + more).entries["cats"].related == ()


def test_what_would_not_hold_together_is_not_written(tmp_path: Path) -> None:
    animal = "entity: animal\nas_of: 2026\nvalues: [{name: Dog, status: maybe}]\n"
    folder = base(tmp_path, **{"entities/animal": animal})
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (tmp_path / "faq.jsonl").write_text(
        '{"type": "entity", "entity": "animal", "values": [{"name": "Cat", "status": "no"}]}\n'
        '{"id": "let-in", "question": "Is an animal let in?", "answer": "Name it.", "entity": "animal", "by_status": {"no": "No."}}\n',
        "utf-8",
    )
    with pytest.raises(BotError, match="by_status has no text for 'maybe'"):
        run([str(tmp_path / "faq.jsonl"), "--to", str(folder), "--merge", "--yes"], lambda: date(2026, 11, 29))
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_the_curator_saves_while_the_question_stands_is_kept(tmp_path: Path) -> None:
    folder = base(tmp_path)
    file, other = folder / "faq" / "a" / "dogs.yaml", folder / "faq" / "cats.yaml"
    found = Merge([Change(other, None, b"id: cats\n"), Change(file, DOGS.encode(), b"id: dogs\n")])
    file.write_text(DOGS + "more: Typed just now.\n", "utf-8")
    with pytest.raises(UsageError, match=r"dogs\.yaml was changed meanwhile"):
        update(folder, found, {}, b"")
    assert "Typed just now." in file.read_text("utf-8")
    assert not other.exists()
