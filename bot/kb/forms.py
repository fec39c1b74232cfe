"""The forms that a value in YAML can have. Each reads a node, and describes itself for a JSON Schema and for people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.errors import Problem
from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar, Sequence

Report = Callable[[Problem], None]
JsonSchema = dict[str, object]

# An editor resolves `no` or `1.10` before it validates; we keep what was typed, so it must let both pass.
_ANY_SCALAR = ["string", "number", "boolean"]


class Form(Protocol):
    """`read` gives the value, or None after it has reported why there is none."""

    def read(self, node: Node, at: str, report: Report) -> object | None: ...
    def schema(self) -> JsonSchema: ...
    def words(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is not empty; with `pattern`, of that form (`like` shows an example)."""

    pattern: str = ""
    like: str = ""
    name: str = "text"

    def read(self, node: Node, at: str, report: Report) -> str | None:
        if not isinstance(node, Scalar):
            report(node.place.problem("type", f"{at} must be {self.name}.", "Write it on one line, in quotes if it holds ': '."))
        elif node.empty or not node.text.strip():
            mend = f'To say this word, write it in quotes: "{node.text}".' if node.text.strip() else "Write its text or take the key out."
            report(node.place.problem("empty", f"{at} is empty.", mend))
        elif self.pattern and not re.fullmatch(self.pattern, node.text):
            report(node.place.problem("form", f"{at}: '{node.text}' is not {self.name}.", f"Write it like {self.like}."))
        else:
            return node.text.strip()
        return None

    def schema(self) -> JsonSchema:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"} if self.pattern else {"type": _ANY_SCALAR}

    def words(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Maybe:
    """The form, or null."""

    form: Form

    def read(self, node: Node, at: str, report: Report) -> object | None:
        return None if isinstance(node, Scalar) and node.empty else self.form.read(node, at, report)

    def schema(self) -> JsonSchema:
        return {"anyOf": [self.form.schema(), {"type": "null"}]}

    def words(self) -> str:
        return f"{self.form.words()} or null"


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year of the calendar: YYYY-MM-DD, YYYY-MM or YYYY (ISO 8601). `whole` allows days only."""

    whole: bool = False

    def read(self, node: Node, at: str, report: Report) -> str | None:
        text = node.text if isinstance(node, Scalar) else ""
        if self._is_date(text):
            return text
        report(node.place.problem("date", f"{at}: '{text}' is not {self.words()}.", "Write it like 2026-01-31."))
        return None

    def _is_date(self, text: str) -> bool:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d" if self.whole else r"\d{4}(-\d\d(-\d\d)?)?", text):
            return False
        try:
            date.fromisoformat(text + "0000-01-01"[len(text) :])
        except ValueError:
            return False
        return True

    def schema(self) -> JsonSchema:
        pattern = r"^\d{4}-\d\d-\d\d$" if self.whole else r"^\d{4}(-\d\d(-\d\d)?)?$"
        return {"type": "string", "pattern": pattern} if self.whole else {"type": ["string", "integer"], "pattern": pattern}

    def words(self) -> str:
        return "a day (YYYY-MM-DD)" if self.whole else "a date (YYYY, YYYY-MM or YYYY-MM-DD)"


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both allowed."""

    low: float
    high: float

    def read(self, node: Node, at: str, report: Report) -> float | None:
        text = node.text if isinstance(node, Scalar) else ""
        if re.fullmatch(r"\d+(\.\d+)?", text) and self.low <= float(text) <= self.high:
            return float(text)
        report(node.place.problem("number", f"{at}: '{text}' is not {self.words()}.", "Write digits, with a point for decimals."))
        return None

    def schema(self) -> JsonSchema:
        return {"type": "number", "minimum": self.low, "maximum": self.high}

    def words(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, node: Node, at: str, report: Report) -> str | None:
        text = node.text if isinstance(node, Scalar) else ""
        if text in self.options:
            return text
        report(node.place.problem("choice", f"{at}: '{text}' is not known here.", f"Write {self.words()}."))
        return None

    def schema(self) -> JsonSchema:
        return {"enum": list(self.options)}

    def words(self) -> str:
        return " | ".join(self.options) if len(self.options) > 3 else " or ".join(self.options)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one form, `least` or more and, with `most`, no more than that."""

    form: Form
    least: int = 0
    most: int = 0

    def read(self, node: Node, at: str, report: Report) -> tuple[object, ...] | None:
        if not isinstance(node, Sequence):
            report(node.place.problem("type", f"{at or 'The file'} must be a list.", "Start each item with '- ' or write [a, b]."))
            return None
        if len(node.items) < self.least:
            self._short(node, at, report)
        elif self.most and len(node.items) > self.most:
            fault = f"{at} has {len(node.items)} items, {self.most} at most."
            report(node.place.problem("too-many", fault, "Take some out or start another list."))
        values = [self.form.read(item, f"{at}[{number}]", report) for number, item in enumerate(node.items)]
        return tuple(value for value in values if value is not None)

    def _short(self, node: Sequence, at: str, report: Report) -> None:
        if node.items:
            report(node.place.problem("too-few", f"{at} has fewer than {self.least} items.", f"Write at least {self.least}."))
        else:
            report(node.place.problem("empty", f"{at} is empty.", "Write at least one item."))

    def schema(self) -> JsonSchema:
        bounds = {"minItems": self.least, "maxItems": self.most}
        return {"type": "array", "items": self.form.schema(), **{name: bound for name, bound in bounds.items() if bound}}

    def words(self) -> str:
        return f"list of {self.form.words()}"


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from names to values of one form; `keys` limits the names, `names` tells their form."""

    form: Form
    keys: tuple[str, ...] = ()
    names: Text = Text()

    def read(self, node: Node, at: str, report: Report) -> dict[str, object] | None:
        if not isinstance(node, MappingNode):
            report(node.place.problem("type", f"{at or 'The file'} must be a mapping.", "Write 'name: value' lines."))
            return None
        found: dict[str, object] = {}
        for key, value in node.items:
            if self.keys and key.text not in self.keys:
                report(unknown_key(key, self.keys))
            elif self.names.pattern and self.names.read(key, "The key", report) is None:
                continue
            elif (read := self.form.read(value, f"{at}.{key.text}".lstrip("."), report)) is not None:
                found[key.text] = read
        return found

    def schema(self) -> JsonSchema:
        if self.keys:
            return {"type": "object", "properties": dict.fromkeys(self.keys, self.form.schema()), "additionalProperties": False}
        names = {"propertyNames": self.names.schema()} if self.names.pattern else {}
        return {"type": "object", "additionalProperties": self.form.schema(), **names}

    def words(self) -> str:
        return f"mapping to {self.form.words()}"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its form, what it is for, and whether it may be left out."""

    form: Form
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fixed keys. `read` gives a dict that also holds, under "places", where each value stands."""

    name: str
    keys: Mapping[str, Key] = field(default_factory=dict)

    def read(self, node: Node, at: str, report: Report) -> dict[str, object] | None:
        if not isinstance(node, MappingNode):
            report(node.place.problem("type", f"{at or self.name} must be a mapping.", f"Write the keys {', '.join(self.keys)}."))
            return None
        found: dict[str, object] = {}
        given = {key.text: (key, value) for key, value in node.items}
        for text, (key, value) in given.items():
            if text not in self.keys:
                report(unknown_key(key, tuple(self.keys)))
                continue
            read = self.keys[text].form.read(value, f"{at}.{text}".lstrip("."), report)
            if read is not None:
                found[text] = read
        for text in (text for text, key in self.keys.items() if key.required and text not in given):
            report(node.place.problem("missing-key", f"{at or self.name} has no '{text}'.", f"Add '{text}': {self.keys[text].about}."))
        return found

    def schema(self) -> JsonSchema:
        properties = {text: key.form.schema() | {"description": key.about} for text, key in self.keys.items()}
        required = [text for text, key in self.keys.items() if key.required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def words(self) -> str:
        return "{" + ", ".join(text if key.required else f"{text}?" for text, key in self.keys.items()) + "}"


def unknown_key(key: Scalar, known: tuple[str, ...]) -> Problem:
    """The problem of a key that does not belong here, with the nearest one that does."""
    import difflib  # only a faulty base needs it

    near = difflib.get_close_matches(key.text, known, 1)
    mend = f"Write '{near[0]}'." if near else f"Known here: {', '.join(known)}."
    return key.place.problem("unknown-key", f"'{key.text}' is not a key here.", mend)


def places(node: Node, at: str = "") -> dict[str, tuple[int, int]]:
    """Where each value of a document stands: "alternates[2]" -> (line, column)."""
    found = {at: (node.place.line, node.place.column)} if at else {}
    if isinstance(node, MappingNode):
        for key, value in node.items:
            found |= places(value, f"{at}.{key.text}".lstrip("."))
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            found |= places(item, f"{at}[{number}]")
    return found
