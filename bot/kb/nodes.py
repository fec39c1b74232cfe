"""YAML text -> a tree of nodes in which every scalar is the text that was typed and knows its place.

Only the events of the parser are used: they resolve no types, so `no`, `12:30` and `1.10` stay what they are (YAML 1.1 would make False,
750 and 1.1 of them), and nesting is bounded while it is read, whatever its form: PyYAML's composer calls itself for each level and ends
the process on some ten thousand. Anchors and aliases are refused: they hide what an entry says.
"""

import re
from collections import abc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from bot.errors import Place, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, which a terminal obeys, and characters that turn the direction of what follows."""

_CUT = re.compile(r"[ \t]+#\S")


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


def plain_node(value: object, place: Place, report: Callable[[Problem], None], depth: int = 0) -> Node:
    """A value of a program (text, a number, a date, lists and mappings of these) as a node, all of it at one place. What is None in a
    mapping is left out. What has no such form is reported, and stands as empty."""
    if depth > _DEEPEST:
        report(_nesting(place))
    elif isinstance(value, abc.Mapping):
        given = [(_plain_scalar(key, place, report), item) for key, item in value.items() if item is not None]
        return Mapping(tuple((key, plain_node(item, place, report, depth + 1)) for key, item in given), place)
    elif isinstance(value, abc.Sequence) and not isinstance(value, str | bytes):
        return Sequence(tuple(plain_node(item, place, report, depth + 1) for item in value), place)
    elif value is not None:
        return _plain_scalar(value, place, report)
    return Scalar("", True, place)


def _plain_scalar(value: object, place: Place, report: Callable[[Problem], None]) -> Scalar:
    text = _typed(value)
    if text is None and isinstance(value, int):
        report(place.problem("type", "A number is too long.", "Give it as text."))
    elif text is None:
        report(place.problem("type", f"A value is a {type(value).__name__}.", "Give text, numbers, lists and mappings."))
    elif found := _CONTROL.search(text):
        report(_control(place, found[0]))
        text = _CONTROL.sub("", text)
    return Scalar(text or "", text is None, place)


def _typed(value: object) -> str | None:
    """A value as it would be typed; None if it has no such form. Python writes no number of more than some thousand digits."""
    try:
        return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, str | int | float | date) else None
    except ValueError:
        return None


def parse(file: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The document of a YAML file and what is wrong with its form; None where nothing could be read."""
    control = _CONTROL.search(text)
    if control:
        return None, [_control(_place_at(file, text, control.start()), control[0])]
    reader = _Reader(file, text)
    try:
        root = reader.read()
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(file, text, error)]
    except yaml.YAMLError as error:
        return None, [Place(file, 1, 1).problem("syntax", f"This is not YAML: {_one_line(error)}.", "Save it as UTF-8 text.")]
    if root is None and not reader.problems:
        return None, [Place(file, 1, 1).problem("empty", "The file is empty.", "Write an entry or delete the file.")]
    return root, reader.problems


def _place_at(file: str, text: str, offset: int) -> Place:
    return Place(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _control(place: Place, found: str) -> Problem:
    fault = f"Here stands U+{ord(found):04X}, a control character that nobody sees and a terminal may obey."
    return place.problem("control-character", fault, "Take it out.")


def _syntax(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    if "nesting" in (error.problem or ""):  # libyaml 0.2.5 has a limit of its own, and reads ahead
        return _nesting(place)
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[place.column - 1 : place.column] == "\t":
        return place.problem("syntax", "A line is indented with a tab.", "Write spaces: YAML allows no tabs there.")
    first = line[place.column - 1 : place.column]
    if first in "@`%" and first:
        return place.problem("syntax", f"A text cannot begin with {first} unless it is quoted.", "Put the text in quotes.")
    fault = " ".join(part for part in (error.context, error.problem) if part)
    return place.problem("syntax", f"This is not YAML: {fault}.", "Check the indentation, and quote text that holds ': ' or ' #'.")


def _nesting(place: Place) -> Problem:
    return place.problem("nesting", "Lists and mappings go too deep here.", "Write plain lists and mappings.")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end was not read yet: what is in it so far (keys and values take turns)."""

    mapping: bool
    place: Place
    items: list[Node] = field(default_factory=list)


class _Reader:
    """Builds the nodes from the parser's events and notes what is wrong with them."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.problems: list[Problem] = []
        self._lines = text.split("\n")

    def read(self) -> Node | None:
        """The root of the first document; None if there is none, or after a problem that ends the reading."""
        root: Node | None = None
        still_open: list[_Open] = []
        for event in yaml.parse(self.text, _Loader):
            node = self._node(event, still_open)
            if len(still_open) > _DEEPEST:
                self.problems.append(_nesting(self._place(event)))
                return None
            if node is not None and still_open:
                still_open[-1].items.append(node)
            elif node is not None and root is not None:
                fault = "A second document begins here."
                self.problems.append(node.place.problem("syntax", fault, "Take out the line '---', or make two files."))
            elif node is not None:
                root = node
        return root

    def _node(self, event: Any, still_open: list[_Open]) -> Node | None:
        """The node that an event completes, if it does."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self._plain_form(event)
            still_open.append(_Open(isinstance(event, yaml.MappingStartEvent), self._place(event)))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = still_open.pop()
            return Mapping(tuple(self._pairs(done)), done.place) if done.mapping else Sequence(tuple(done.items), done.place)
        return None

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _scalar(self, event: Any) -> Scalar:
        place = self._place(event)
        self._plain_form(event)
        if event.style == '"' and (found := _CONTROL.search(event.value)):  # written as an escape such as "\\e"
            self.problems.append(_control(place, found[0]))
        if not event.style and self._is_cut(event.end_mark):
            fault = f"The text ends here: '{event.value[-30:]}'. What follows ' #' is a comment."
            mend = "Put the text in quotes, or write '# ' with a blank if it is a comment."
            self.problems.append(place.problem("cut-text", fault, mend, "warning"))
        return Scalar(event.value, not event.style, place)

    def _alias(self, event: Any) -> Scalar:
        place = self._place(event)
        self.problems.append(place.problem("alias", "Anchors and aliases are not read here.", "Write the text out."))
        return Scalar("", True, place)

    def _plain_form(self, event: Any) -> None:
        if event.tag and event.tag.startswith("!"):
            self.problems.append(self._place(event).problem("tag", f"'{event.tag}' would hide a word.", "Put the text in quotes."))

    def _pairs(self, done: _Open) -> Iterator[tuple[Scalar, Node]]:
        first: dict[str, int] = {}
        for key, value in zip(done.items[::2], done.items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.problems.append(key.place.problem("type", "A key must be a word.", "Write 'key: value'."))
            elif key.text in first:
                fault = f"{key.text}: stands here a second time (first in line {first[key.text]})."
                self.problems.append(key.place.problem("duplicate-key", fault, "Keep one of them."))
            else:
                first[key.text] = key.place.line
                yield key, value

    def _is_cut(self, mark: Any) -> bool:
        """Whether a comment begins at a mark without a blank after its '#': most often a text that was cut."""
        return mark.line < len(self._lines) and _CUT.match(self._lines[mark.line], mark.column) is not None
