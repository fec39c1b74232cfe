"""factotum import: what is shown, written and merged, and that the base answers."""

import csv
import io
import json
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from test_imports import OWN

from bot import Bot
from bot.commands.import_ import run
from bot.errors import KnowledgeBaseError, UsageError
from bot.exits import NOT_ANSWERED, OK
from bot.imports.edit import values, with_value
from bot.imports.entries import Draft, Import
from bot.imports.findings import close_pairs
from bot.imports.merge import Merge
from bot.imports.write import RECORD, REPORT, create, update
from bot.kb.files import DRAFT

DAY = date(2026, 11, 29)
FAQ = """Question,Answer,Category
How long may I keep a boat?,"Two days and two nights at the most.",Hire
For how many days is it mine?,"Two days and two nights at the most.",Hire
What does a boat cost?,Ten euros an hour.,Hire
What does a boot cost?,10 euros a pair.,Shop
Where do I moor?,"See <a href=""https://boat.example/moor"">the map</a>.",Harbour
Who pays?,,
"""


def importing(source: Path, folder: Path, *further: str) -> int:
    return run([str(source), "--to", str(folder), *further], lambda: DAY)


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path / "faq.csv", FAQ)


@pytest.fixture
def base(source: Path, tmp_path: Path) -> Path:
    assert importing(source, tmp_path / "base", "--yes") == OK
    return tmp_path / "base"


def test_the_base_answers_at_once(base: Path) -> None:
    bot = Bot.load(base, clock=lambda: DAY)
    reply = bot.ask("how many days may I keep the boat")
    assert reply.answers[0].text == "Two days and two nights at the most."
    assert [source.publisher for source in reply.answers[0].sources]
    moor = bot.ask("where do I moor").answers[0]
    assert moor.text == "See the map (https://boat.example/moor)."


