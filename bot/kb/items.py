"""A base as one value: a list of items, each a plain mapping that says with `type` what it is.

An item has the keys of the YAML forms (bot.kb.schema). What YAML tells by the place of a file, an item says itself: an entry its `theme`
(the folder below faq or myths), further alternates their `style` (the name of their file). What is one document in YAML is an item for
each of its parts: a source has its `id`, a language its `code`, a word its `synonyms`, a pair of opposites its `pair`.
`type` may be left out of entries. Their ids, and what names them, may be any text: they come from other systems, and need be no file names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import Problem
from bot.kb.forms import Form, JsonSchema, Key, ListOf, MapOf, Maybe, Record, Report, Text
from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar
from bot.kb.schema import CODE, ENTITY, FAQ, ID, LANGUAGE, MYTH, OUTSIDE, SETTINGS, SOURCE, TALK, TEXT

Item = Mapping[str, Any]
"""A part of a base as plain values: text, numbers, lists and mappings."""

ANY_ID = Text(r"\S(?:.{0,254}\S)?", "red-notice or 12", "an id")
"""An id of an item: text without line breaks, of 256 characters at most."""

_TYPE = Key(TEXT, "what the item is")
_PAIR = ListOf(ListOf(TEXT, 1), 2, 2)


def _item(record: Record, **further: Key) -> Record:
    return replace(record, keys={"type": _TYPE, **further, **_with_ids(record).keys})


def _with_ids(record: Record) -> Record:
    """The record with ids of any text."""
    return replace(record, keys={name: replace(key, form=_with_any_id(key.form)) for name, key in record.keys.items()})


def _with_any_id(form: Form) -> Form:
    if isinstance(form, (ListOf, MapOf, Maybe)):
        return replace(form, form=_with_any_id(form.form))
    if isinstance(form, Record):
        return _with_ids(form)
    return ANY_ID if form is ID else form


_FOLDER = Text(r"[^./\\:\s][^/\\:]*(?:/[^./\\:\s][^/\\:]*)*", "visit", "the name of a folder or file")
_QUESTIONS = Key(ListOf(TEXT, 1), "in place of question and alternates: every wording, the plainest first")
_THEME = Key(_FOLDER, "the folder below faq or myths that holds it")


def _entry(record: Record) -> Record:
    """An entry may give its question with its alternates, as `questions`."""
    found = _item(record, theme=_THEME, questions=_QUESTIONS)
    return replace(found, keys={**found.keys, "question": replace(record.keys["question"], required=False)})


_NAMED = Key(ANY_ID, "its id", required=True)
_ALTERNATES = Record(
    "alternates",
    {"id": Key(ANY_ID, "the entry", required=True), "alternates": Key(ListOf(TEXT, 1), "other ways to ask", required=True)},
)
_SYNONYMS = Record(
    "synonyms",
    {"word": Key(TEXT, "the word", required=True), "synonyms": Key(ListOf(TEXT, 1), "what counts as the word", required=True)},
)

ITEMS: Mapping[str, Record] = {
    "faq": _entry(FAQ),
    "myth": _entry(MYTH),
    "alternates": _item(_ALTERNATES, style=Key(_FOLDER, "the name of the file that keeps them")),
    "entity": _item(ENTITY),
    "source": _item(SOURCE, id=_NAMED),
    "synonyms": _item(_SYNONYMS),
    "opposites": _item(Record("opposites", {"pair": Key(_PAIR, "two lists: what the one says the other denies", required=True)})),
    "smalltalk": _item(TALK),
    "outside": _item(OUTSIDE),
    "language": _item(LANGUAGE, code=Key(CODE, "its ISO 639-1 code", required=True)),
    "settings": _item(SETTINGS),
}
"""The form of each type of item."""

ENTRIES = ("faq", "myth")
"""The types of entries, which need not say it: what has a claim is a myth."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where an item stands in a document of which a base has one: under the text of its `key`, or in a list if it has none. `value`: the
    key that holds all of it, "" where its further keys are what is held."""

    document: str
    key: str = ""
    value: str = ""


PARTS: Mapping[str, Part] = {
    "source": Part("sources", "id"),
    "language": Part("languages", "code"),
    "synonyms": Part("synonyms", "word", "synonyms"),
    "opposites": Part("opposites", value="pair"),
    "smalltalk": Part("smalltalk"),
    "outside": Part("outside"),
}


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item that was read without a fault: its type and its further fields."""

    type: str
    fields: dict[str, Any]


def read_item(node: Node, report: Report) -> ReadItem | None:
    """What an item holds; None after its problems were reported."""
    problems: list[Problem] = []
    name = _type_of(node, problems.append)
    fields = ITEMS[name].read(node, "", problems.append) if name else None
    if fields is not None and name in ENTRIES and isinstance(node, MappingNode):
        _gather_wordings(name, fields, node, problems.append)
    for problem in problems:
        report(problem)
    return None if problems or fields is None else ReadItem(name, {key: value for key, value in fields.items() if key != "type"})


def text_of(node: Node, key: str) -> str:
    """The text of a key of an object, as it was typed; "" if there is none."""
    found = [value for name, value in node.items if name.text == key] if isinstance(node, MappingNode) else []
    return found[0].text if found and isinstance(found[0], Scalar) else ""


def _type_of(node: Node, report: Report) -> str:
    """The type of an item; "" after a problem was reported."""
    if not isinstance(node, MappingNode):
        report(node.place.problem("type", "This is not an object.", 'Write {"id": ..., "question": ..., "answer": ...}.'))
        return ""
    name = text_of(node, "type") or ("myth" if any(key.text == "claim" for key, _ in node.items) else "faq")
    if name in ITEMS:
        return name
    report(node.place.problem("choice", f"type: '{name}' is not known here.", f"Write {' | '.join(ITEMS)}."))
    return ""


def _gather_wordings(name: str, fields: dict[str, Any], node: MappingNode, report: Report) -> None:
    """Makes question and alternates of `questions`, where an entry gives its wordings so."""
    questions = fields.pop("questions", ())
    if questions:
        wordings = (*([fields["question"]] if "question" in fields else []), *questions, *fields.get("alternates", ()))
        fields |= {"question": wordings[0], "alternates": wordings[1:]}
    elif not any(key.text in ("question", "questions") for key, _ in node.items):
        mend = f"Add 'question': {ITEMS[name].keys['question'].about}."
        report(node.place.problem("missing-key", f"{ITEMS[name].name} has no 'question'.", mend))


def json_schema() -> JsonSchema:
    """The JSON Schema (2020-12) of an item, and so of a line of a JSON lines file."""
    head: JsonSchema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Factotum: an item of a base"}
    return head | {"anyOf": [_typed(name, record) for name, record in ITEMS.items()]}


def _typed(name: str, record: Record) -> JsonSchema:
    found: dict[str, Any] = dict(record.schema())
    found["properties"] = {**found["properties"], "type": {"const": name}}
    found["required"] = [*found["required"], *(() if name in ENTRIES else ("type",))]
    return found
