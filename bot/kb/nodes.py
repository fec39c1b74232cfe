"""YAML text -> a tree of nodes in which every scalar is the text that was typed and knows its place.

Only `yaml.compose` is used: it resolves no types, so `no`, `12:30` and `1.10` stay what they are
(YAML 1.1 would make False, 750 and 1.1 of them). Anchors and aliases are refused: they hide what an entry says.
"""

import re
from dataclasses import dataclass

import yaml

from bot.errors import Place, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was typed; `plain` if it stood without quotes."""

    text: str
    plain: bool
    place: Place

    @property
    def empty(self) -> bool:
        return self.plain and self.text in ("", "null", "~")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    items: tuple[tuple[Scalar, "Node"], ...]
    place: Place


Node = Scalar | Sequence | Mapping


def parse(file: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The document of a YAML file and what is wrong with its form; None where nothing could be read."""
    if _depth(text) > _DEEPEST:
        return None, [Place(file, 1, 1).problem("nesting", "The brackets or dashes go too deep.", "Write plain lists and mappings.")]
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(file, error)]
    except yaml.YAMLError as error:
        return None, [Place(file, 1, 1).problem("syntax", f"This is not YAML: {_one_line(error)}.", "Save it as UTF-8 text.")]
    if root is None:
        return None, [Place(file, 1, 1).problem("empty", "The file is empty.", "Write an entry or delete the file.")]
    walk = _Walk(file)
    return walk.node(root, 0), walk.problems


def _depth(text: str) -> int:
    """How deep brackets and leading dashes go; counted before parsing, because the parser overflows its stack on thousands."""
    dashes = max((len(run[0]) // 2 for run in re.finditer(r"^ *(?:- )+", text, re.M)), default=0)
    depth = deepest = 0
    for mark in re.finditer(r"[\[{]|[\]}]", text):
        depth = depth + 1 if mark[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return max(deepest, dashes)


def _syntax(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    fault = " ".join(part for part in (error.context, error.problem) if part)
    return place.problem("syntax", f"This is not YAML: {fault}.", "Check the indentation, and quote text that holds ': ' or ' #'.")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


class _Walk:
    """Turns PyYAML's nodes into ours and notes duplicate keys, aliases and too deep nesting."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def node(self, raw: yaml.Node, depth: int) -> Node:
        place = Place(self.file, raw.start_mark.line + 1, raw.start_mark.column + 1)
        if raw.tag.startswith("!"):
            self.problems.append(place.problem("tag", f"'{raw.tag}' would hide a word.", "Put the text in quotes."))
        if isinstance(raw, yaml.ScalarNode):
            return Scalar(raw.value, not raw.style, place)
        if id(raw) in self._seen or depth > _DEEPEST:
            self.problems.append(place.problem("alias", "Aliases and deep nesting are not read here.", "Write the text out."))
            return Scalar("", True, place)
        self._seen.add(id(raw))
        if isinstance(raw, yaml.SequenceNode):
            return Sequence(tuple(self.node(item, depth + 1) for item in raw.value), place)
        return Mapping(tuple(self._pairs(raw, depth)), place)

    def _pairs(self, raw: yaml.Node, depth: int) -> list[tuple[Scalar, Node]]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for raw_key, raw_value in raw.value:
            key, value = self.node(raw_key, depth + 1), self.node(raw_value, depth + 1)
            if not isinstance(key, Scalar):
                self.problems.append(key.place.problem("type", "A key must be a word.", "Write 'key: value'."))
            elif key.text in pairs:
                first = pairs[key.text][0].place.line
                fault = f"{key.text}: stands here a second time (first in line {first})."
                self.problems.append(key.place.problem("duplicate-key", fault, "Keep one of them."))
            else:
                pairs[key.text] = (key, value)
        return list(pairs.values())
