"""Exports: what each format holds, read with readers of others; any text survives; the command writes safely."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from base import write
from conftest import SHOP
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from orders import read_base
from test_commands import factotum

from bot.errors import BotError
from bot.exports import FORMATS
from bot.exports.format import EVERYTHING, Subject
from bot.exports.table import COLUMNS
from bot.kb.convert import items_of
from bot.kb.files import read_folder
from bot.kb.schema import FAQ, MYTH
from bot.knowledge import Citation, Entity, Entry, Exclusion, KnowledgeBase, Source, Value

DAY = date(2026, 11, 29)
LOSSLESS = ("jsonl", "yaml")
NAMES = sorted(set(FORMATS) - set(LOSSLESS))


@pytest.fixture(scope="module")
def wares() -> KnowledgeBase:
    """The shop as read from its files."""
    return read_base(SHOP / "base")


@pytest.fixture(scope="module")
def planets(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return read_base(write(tmp_path_factory.mktemp("planets")))


def exported(name: str, kb: KnowledgeBase, url: str | None = None) -> dict[str, str]:
    """The files of a format as text."""
    return {file: content.decode("utf-8-sig") for file, content in FORMATS[name].write(Subject(kb, DAY, "Help & more", url)).files.items()}


def only(name: str, kb: KnowledgeBase) -> str:
    (text,) = exported(name, kb).values()
    return text


def one(**fields: Any) -> KnowledgeBase:
    """A base of one entry."""
    entry = Entry(**{"id": "one", "kind": "faq", "question": "What is it?", "answer": "It is this.", **fields})
    return KnowledgeBase({entry.id: entry})


# All formats

KEEPING = {"csv", "xlsx"}
"""The formats that are no publication: they keep what has expired."""


@pytest.mark.parametrize("name", NAMES)
def test_the_same_base_gives_the_same_bytes_in_whatever_order_it_was_read(name: str, wares: KnowledgeBase) -> None:
    first, again = (FORMATS[name].write(Subject(kb, DAY, "Help")) for kb in (wares, read_base(SHOP / "base", files_turned=True)))
    assert first == again
    assert all(first.files.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_there_or_a_note_says_why_not(name: str, wares: KnowledgeBase) -> None:
    old = replace(wares.entries["bags"], expires="2026-11-28")
    output = FORMATS[name].write(Subject(replace(wares, entries={**wares.entries, "bags": old}), DAY, "Help"))
    missing = [entry for entry in wares.entries.values() if not any(mentions(content, entry.question) for content in output.files.values())]
    if name == "claimreview":
        assert {entry.kind for entry in missing} == {"faq"}
        assert "24 FAQ entries left out" in output.notes[1]
    else:
        assert [entry.id for entry in missing] == ([] if name in KEEPING else ["bags"])
    assert [note for note in output.notes if "expired on 2026-11-28" in note] == ([] if name in KEEPING else [output.notes[0]])


def mentions(content: bytes, text: str, *, whole: bool = True) -> bool:
    """Whether a text stands in a file; in a workbook as a cell, or (not `whole`) in one."""
    if content.startswith(b"PK"):
        cells = [str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
        return text in cells if whole else any(text in cell for cell in cells)
    return text in content.decode()


def test_what_formats_hold_are_keys_of_entries_and_files() -> None:
    known = {*FAQ.keys, *MYTH.keys, "theme", "kind"}
    assert known == COLUMNS
    assert {key for name in NAMES for key in FORMATS[name].holds | FORMATS[name].shown} <= known | {"synonyms.yaml", "sources.yaml"}
    assert {FORMATS[name].holds for name in LOSSLESS} == {EVERYTHING}


FULL: dict[str, Any] = {
    "id": "full",
    "kind": "myth",
    "topic": "whole",
    "question": "Is aaa so?",
    "alternates": ("aab",),
    "exclusions": (Exclusion("aac"),),
    "answer": "aad",
    "facts": ("aae",),
    "entity": "body",
    "by_status": {"open": "It is aag."},
    "points": ("aah",),
    "steps": ("aai",),
    "more": "aaj",
    "sources": (Citation("book", "aak"),),
    "as_of": "2011",
    "review_by": "2012-01-01",
    "expires": "2051-01-01",
    "related": ("whole",),
    "claim": "aal",
    "claims": ("aam",),
    "denials": ("aan",),
    "verdict": "outdated",
    "why": "aao",
    "remember": "aap",
}
"""An entry with all keys, each with a text of its own."""

TOLD = {
    "question": "aaa", "alternates": "aab", "not": "aac", "answer": "aad", "facts": "aae", "by_status": "aag", "points": "aah",
    "steps": "aai", "more": "aaj", "sources": "aak", "as_of": "2011", "review_by": "2012-01-01", "expires": "2051-01-01",
    "related": "Is whole so?", "claim": "aal", "claims": "aam", "denials": "aan", "verdict": "outdated", "why": "aao", "remember": "aap",
}  # fmt: skip
"""What shows that a key is there."""


@pytest.mark.parametrize("name", NAMES)
def test_a_format_has_the_keys_that_its_row_of_the_table_names_and_no_others(name: str) -> None:
    body = Entity("body", (Value("body", "Moon", None, "open"),))
    whole = Entry("whole", "faq", "Is whole so?", answer="Whole.")
    atlas = Source("book", "Book", "Publisher", "reference", None, None, "2026", "live")
    kb = KnowledgeBase({"full": Entry(**FULL), "whole": whole}, {"book": atlas}, {"body": body})
    output = FORMATS[name].write(Subject(kb, DAY, "Help"))
    there = {key for key, text in TOLD.items() if any(mentions(content, text, whole=False) for content in output.files.values())}
    one = FORMATS[name]
    assert there - {"related"} == (one.holds | one.shown) & set(TOLD) - {"related"}


def test_what_is_a_limit_elsewhere_is_told() -> None:
    kb = one(question="Why? " * 40, alternates=("short",), answer="Because. " * 3000, id="an id")
    assert [note[:40] for note in FORMATS["qnabot"].write(Subject(kb, DAY, "Help")).notes] == [
        "an id: 'Why? Why? Why? Why? Why? Why? Wh",
        "an id: the answer has more than 8000 cha",
        "an id: an id has no blanks and at most 1",
    ]
    assert "more than 25000" in FORMATS["qnamaker"].write(Subject(kb, DAY, "Help")).notes[0]
    with pytest.raises(BotError, match="Entries: row 2, answer"):
        FORMATS["xlsx"].write(Subject(one(answer="x" * 40_000), DAY, "Help"))


@pytest.mark.parametrize("make", [pytest.param(write, id="tiny"), pytest.param(lambda _: SHOP / "base", id="shop")])
def test_lossless_formats_lose_nothing(make: Callable[[Path], Path], tmp_path: Path) -> None:
    folder = make(tmp_path / "base")
    items, kb = items_of(read_folder(folder), str(folder)), read_base(folder)
    lines, files = (FORMATS[name].write(Subject(kb, DAY, "", items=lambda: items)).files for name in LOSSLESS)
    assert items_of(lines, "faq.jsonl") == items_of({f"base/{name}": content for name, content in files.items()}, "base") == items


def test_a_chat_is_not_sent_a_message_as_long_as_an_atlas() -> None:
    values = tuple(Value("body", f"Moon {number}", None, "open") for number in range(40))
    kb = replace(one(entity="body", by_status={"open": "{name} is open."}), entities={"body": Entity("body", values)})
    for name in ("rasa", "qnabot", "qnabot-xlsx", "qnamaker", "question-answering"):
        output = FORMATS[name].write(Subject(kb, DAY, "Help"))
        assert output.notes == ("one: its answers for 40 values of body are left out, too many for one message.",)
        assert not any(mentions(content, "Moon 39 is open.", whole=False) for content in output.files.values())
    assert "Moon 39 is open." in only("html", kb)


# Each with a reader of others

RICH: dict[str, Any] = {
    "answer": "See https://example.org/a_b?c=1&d=2 or write to help@example.org, or ring +31 20 123 4567.\n\nSecond.",
    "points": ("first", "2. second"),
    "steps": ("Go in.", "Pay."),
    "more": "There is *more* <b>here</b>.",
}


def test_a_page_of_markdown_has_headings_lists_and_links(wares: KnowledgeBase) -> None:
    tokens = MarkdownIt("commonmark").parse(only("markdown", wares))
    headings = [(token.tag, tokens[number + 1].content) for number, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings[0] == ("h1", "Help & more".replace("&", "&"))
    assert [text for tag, text in headings if tag == "h2"] == ["Buying", "Goods", "Keeping", "Shop"]
    assert sum(tag == "h3" for tag, _ in headings) == len(wares.entries)
    shown = MarkdownIt("commonmark").render(only("markdown", one(**RICH)))
    assert '<a href="https://example.org/a_b?c=1&amp;d=2">https://example.org/a_b?c=1&amp;d=2</a>' in shown
    assert '<a href="mailto:help@example.org">' in shown
    assert '<a href="tel:+31201234567">' in shown
    assert "<ul>\n<li>first</li>\n<li>2. second</li>\n</ul>\n<ol>\n<li>Go in.</li>" in shown
    assert "<p>There is *more* &lt;b&gt;here&lt;/b&gt;.</p>" in shown


def test_an_answer_of_structured_data_is_html_that_may_stand_in_a_page(planets: KnowledgeBase) -> None:
    text = only("faqpage", one(**RICH, claim=None))
    assert "</" not in text
    answer = json.loads(text)["mainEntity"][0]["acceptedAnswer"]["text"]
    assert answer.startswith('<p>See <a href="https://example.org/a_b?c=1&amp;d=2">')
    assert "<ul><li>first</li><li>2. second</li></ul>\n<ol><li>Go in.</li><li>Pay.</li></ol>" in answer
    page = json.loads(exported("faqpage", planets, "https://example.org/help")["faq.jsonld"])
    question = next(item for item in page["mainEntity"] if item["name"] == "How deep is the deepest ocean?")
    assert (page["@type"], page["sdDatePublished"], question["@id"]) == ("FAQPage", "2026-11-29", "https://example.org/help#deepest-ocean")
    assert question["acceptedAnswer"]["temporalCoverage"] == "2020-05"
    assert question["acceptedAnswer"]["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "World atlas, page 5",
            "publisher": {"@type": "Organization", "name": "A publisher"},
            "url": "https://example.org/atlas",
            "datePublished": "2020-05",
        }
    ]


SCHEMA_ORG = {
    "FAQPage": {"name", "url", "author", "inLanguage", "sdDatePublished", "mainEntity"},
    "Question": {"identifier", "about", "name", "alternateName", "acceptedAnswer"},
    "Answer": {"text", "temporalCoverage", "expires", "citation"},
    "CreativeWork": {"name", "publisher", "url", "datePublished"},
    "Organization": {"name"},
    "DataFeed": {"name", "dateModified", "dataFeedElement"},
    "DataFeedItem": {"item"},
    "Thing": {"name"},
    "ClaimReview": {
        *(
            "identifier",
            "about",
            "url",
            "name",
            "author",
            "claimReviewed",
            "itemReviewed",
            "reviewRating",
            "reviewBody",
            "temporalCoverage",
            "expires",
            "citation",
        ),
    },
    "Claim": {"text"},
    "Rating": {"alternateName", "ratingExplanation"},
}
"""The properties that are written, by type; each is one of that type or of a type above it (schema.org 29, checked with schema-dts)."""


@pytest.mark.parametrize("name", ["faqpage", "claimreview"])
def test_structured_data_has_properties_of_their_types(name: str, wares: KnowledgeBase, planets: KnowledgeBase) -> None:
    for kb in (wares, planets):
        for node in nodes(json.loads(only(name, kb))):
            assert {key for key in node if not key.startswith("@")} <= SCHEMA_ORG[node["@type"]]


def nodes(value: Any) -> list[dict[str, Any]]:
    """All nodes within a JSON value."""
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    return [value, *(node for item in value.values() for node in nodes(item))] if isinstance(value, dict) else []


def test_a_claim_review_has_the_verdict_in_words(wares: KnowledgeBase) -> None:
    reviews = [element["item"][0] for element in json.loads(only("claimreview", wares))["dataFeedElement"]]
    assert len(reviews) == 4
    honey = next(review for review in reviews if "Honey" in review["claimReviewed"])
    assert honey["reviewRating"]["alternateName"] == "Incorrect"
    assert honey["reviewRating"]["ratingExplanation"].startswith("Hard honey is good")
    assert "url" not in honey  # nobody knows where the page will stand


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file by heading, without the apostrophe before what would be a formula."""
    return [
        {key: re.sub(r"^'(?='*[=+\-@\t\r])", "", cell) for key, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def test_a_sheet_has_a_row_for_each_entry(wares: KnowledgeBase) -> None:
    rows = {row["id"]: row for row in rows_of(only("csv", wares))}
    assert list(rows) == [entry.id for entry in Subject(wares, DAY, "").entries()]
    assert rows["returns"]["not"].splitlines() == ["can i bring my dog with me", "may i bring a friend along"]
    assert rows["returns"]["sources"] == "house-rules: section 2"
    assert rows["returns"]["theme"] == "buying"
    assert rows["product-sold"]["by_status.sold"] == "Yes, the shop sells {name}. {note}"
    assert rows["opening-hours"]["answer"].splitlines()[1:] == ["", "On bank holidays it is closed."]
    assert "expires" not in rows["returns"]  # no entry of the shop has it


@pytest.mark.parametrize("name", ["xlsx", "qnabot-xlsx"])
def test_every_cell_of_a_workbook_is_text_or_not_there(name: str, wares: KnowledgeBase) -> None:
    kb = replace(wares, entries={**wares.entries, "sum": Entry("sum", "faq", "=1+1?", ("@SUM(A1)", "-2+3"), "+1 is the answer")})
    (content,) = FORMATS[name].write(Subject(kb, DAY, "Help")).files.values()
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "" not in {cell.value for cell in cells}
    assert {"=1+1?", "+1 is the answer"} <= {cell.value for cell in cells}
    assert book.properties.created.date() == DAY


def test_a_workbook_holds_what_a_sheet_holds(wares: KnowledgeBase) -> None:
    (content,) = FORMATS["xlsx"].write(Subject(wares, DAY, "Help")).files.values()
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *rows = book["Entries"].iter_rows(values_only=True)
    assert [dict(zip(head, (cell or "" for cell in row), strict=True)) for row in rows] == rows_of(only("csv", wares))
    assert [row[0] for row in book["Sources"].iter_rows(values_only=True)] == ["id", *sorted(wares.sources)]


def table_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_qna_maker_reads_a_row_for_each_question(wares: KnowledgeBase) -> None:
    head, *rows = table_of(only("qnamaker", wares))
    assert head[0] == "Question"
    assert {len(row) for row in rows} == {8}
    assert len(rows) == sum(len({*entry.questions}) for entry in wares.entries.values())
    assert len({row[-1] for row in rows}) == len(wares.entries)
    hours = next(row for row in rows if row[0] == "When is the shop open?")
    assert hours[1].endswith("Saturday.\\n\\nOn bank holidays it is closed.")
    assert hours[3] == "id:opening-hours|theme:shop|as_of:2026-03"
    prompts = json.loads(hours[6])
    assert [prompt["DisplayText"] for prompt in prompts] == ["Is the shop open on Sundays?", "Where is the shop?"]
    assert next(row[0] for row in rows if row[-1] == str(prompts[1]["QnaId"])) == "Where is the shop?"
    assert "do you sell asparagus" in {row[0] for row in rows}


def test_question_answering_takes_questions_prompts_and_synonyms(wares: KnowledgeBase) -> None:
    project = json.loads(only("question-answering", wares))
    records = {record["metadata"]["id"]: record for record in project["assets"]["qnas"]}
    assert records["opening-hours"]["questions"][:2] == ["When is the shop open?", "opening hours"]
    assert records["opening-hours"]["dialog"]["prompts"][0]["qnaId"] == records["sunday-hours"]["id"]
    assert [item["alterations"][0] for item in project["assets"]["synonyms"]] == list(wares.synonyms)


def test_rasa_reads_intents_responses_and_names(wares: KnowledgeBase) -> None:
    files = {name: yaml.safe_load(text) for name, text in exported("rasa", wares).items()}
    assert {content["version"] for content in files.values()} == {"3.1"}
    intents = {item["intent"]: item["examples"].splitlines() for item in files["nlu.yml"]["nlu"] if "intent" in item}
    lookups = {item["lookup"]: item["examples"].splitlines() for item in files["nlu.yml"]["nlu"] if "lookup" in item}
    assert {f"utter_{name}" for name in intents} == set(files["domain.yml"]["responses"])
    assert "- do you sell [asparagus](product)" in intents["faq/product-sold"]
    assert "- cigarettes" in lookups["product"]
    assert files["domain.yml"]["entities"] == ["product", "village"]
    told = files["domain.yml"]["responses"]["utter_faq/opening-hours"][0]
    assert told["text"].endswith("Saturday.\n\nOn bank holidays it is closed.")
    assert told["metadata"]["sources"] == [{"title": "Notice at the door", "at": "first line", "publisher": "Quay Shop", "url": None}]


def test_qnabot_has_the_answer_in_two_forms() -> None:
    (item,) = json.loads(only("qnabot", one(**RICH)))["qna"]
    assert "- first\n- 2. second\n1. Go in." in item["a"]
    assert "[help@example.org](mailto:help@example.org)" in item["alt"]["markdown"]
    assert json.loads(only("qnabot", one(answer="Write {{name}}.")))["qna"][0]["a"] == "Write \\{{name}}."


# Whatever stands in a text

SIGNS = "ab1 .,!?-+=@#*_`~|<>[](){}&;:\"'\\/$%^\u00e9\u4e2d\U0001f600"
TEXT = st.text(SIGNS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(lambda text: any(map(str.isalnum, text)))


class Words(HTMLParser):
    """The text of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(max_examples=100)
@given(answer=TEXT, question=TEXT)
def test_any_text_stays_as_it_is_in_markup(answer: str, question: str) -> None:
    kb = one(question=question, answer=answer)
    page = json.loads(only("faqpage", kb))["mainEntity"][0]
    assert (page["name"], Words(page["acceptedAnswer"]["text"]).text) == (question, answer)
    for flavour in ("commonmark", "gfm-like"):
        shown = Words(MarkdownIt(flavour, {"linkify": False}).render(only("markdown", kb))).text
        assert [line for line in shown.split("\n") if line] == ["Help & more", "All", question, answer]


@settings(max_examples=100)
@given(answer=TEXT, alternates=st.lists(TEXT, max_size=3, unique=True))
def test_any_text_stays_as_it_is_in_a_sheet(answer: str, alternates: list[str]) -> None:
    kb = one(answer=answer, alternates=tuple(alternates))
    (row,) = rows_of(only("csv", kb))
    assert (row["answer"], row["alternates"].splitlines()) == (answer, alternates)
    for cells in csv.reader(io.StringIO(only("csv", kb), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    head, *rows = table_of(only("qnamaker", kb))
    assert {len(cells) for cells in rows} == {len(head)}
    shown = Words(MarkdownIt("commonmark").render(rows[0][1].replace("\\n", "\n"))).text
    assert shown.strip() == answer


@settings(max_examples=100)
@given(answer=TEXT, question=TEXT)
def test_any_text_stays_as_it_is_for_rasa(answer: str, question: str) -> None:
    files = {name: yaml.safe_load(text) for name, text in exported("rasa", one(question=question, answer=answer)).items()}
    text = files["domain.yml"]["responses"]["utter_faq/one"][0]["text"]
    assert text.format({}) == answer
    (intent,) = files["nlu.yml"]["nlu"]
    assert not re.search(r"\[[^\]]+\](\([^:)]+|\{|\[)", intent["examples"])
    assert intent["examples"].removeprefix("- ").removesuffix("\n").translate({91: 40, 93: 41}) == question.translate({91: 40, 93: 41})


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "base")


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = factotum("export", "--intents", str(folder), *arguments, FACTOTUM_TODAY="2026-11-29")
    return done.returncode, done.stdout.decode("utf-8-sig"), done.stderr.decode()


def test_it_writes_to_standard_output_a_file_or_a_folder(folder: Path, tmp_path: Path) -> None:
    code, out, told = run(folder, "--format", "markdown", "--title", "Sea & sky")
    assert (code, out.splitlines()[0], told) == (0, "# Sea & sky", "")
    assert run(folder, "--format", "html", "--to", str(tmp_path / "page.html"))[0] == 0
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")
    assert run(folder, "--format", "rasa", "--to", str(tmp_path / "rasa"))[0] == 0
    assert sorted(path.name for path in (tmp_path / "rasa").iterdir()) == ["domain.yml", "nlu.yml", "rules.yml"]


def test_a_base_goes_into_one_file_and_comes_out_of_it(folder: Path, tmp_path: Path) -> None:
    lines, again = tmp_path / "base.jsonl", tmp_path / "again" / "base"
    assert run(folder, "--format", "jsonl", "--to", str(lines)) == (0, "", "")
    assert run(lines, "--format", "yaml", "--to", str(again))[0] == 2  # there is no folder for it yet
    again.parent.mkdir()
    assert run(lines, "--format", "yaml", "--to", str(again)) == (0, "", "")
    assert items_of(read_folder(again), str(again)) == items_of(read_folder(folder), str(folder))
    assert "About eleven" in (again / "faq" / "earth" / "deepest-ocean.yaml").read_text("utf-8")
    code, _, told = run(lines, "--format", "yaml", "--to", str(again))
    assert (code, "exists already" in told) == (2, True)


def test_it_writes_over_nothing_unless_it_is_told_to(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("mine", "utf-8")
    code, _, told = run(folder, "--format", "csv", "--to", str(file))
    assert (code, file.read_text("utf-8")) == (2, "mine")
    assert "exists already" in told
    assert "--force" in told
    assert run(folder, "--format", "csv", "--to", str(file), "--force")[0] == 0
    assert file.read_text("utf-8-sig").startswith("id,kind,theme")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base", "faq.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "pdf"], "html"),
        ([], "--format"),
        (["--format", "rasa"], "folder with --to"),
        (["--format", "csv", "--to", "/no/such/folder/faq.csv"], "there is no folder"),
        (["--format", "csv", "--to", "."], "name a file"),
    ],
)
def test_what_cannot_be_done_is_told(folder: Path, arguments: list[str], said: str) -> None:
    code, out, told = run(folder, *arguments)
    assert (code, out) == (2, "")
    assert said in told


def test_a_base_with_an_error_is_not_exported(folder: Path) -> None:
    write(folder, {"faq/earth/bad.yaml": "id: bad\n"})
    code, out, told = run(folder, "--format", "html")
    assert (code, out) == (2, "")
    assert "missing-key" in told
