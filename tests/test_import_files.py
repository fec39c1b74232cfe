"""What an importer opens: markup, workbooks, encodings, and sources that mean harm."""

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from test_imports import imported, told

from bot.answering.layout import spans
from bot.errors import UsageError
from bot.imports import limits
from bot.imports.as_table import harmless
from bot.imports.decode import decode
from bot.imports.files import files_of
from bot.imports.found import Text
from bot.imports.rich_text import Converted, convert, reachable
from bot.imports.templates import filled_in
from bot.kb.nodes import parse

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("rich_text.yaml").read_text("utf-8"))
MARKUPS = ("html", "markdown", "plain", "guess")


def lines(found: Converted) -> str:
    steps = [f"{number}. {text}" for number, text in enumerate(found.steps, 1)]
    return "\n".join([found.answer, *(f"- {text}" for text in found.points), *steps])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: next(row[markup] for markup in MARKUPS if markup in row))
def test_markup_becomes_the_form_of_our_entries(row: dict[str, Any]) -> None:
    markup = next(markup for markup in MARKUPS if markup in row)
    found = convert(Text(row[markup], markup, row.get("base", "")))  # type: ignore[arg-type]
    assert lines(found) == row["text"]
    assert sorted(note.kind for note in found.notes) == sorted(row.get("notes", []))


WORDS = st.lists(st.sampled_from("red notice who pays drücken école 12 boat".split()), min_size=1, max_size=6).map(" ".join)


@given(
    st.lists(WORDS, min_size=1, max_size=5),
    st.sampled_from(["<p>{}</p>", "<li>{}", "<b>{}</b> ", "<div>{}</div>", "{}<br>", "<h3>{}</h3>"]),
)
def test_no_word_is_lost_or_glued(texts: list[str], form: str) -> None:
    found = convert(Text("".join(form.format(text) for text in texts), "html"))
    assert " ".join(found.text.replace("- ", "").split()) == " ".join(texts)


@given(st.text(max_size=80), st.sampled_from(MARKUPS))
def test_whatever_comes_in_may_be_written_into_an_entry(text: str, markup: Any) -> None:
    found = convert(Text(text, markup))
    for part in (found.answer, *found.points, *found.steps):
        assert parse("", yaml.safe_dump({"answer": part}, allow_unicode=True))[1] == []


def test_an_address_is_found_again_when_the_answer_is_shown() -> None:
    for href in ("https://a.example/b(c)", "https://a.example/x.", "mailto:me@a.example", "https://a.example/ü?q=a b"):
        shown = convert(Text(f"<a href='{href}'>Here</a>, look.", "html")).answer
        assert [span.href for span in spans(shown) if span.href] == [
            f"mailto:{reachable(href)}" if "mailto" in href else reachable(href)
        ], shown


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfI\xe2\x80\x99m", "I’m"),
        ("I’m ✅".encode(), "I’m ✅"),
        ("Prüfung für Söhne".encode("cp1252"), "Prüfung für Söhne"),
        ("¿Qué?".encode("cp1252"), "¿Qué?"),
        ("\ufeffWo?".encode("utf-16-le"), "Wo?"),
        ("Wer zahlt?".encode("utf-16-be"), "Wer zahlt?"),
        (b'<meta charset="iso-8859-2"><p>\xb3', '<meta charset="iso-8859-2"><p>ł'),
        (b'<meta charset="utf-8"><p>\xfc', '<meta charset="utf-8"><p>ü'),
        (b"a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_letters_are_read_as_they_were_written(data: bytes, text: str) -> None:
    assert decode(data).text == text


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: str = "") -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    book.save(path)
    return path


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    faq: list[list[Any]] = [
        ["Our FAQ"],
        [],
        ["Question", "Answer", "Updated", "Nr"],
        ["Do you row?", "<p>Yes,<br>we do.</p>", datetime(2026, 3, 4), 1.0],
        ["", None],
        ["Do you sail?", "=A1&A4", None, 2],
        ["How many boats?", 12, None, True],
    ]
    path = workbook(tmp_path / "b.xlsx", {"FAQ": faq, "Notes": [["x"]], "Old": [["Question", "Answer"], ["a?", "b"]]}, hidden="Old")
    made = imported(path)
    assert [(draft.question, told(draft), draft.fields.get("as_of")) for draft in made.drafts] == [
        ("Do you row?", "Yes,\n\nwe do.", "2026-03-04"),
        ("How many boats?", "12", None),
    ]
    assert {line.place: line.reason[:20] for line in made.untaken()} == {
        "b.xlsx": "some cells hold form",
        "sheet FAQ, row 1": "it stands above the ",
        "sheet FAQ, row 6": "there is no answer i",
        "sheet Notes": "no column is named q",
        "sheet Old": "the sheet is hidden",
    }