def test_what_would_be_written_is_shown_and_nothing_is_written_without_a_yes(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert importing(source, tmp_path / "base") == NOT_ANSWERED
    shown = capsys.readouterr().out
    assert not (tmp_path / "base").exists()
    for part in (
        "4 entries with 1 alternate",
        "1 item not taken",
        "row 7: “Who pays?” - there is no answer in this row",
        "told apart by one word",
        "`factotum check` will say:",
        "Nothing was written. To write it, add --yes.",
    ):
        assert part in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_folder_that_holds_something_is_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    written(tmp_path / "base" / "mine.txt", "mine")
    with pytest.raises(UsageError, match="is not empty"):
        importing(source, tmp_path / "base", "--yes")
    assert contents(tmp_path / "base") == {"mine.txt": b"mine"}


def test_an_empty_folder_will_do_and_stays_the_one_that_somebody_stands_in(
    source: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert importing(source, Path(), "--yes") == OK
    assert contents(Path()) == contents(base)
    assert [path.name for path in (*tmp_path.iterdir(), *Path().iterdir()) if path.name.endswith(DRAFT)] == []


def test_what_was_saved_in_the_empty_folder_meanwhile_stays_alone(tmp_path: Path) -> None:
    made = Import("faq.csv", "a table", (Draft("why", "faq", "hire", {"id": "why", "question": "Why?", "answer": "So."}),), (), (OWN,))
    written(tmp_path / "sources.yaml", "mine")
    with pytest.raises(OSError, match=r"sources\.yaml is there by now"):
        create(tmp_path, made, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["sources.yaml"]
    assert (tmp_path / "sources.yaml").read_text() == "mine"


def test_the_report_says_what_became_of_each_row(source: Path, base: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader((base / REPORT).read_text("utf-8-sig").splitlines()))
    assert [(row["place"], row["what became of it"], row["entry"]) for row in rows] == [
        ("row 2", "entry", "how-long-may-i-keep-a-boat"),
        ("row 3", "alternate", "how-long-may-i-keep-a-boat"),
        ("row 4", "entry", "what-does-a-boat-cost"),
        ("row 5", "entry", "what-does-a-boot-cost"),
        ("row 6", "entry", "where-do-i-moor"),
        ("row 7", "not taken", ""),
    ]
    for ending in (".json", ".txt", ".csv"):
        assert importing(source, tmp_path / f"b{ending}", "--yes", "--report", str(tmp_path / f"report{ending}")) == OK
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (told["entries"], told["alternates"], told["not_taken"], len(told["lines"])) == (4, 1, 1, 6)
    assert "row 7: not taken - Who pays? - there is no answer in this row" in (tmp_path / "report.txt").read_text("utf-8")


@pytest.mark.parametrize("named", ["faq.csv", "link.csv", "in its folder"])
def test_a_report_is_never_written_over_the_source(named: str, source: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(source)
    whole, report = (tmp_path, "faq.csv") if named == "in its folder" else (source, named)
    with pytest.raises(UsageError, match="is what is imported"):
        importing(whole, tmp_path / "base", "--yes", "--report", str(tmp_path / report))
    assert source.read_text("utf-8") == FAQ
    assert not (tmp_path / "base").exists()


def test_a_second_run_changes_nothing(source: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(base)
    assert importing(source, base, "--merge", "--yes") == OK
    assert "nothing to change" in capsys.readouterr().out
    assert contents(base) == before


def test_a_merge_takes_what_the_source_changed_and_keeps_what_the_curator_did(
    source: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep, cost = base / "faq/hire/how-long-may-i-keep-a-boat.yaml", base / "faq/hire/what-does-a-boat-cost.yaml"
    boot, moor = base / "faq/shop/what-does-a-boot-cost.yaml", base / "faq/harbour/where-do-i-moor.yaml"
    written(keep, keep.read_text("utf-8").replace("alternates:\n", "alternates:  # mine\n- days of hire\n"))
    written(cost, cost.read_text("utf-8").replace("Ten euros an hour.", "Twelve euros an hour."))
    boot.unlink()
    fresh = FAQ.replace("Two days and two nights at the most.", "Three days and three nights at the most.").replace(
        "Ten euros an hour.", "Eleven euros an hour."
    )
    fresh = fresh.replace("For how many days is it mine?", "How many nights?").replace('Where do I moor?,"See', 'Is there a lift?,"See')
    written(source, fresh + "May I swim?,Yes.,Sea\n")
    assert importing(source, base, "--merge", "--yes") == OK
    shown = capsys.readouterr().out
    assert values(keep.read_text("utf-8"))["answer"] == "Three days and three nights at the most."
    assert values(keep.read_text("utf-8"))["alternates"] == ["days of hire", "How many nights?"]
    assert "alternates:  # mine\n- days of hire\n" in keep.read_text("utf-8")
    assert values(cost.read_text("utf-8"))["answer"] == "Twelve euros an hour."
    assert not boot.exists()
    assert moor.exists()
    assert (base / "faq/sea/may-i-swim.yaml").exists()
    assert "what-does-a-boat-cost: answer stays yours" in shown
    assert "what-does-a-boot-cost: you deleted it" in shown
    assert "where-do-i-moor: it is no longer in the source" in shown
    assert "-answer: Two days and two nights at the most." in shown
    before = contents(base)
    assert importing(source, base, "--merge", "--yes") == OK
    assert contents(base) == before
    assert Bot.load(base, clock=lambda: DAY).ask("may I swim").answers[0].text == "Yes."


def test_a_merge_that_cannot_write_names_the_file(base: Path) -> None:
    least, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most))  # nothing larger can be written: like a full disk, this names no file
    try:
        with pytest.raises(OSError, match="File too large") as raised:
            update(base, Merge(), {}, b"a report of more than ten bytes")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (least, most))
    assert raised.value.filename == str(base / REPORT)


def test_a_merge_into_a_base_that_was_never_imported_adds_only(source: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    (base / "faq").mkdir(parents=True)
    written(base / "sources.yaml", "us: {title: Us, publisher: Us, kind: internal, checked: 2026-11, via: live}\n")
    mine = "id: keep\nquestion: How long may I keep a boat?\nalternates: [a, b]  # few\nanswer: A week.\nsources: [{id: us}]\n"
    written(base / "faq/keep.yaml", mine)
    assert importing(source, base, "--merge", "--yes") == OK
    found = values((base / "faq/keep.yaml").read_text("utf-8"))
    assert found["answer"] == "A week."
    assert found["alternates"] == ["a", "b", "For how many days is it mine?"]
    assert "us: {title" in (base / "sources.yaml").read_text("utf-8")
    assert "imported:" in (base / "sources.yaml").read_text("utf-8")
    assert Bot.load(base, clock=lambda: DAY).kb.entries["what-does-a-boat-cost"].answer == "Ten euros an hour."


def test_a_base_with_an_error_is_not_merged_into(source: Path, base: Path) -> None:
    written(base / "faq/hire/bad.yaml", "id: bad\n")
    before = contents(base)
    with pytest.raises(KnowledgeBaseError):
        importing(source, base, "--merge", "--yes")
    assert contents(base) == before


def test_a_damaged_record_is_told(source: Path, base: Path) -> None:
    written(base / RECORD, "{")
    with pytest.raises(UsageError, match="Delete it"):
        importing(source, base, "--merge", "--yes")


def test_columns_and_formats_may_be_named(tmp_path: Path) -> None:
    odd = written(tmp_path / "odd.txt", "was,wie,rest\nWhere is it?,Here.,x\n")
    with pytest.raises(UsageError, match="no column is named question"):
        importing(odd, tmp_path / "b", "--yes", "--format", "csv")
    assert importing(odd, tmp_path / "b", "--yes", "--format", "csv", "--columns", "question=was,answer=wie") == OK
    assert (tmp_path / "b/faq/imported/where-is-it.yaml").exists()
    for wrong in (["--columns", "question=was"], ["--format", "pdf"], ["--report", "x.doc"], ["--encoding", "klingon"]):
        with pytest.raises(UsageError):
            importing(odd, tmp_path / "c", "--yes", "--format", "csv", *wrong)


ENTRY = """# mine
id: a   # the id
question: Why?
alternates:
  # short ones
  - one  # first
  - "two: b"

  - three
answer: >
  Because
  of it.

# below
sources: [{id: us}]
"""


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("answer", "So.", "answer: >\n  Because\n  of it.\n", "answer: So.\n"),
        ("alternates", ["one", "three", "four: d"], '  - "two: b"\n\n', ""),
        ("alternates", ["one", "two: b", "three", "4"], "  - three\n", "  - three\n  - '4'\n"),
        ("as_of", "2026-01", "sources: [{id: us}]\n", "sources: [{id: us}]\nas_of: 2026-01\n"),
        ("alternates", [], ENTRY[ENTRY.index("alternates") : ENTRY.index("answer")], ""),
    ],
)
def test_a_key_is_set_and_all_else_stays(key: str, value: list[str] | str, old: str, new: str) -> None:
    changed = with_value(ENTRY, key, value)
    assert values(changed).get(key, []) == value
    expected = ENTRY.replace(old, new)
    assert changed == expected.replace("  - three\n", "  - three\n  - 'four: d'\n") if "four: d" in value else changed == expected
    assert {name: one for name, one in values(changed).items() if name != key} == {
        name: one for name, one in values(ENTRY).items() if name != key
    }


def test_the_libraries_are_loaded_only_by_what_needs_them(source: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; from bot.cli import guarded; guarded(['import', {str(source)!r}, '--to', {str(tmp_path / 'b')!r}, '--yes']);"
        "print(*[name for name in ('openpyxl', 'markdown_it') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
    assert (tmp_path / "b" / REPORT).exists()


def test_of_questions_that_are_close_the_first_is_named() -> None:
    asked = {
        "boat": ["what does a boat cost", "price of one boat hire"],
        "boot": ["what does a boot cost", "boat hire of one price", "what does a boot"],
        "bare": ["what does a cost", "price of hire"],
    }
    drafts = [Draft(name, "faq", "", {"question": first, "alternates": rest}) for name, (first, *rest) in asked.items()]
    assert [(pair.how, pair.question, pair.other_question) for pair in close_pairs(drafts)] == [
        ("one word", "what does a boot cost", "what does a boat cost"),
        ("the same words", "boat hire of one price", "price of one boat hire"),
        ("one word", "what does a cost", "what does a boot"),
    ]
