"""QnA Maker: its export of tab-separated values, as Azure's question answering imports it too.

A row for each question; rows with the same QnaId are one entry. Nothing is quoted, so that a tab becomes a blank, and a line break the two
characters \\n. A backslash of a text is written as a character reference, and never makes such a pair.
"""

import json
from collections.abc import Iterator, Mapping

from bot.exports.content import cut, message_of, questions_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_markdown
from bot.knowledge import Entry, KnowledgeBase

_HEADINGS = ("Question", "Answer", "Source", "Metadata", "SuggestedQuestions", "IsContextOnly", "Prompts", "QnaId")

MOST_PROMPTS = 20
MOST_PROMPT_TEXT = 200
MOST_ANSWER = 25_000
"""Limits of an answer and its prompts, in characters (Azure REST API 2021-10-01, questionanswering-authoring)."""

ORIGIN = "Editorial"
"""The source of what was written by hand."""


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    rows = [_HEADINGS, *_rows(subject)]
    text = "".join("\t".join(row) + "\n" for row in rows)
    return Output({"faq.tsv": text.encode("utf-8-sig")}, (*notes, *too_long(subject)))


def _rows(subject: Subject) -> Iterator[tuple[str, ...]]:
    numbers = numbered(subject)
    for entry in subject.entries():
        metadata = "|".join(f"{key}:{_value(value)}" for key, value in metadata_of(entry).items())
        prompts = [
            {"DisplayOrder": order, "QnaId": number, "Qna": None, "DisplayText": text}
            for order, (number, text) in enumerate(prompts_of(entry, subject.kb, numbers))
        ]
        answer = answer_text(entry, subject.kb).replace("\n", "\\n")
        rest = (answer, ORIGIN, metadata, "[]", "False", _cell(json.dumps(prompts, ensure_ascii=False)), str(numbers[entry.id]))
        yield from ((_cell(question), *rest) for question in questions_of(entry, subject.kb))


def answer_text(entry: Entry, kb: KnowledgeBase) -> str:
    """An answer as Markdown without tabs, in which no backslash stands before an n."""
    text = as_markdown(message_of(entry, kb))
    return text.replace("\\\\", "&#92;").replace("\\\n", "  \n").replace("\t", " ").replace("\r", "")


def numbered(subject: Subject) -> dict[str, int]:
    """The number of each entry by its id, from 1."""
    return {entry.id: number for number, entry in enumerate(subject.entries(), 1)}


def prompts_of(entry: Entry, kb: KnowledgeBase, numbers: Mapping[str, int]) -> list[tuple[int, str]]:
    """The related entries as prompts: (number, text)."""
    known = [name for name in entry.related if name in numbers]
    return [(numbers[name], kb.entries[name].question[:MOST_PROMPT_TEXT]) for name in known[:MOST_PROMPTS]]


def metadata_of(entry: Entry) -> dict[str, str]:
    """What else an entry tells of itself, by name."""
    found = {"id": entry.id, "theme": entry.theme, "as_of": entry.as_of, "review_by": entry.review_by, "expires": entry.expires}
    return {key: value for key, value in found.items() if value}


def too_long(subject: Subject) -> list[str]:
    """A note for each answer that is cut, or that the service would refuse."""
    long = [entry.id for entry in subject.entries() if len(answer_text(entry, subject.kb)) > MOST_ANSWER]
    return [*cut(subject.kb), *(f"{name}: the answer has more than {MOST_ANSWER} characters, which the service refuses." for name in long)]


def _value(text: str) -> str:
    """A value of metadata, between the signs that part them."""
    return _cell(text).replace("|", " ").replace(":", " ")


def _cell(text: str) -> str:
    return " ".join(text.split())


FORMAT = Format(
    name="qnamaker",
    about="QnA Maker's tab-separated values",
    write=write,
    holds=keys("id theme question alternates answer as_of"),
    shown=keys("claim verdict why remember by_status points steps more review_by expires related"),
)