@pytest.mark.parametrize("flag", [False, "False"])
@pytest.mark.parametrize("number", [1, "1"])
def test_a_workbook_of_qna_maker_has_texts_or_values(tmp_path: Path, flag: object, number: object) -> None:
    head = ["Question", "Answer", "Source", "Metadata", "SuggestedQuestions", "IsContextOnly", "Prompts", "QnaId"]
    rows: list[list[Any]] = [
        head,
        ["What is a fid?", "A **pin**.", "x", "", "[]", flag, "[]", number],
        ["fid", "A **pin**.", "x", "", "[]", flag, "[]", number],
    ]
    made = imported(
        workbook(tmp_path / "kb.xlsx", {"QnAs": rows, "Synonyms": [["Synonyms"], ["fid, pin"]], "Settings": [["Key", "Value"], ["a", "b"]]})
    )
    assert [(draft.questions, told(draft)) for draft in made.drafts] == [(("What is a fid?", "fid"), "A pin.")]
    assert made.synonyms == {"fid": ("pin",)}
    assert [line.place for line in made.untaken()] == ["sheet Settings, row 2"]


def test_a_workbook_of_qnabot_has_empty_columns(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["qid", "question1", "question2", "question3", "Answer", "topic", None, None],
        ["a.1", "What is a cleat?", None, "cleat", "A hook.", "parts"],
    ]
    made = imported(workbook(tmp_path / "q.xlsx", {"one": rows}))
    assert [(draft.questions, told(draft), draft.id, draft.theme) for draft in made.drafts] == [
        (("What is a cleat?", "cleat"), "A hook.", "a-1", "parts")
    ]


ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>'
)


def ods(path: Path, rows: str, head: str = ODS_HEAD) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        table = f'<table:table table:name="FAQ">{rows}</table:table>'
        archive.writestr("content.xml", f"{head}{table}</office:spreadsheet></office:body></office:document-content>")
    return path


def cells(*texts: str) -> str:
    inner = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f'<table:table-row>{inner}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'


def test_an_ods_sheet_keeps_links_lines_and_blanks(tmp_path: Path) -> None:
    link = 'See<text:s text:c="2"/><text:a xlink:href="https://boat.example">us</text:a>.<text:line-break/>Now.'
    empty = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    note = "<office:annotation><text:p>secret</text:p></office:annotation>"
    made = imported(ods(tmp_path / "b.ods", cells("Question", "Answer") + cells(f"Who{note}?", link) + empty))
    assert [(draft.question, told(draft)) for draft in made.drafts] == [("Who?", "See us (https://boat.example).\n\nNow.")]


