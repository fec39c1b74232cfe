"""QnABot on AWS: the JSON of its content designer, and the workbook that its import reads.

Double braces of a text would be filled in there (Handlebars), so a backslash stands before them. What its import would refuse is left out
and told in a note: a question that is too long makes it give up the whole workbook.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.exports.content import cut, message_of, questions_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_markdown, as_plain
from bot.exports.table import Row
from bot.exports.xlsx_file import workbook
from bot.knowledge import Entry, KnowledgeBase

_MOST_ID, _MOST_QUESTION, _MOST_ANSWER = 100, 140, 8000
"""Characters of an id, a question and an answer (QnABot on AWS 7.4, source/lambda/schema/qna.js)."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as QnABot has it: its questions are short enough, its answer stands in two forms."""

    qid: str
    questions: Sequence[str]
    plain: str
    markdown: str
    topic: str
    notes: tuple[str, ...]


def write_json(subject: Subject) -> Output:
    items, notes = _items(subject)
    found = [_record(item) for item in items]
    return Output({"faq.json": (json.dumps({"qna": found}, ensure_ascii=False, indent=2) + "\n").encode()}, notes)


def _record(item: Item) -> dict[str, object]:
    found: dict[str, object] = {"qid": item.qid, "type": "qna", "q": item.questions, "a": item.plain, "alt": {"markdown": item.markdown}}
    return found | ({"t": item.topic} if item.topic else {})


def write_xlsx(subject: Subject) -> Output:
    """Headings are written as its import compares them; it deletes double quotes from questions, so they become single ones."""
    items, notes = _items(subject)
    most = max((len(item.questions) for item in items), default=1)
    rows: list[Row] = [["qid", *(f"question{number}" for number in range(1, most + 1)), "answer", "markdown", "topic"]]
    for item in items:
        questions = [text.replace('"', "'") for text in item.questions]
        rows.append([item.qid, *questions, *[""] * (most - len(questions)), item.plain, item.markdown, item.topic])
    return Output({"faq.xlsx": workbook(subject, {"QnA": rows})}, notes)


def _items(subject: Subject) -> tuple[list[Item], tuple[str, ...]]:
    """What can be imported there, and what could not or would be refused."""
    subject, notes = subject.current()
    found = [_item(entry, subject.kb) for entry in subject.entries()]
    return [item for item in found if item.questions], (*notes, *cut(subject.kb), *(note for item in found for note in item.notes))


def _item(entry: Entry, kb: KnowledgeBase) -> Item:
    blocks, questions = message_of(entry, kb), questions_of(entry, kb)
    item = Item(
        qid=re.sub(r"\s+", "-", entry.id)[:_MOST_ID],
        questions=[text for text in questions if len(text) <= _MOST_QUESTION],
        plain=_literal(as_plain(blocks)),
        markdown=_literal(as_markdown(blocks)),
        topic=entry.theme,
        notes=(),
    )
    return replace(item, notes=tuple(_notes(item, entry.id, questions)))


def _notes(item: Item, entry_id: str, questions: Sequence[str]) -> Iterator[str]:
    for text in questions:
        if len(text) > _MOST_QUESTION:
            yield f"{entry_id}: '{text[:40]}…' has more than {_MOST_QUESTION} characters, left out."
    if not item.questions:
        yield f"{entry_id}: no question is short enough, left out."
    if max(len(item.plain), len(item.markdown)) > _MOST_ANSWER:
        yield f"{entry_id}: the answer has more than {_MOST_ANSWER} characters, which its designer refuses."
    if item.qid != entry_id:
        yield f"{entry_id}: an id has no blanks and at most {_MOST_ID} characters there, written as '{item.qid}'."


def _literal(text: str) -> str:
    """A text that Handlebars give back as it is."""
    return re.sub(r"\\*\{\{", r"\\{{", text)


_HOLDS = keys("id theme question alternates answer")
_SHOWN = keys("claim verdict why remember by_status points steps more")

FORMAT = Format(name="qnabot", about="QnABot on AWS, as JSON", write=write_json, holds=_HOLDS, shown=_SHOWN)
XLSX = Format(name="qnabot-xlsx", about="QnABot on AWS, as the workbook that it imports", write=write_xlsx, holds=_HOLDS, shown=_SHOWN)
