"""Rasa: retrieval intents (faq/x) with their responses (utter_faq/x), and intents that a rule answers with one response.

The files of a project are read together: nlu, domain, responses, rules. Text is read by our own YAML reader, which keeps it as typed and
knows the line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.imports.files import File
from bot.imports.found import Found, Item, Note, Skipped, Synonyms, Text
from bot.imports.templates import slot
from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar, parse
from bot.kb.nodes import Sequence as SequenceNode

NAMES = ("rasa",)
ABOUT = "training data of Rasa"

_SECTION = re.compile(r"^(?:nlu|responses|rules|stories|intents|actions|session_config|pipeline|policies):", re.M)
_ANNOTATION = re.compile(r"\[([^\[\]]+)\](?:\((?!https?:|mailto:|/)[^()\s]*\)|\{[^{}]*\})")


def recognise(file: File) -> bool:
    return file.ending in (".yml", ".yaml") and bool(_SECTION.search(file.start))


@dataclass(frozen=True, slots=True)
class _Response:
    """One variant of a response: its text and what stands beside it."""

    place: str
    text: str
    notes: tuple[Note, ...] = ()
    special: bool = False


@dataclass(slots=True)
class _Project:
    """What the files of a project hold."""

    intents: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    responses: dict[str, list[_Response]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    others: list[Found] = field(default_factory=list)


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    project = _Project()
    for file in files:
        root, problems = parse(file.name, file.text)
        if isinstance(root, MappingNode):
            _add(project, root, f"{file.name}, " if len(files) > 1 else "")
        elif problems:
            project.others.append(Skipped(f"{file.name}, line {problems[0].line}", "", problems[0].fault))
    used = set()
    for name, (place, examples) in project.intents.items():
        response = f"utter_{name}" if f"utter_{name}" in project.responses else project.rules.get(name, "")
        used.add(response)
        yield _item(name, place, examples, project.responses.get(response, []))
    for name, variants in project.responses.items():
        if name not in used:
            yield Skipped(variants[0].place if variants else name, name, "no intent leads to this response alone")
    yield from project.others


def _add(project: _Project, root: MappingNode, where: str) -> None:
    for key, value in root.items:
        if key.text == "nlu" and isinstance(value, SequenceNode):
            for one in value.items:
                _nlu(project, _fields(one), where)
        elif key.text == "responses":
            for name, variants in _fields(value).items():
                project.responses.setdefault(name, []).extend(_variants(variants, where))
        elif key.text == "rules" and isinstance(value, SequenceNode):
            for one in value.items:
                _rule(project, _fields(one))


def _fields(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.items} if isinstance(node, MappingNode) else {}


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _nlu(project: _Project, fields: Mapping[str, Node], where: str) -> None:
    if not fields:
        return
    kind = next(iter(fields))
    name, examples = _text(fields[kind]), _examples(fields.get("examples"))
    place = f"{where}line {fields[kind].place.line}"
    if kind == "intent":
        known = project.intents.setdefault(name, (place, []))
        known[1].extend(examples)
    elif kind == "synonym":
        project.others.append(Synonyms(place, (name, *examples)))
    else:
        project.others.append(Skipped(place, f"{kind} {name}", "it tells Rasa how to find names, not what is asked"))


def _examples(node: Node | None) -> list[str]:
    """The examples of an intent: lines of a block, or a list of texts or of {text, metadata}."""
    if isinstance(node, SequenceNode):
        found = [_text(one) or _text(_fields(one).get("text")) for one in node.items]
    else:
        found = [re.sub(r"^\s*[-*]\s*", "", line) for line in _text(node).split("\n")]
    return [_ANNOTATION.sub(r"\1", text).strip() for text in found if text.strip()]


def _variants(node: Node, where: str) -> Iterator[_Response]:
    for one in node.items if isinstance(node, SequenceNode) else ():
        fields = _fields(one)
        place = f"{where}line {one.place.line}"
        notes = [Note("button", _titles(fields[key])) for key in ("buttons", "quick_replies") if key in fields]
        notes += [Note("image", _text(fields["image"]))] if "image" in fields else []
        notes += [Note("flow", "a custom payload")] if "custom" in fields or "attachment" in fields else []
        yield _Response(place, _text(fields.get("text")), tuple(notes), "channel" in fields or "condition" in fields)


def _titles(node: Node) -> str:
    titles = [_text(_fields(one).get("title")) for one in node.items] if isinstance(node, SequenceNode) else []
    return ", ".join(filter(None, titles))[:60]


def _rule(project: _Project, fields: Mapping[str, Node]) -> None:
    """A rule that answers an intent with one response, whatever went before."""
    steps = fields.get("steps")
    found = [_fields(step) for step in steps.items] if isinstance(steps, SequenceNode) else []
    if len(found) == 2 and "intent" in found[0] and _text(found[1].get("action")).startswith("utter_") and "condition" not in fields:
        project.rules.setdefault(_text(found[0]["intent"]), _text(found[1]["action"]))


def _item(name: str, place: str, examples: list[str], variants: Sequence[_Response]) -> Found:
    plain = [one for one in variants if one.text.strip() and not one.special]
    if not plain or not examples:
        missing = f"no response is named utter_{name}" if not variants else "its response has no text for everybody"
        return Skipped(place, name, missing if examples else "it has no examples")
    first, hole = plain[0], slot(plain[0].text)
    if hole:
        return Skipped(place, name, f"Rasa would fill in {hole}: write the answer out")
    notes = [Note("channel" if one.special else "variant", one.text[:60]) for one in variants if one is not first]
    theme, _, last = name.rpartition("/")
    return Item(
        place,
        tuple(examples),
        Text(first.text, "guess"),
        key=name,
        name=last,
        theme=theme if theme not in ("faq", "chitchat") else "",
        notes=(*first.notes, *notes),
    )