def bomb(path: Path, name: str = "faq.csv", size: int = limits.UNPACKED + 1) -> Path:
    """An archive that says of itself that it would unpack to too much; what is in it is a few bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "Question,Answer\na?,b\n")
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02") + 24  # the size in the central directory (APPNOTE 6.3.10, 4.3.12)
    data[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(bytes(data))
    return path


def named_zip(path: Path, name: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "Question,Answer\na?,b\n")
    return path


def with_row(path: Path, reference: str) -> Path:
    """A workbook whose only row says that it is a very late one."""
    workbook(path, {"FAQ": [["Question", "Answer"], ["a?", "b"]]})
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'<row r="2">', f'<row r="{reference}">'.encode()) if "sheet1" in name else content)
    path.write_bytes(out.getvalue())
    return path


def with_entity(path: Path) -> Path:
    entity = '<!DOCTYPE x [<!ENTITY a "ha">]>' + ODS_HEAD
    return ods(path, cells("Question", "Answer") + cells("Who?", "&a;"), entity)


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a size that no FAQ has": (lambda folder: bomb(folder / "a.zip"), "would unpack to more than"),
    "a workbook of such a size": (lambda folder: bomb(folder / "a.xlsx", "[Content_Types].xml"), "would unpack to more than"),
    "a member of such a size": (lambda folder: bomb(folder / "a.zip", size=limits.WHOLE + 1), "too large when unpacked"),
    "a name that climbs": (lambda folder: named_zip(folder / "a.zip", "../faq.csv"), "leads out of the archive"),
    "a name from the root": (lambda folder: named_zip(folder / "a.zip", "/etc/faq.csv"), "leads out of the archive"),
    "a name of a drive": (lambda folder: named_zip(folder / "a.zip", "C:\\faq.csv"), "leads out of the archive"),
    "entities": (lambda folder: with_entity(folder / "a.ods"), "declares entities"),
    "a billion rows": (lambda folder: with_row(folder / "a.xlsx", "3000000"), "more rows than any spreadsheet"),
    "nothing": (lambda folder: written(folder / "a.csv", b""), "is empty"),
    "no workbook": (lambda folder: written(folder / "a.xlsx", b"PK\x03\x04rubbish"), "damaged"),
    "no format": (lambda folder: written(folder / "a.bin", b"\x00\x01\x02"), "no format that we know"),
    "an endless quote": (lambda folder: written(folder / "a.csv", b'Question,Answer\na?,"b\nc?,d\n'), "never closed"),
    "deep JSON": (lambda folder: written(folder / "a.json", b"[" * 100_000), "no format that we know"),
    "a page of the web": (lambda folder: Path("https://shop.example/faq"), "save it in your browser"),
    "no file": (lambda folder: folder / "none.csv", "cannot read"),
}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_a_source_that_means_harm_ends_in_a_message_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    from bot.commands.import_ import run

    make, message = HOSTILE[name]
    with pytest.raises(UsageError, match=message):
        run([str(make(tmp_path)), "--to", str(tmp_path / "base"), "--yes"], lambda: datetime(2026, 11, 29).date())
    assert not (tmp_path / "base").exists()


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the writer's, of the name
        for word in ("one", "two"):
            archive.writestr("faq.csv", f"Question,Answer\nWhat is {word}?,It is {word} of them.\n")
    found = imported(tmp_path / "two.zip")
    assert [(line.place, line.what) for line in found.lines] == [
        ("faq.csv, row 2", "What is one?"),
        ("faq (2).csv, row 2", "What is two?"),
    ]


def test_pages_that_nest_without_end_are_read(tmp_path: Path) -> None:
    deep = "<div>" * 5000 + "Yes." + "</div>" * 5000
    assert told(imported(written(tmp_path / "a.html", f"<details><summary>Deep?</summary>{deep}</details>".encode())).drafts[0]) == "Yes."


def test_links_and_hidden_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "secret.csv", b"Question,Answer\nWho?,Me.\n")
    written(tmp_path / "in" / "a.csv", b"Question,Answer\nWhere?,Here.\n")
    written(tmp_path / "in" / ".hidden.csv", b"Question,Answer\nWhat?,That.\n")
    (tmp_path / "in" / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert [file.name for file in files_of(tmp_path / "in")] == ["a.csv"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_report_begins_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_warnings_of_the_reader_are_not_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"FAQ": [["Question", "Answer"], ["When?", datetime(2026, 1, 2)]]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert told(imported(path).drafts[0]) == "2026-01-02"


ENDLESS = ["[" * 9_000, "{{" * 4_500, "<p" * 4_500, "*" * 9_000, "[a](" * 2_200, "- " * 4_500, "<ul><li>" * 900]


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: text[:8])
@pytest.mark.parametrize("markup", MARKUPS)
def test_texts_that_go_on_and_on_come_to_an_end(text: str, markup: Any) -> None:
    assert filled_in(convert(Text(text, markup)).text) == ""
