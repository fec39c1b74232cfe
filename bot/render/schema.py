"""The types of the reply -> its JSON Schema and its table of fields. Both are made from the dataclasses of bot.reply."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from bot.reply import About, Reply

Schema = dict[str, Any]

_SIMPLE: Mapping[Any, str] = {str: "string", float: "number", int: "integer", bool: "boolean", NoneType: "null"}
_WORDS: Mapping[Any, str] = {str: "text", float: "number", int: "number", bool: "true or false", NoneType: "null"}
_FEW = 7  # words of a list that the table's column has room for


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its name, its type without and its description from the annotation."""

    name: str
    kind: Any
    about: About


def fields_of(record: type) -> list[Field]:
    """The fields of a dataclass or TypedDict in their order. Raises TypeError for a field without a description."""
    found = []
    for name, hint in get_type_hints(record, include_extras=True).items():
        kind, about = _parts(hint)
        if not about or not about[-1].text:
            raise TypeError(f"{record.__name__}.{name} has no description: annotate it with About(...).")
        limits = {key: value for item in about for key, value in item.limits.items()}
        found.append(Field(name, kind, About(about[-1].text, limits)))
    return found


def _parts(hint: Any) -> tuple[Any, list[About]]:
    """A type and what is said of it, the outermost description last."""
    if get_origin(hint) is not Annotated:
        return hint, []
    kind, *about = get_args(hint)
    return kind, [item for item in about if isinstance(item, About)]


def json_schema(record: type = Reply, prefix: str = "#/$defs/") -> Schema:
    """The JSON Schema (2020-12) of a dataclass; `$defs` holds those that it refers to, at `prefix` and their name."""
    parts: dict[str, Schema] = {}
    schema = _record(record, prefix, parts)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Factotum: {name_of(record)}"}
    return head | schema | {"$defs": dict(sorted(parts.items()))}


def name_of(record: type) -> str:
    """The name of a dataclass in the schema: CitedSource -> cited-source."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", record.__name__).lower()


def _record(record: type, prefix: str, parts: dict[str, Schema]) -> Schema:
    properties = {item.name: _described(item, prefix, parts) for item in fields_of(record)}
    return {"type": "object", "description": _first_line(record), "required": list(properties), "properties": properties}


def _first_line(record: type) -> str:
    return (record.__doc__ or "").partition("\n")[0].partition(". ")[0].rstrip(".")


def _described(item: Field, prefix: str, parts: dict[str, Schema]) -> Schema:
    return {**_schema(item.kind, prefix, parts), **item.about.limits, "description": item.about.text}


def _schema(hint: Any, prefix: str, parts: dict[str, Schema]) -> Schema:
    """The schema of a type. Records are referred to, so that each is described once."""
    kind, about = _parts(hint)
    origin, inner = get_origin(kind), get_args(kind)
    limits = {key: value for item in about for key, value in item.limits.items()}
    if origin in (Union, UnionType):
        return _either([_schema(one, prefix, parts) for one in inner])
    if origin is Literal:
        return {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], prefix, parts)} | limits
    if origin is dict or kind is dict:
        return {"type": "object"} | ({} if inner[1] is Any else {"additionalProperties": _schema(inner[1], prefix, parts)})
    if is_dataclass(kind) or is_typeddict(kind):
        name = name_of(kind)
        if name not in parts:
            parts[name] = {}
            parts[name] = _record(kind, prefix, parts)
        return {"$ref": prefix + name}
    return {"type": _SIMPLE[kind]} | limits


def _either(some: list[Schema]) -> Schema:
    """Any of some schemas, in the shortest form."""
    if all(list(one) == ["type"] for one in some):
        return {"type": [one["type"] for one in some]}
    if all("enum" in one or one == {"type": "null"} for one in some):
        return {"enum": [word for one in some for word in one.get("enum", [None])]}
    return {"anyOf": some}


def table(record: type = Reply) -> str:
    """The fields as a Markdown table, as it stands in bot/README.md; those of a record inside another follow it, each record once."""
    rows = ["| field | form | what it is |", "|---|---|---|"]
    rows += [f"| `{name}` | {_form(item)} | {item.about.text} |" for name, item in _rows(record, "", set())]
    return "\n".join(rows) + "\n"


def _rows(record: type, before: str, seen: set[type]) -> Iterator[tuple[str, Field]]:
    for item in fields_of(record):
        yield before + item.name, item
        inside, path = _inside(item.kind, "")
        if inside and inside not in seen:
            seen.add(inside)
            yield from _rows(inside, f"{before}{item.name}{path}.", seen)


def _inside(hint: Any, path: str) -> tuple[type | None, str]:
    """The record that a type holds, and how it is reached: `[]` an item of a list, `.*` a value of a mapping."""
    kind, _ = _parts(hint)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _inside(next(one for one in inner if one is not NoneType), path)
    if origin in (list, dict):
        return _inside(inner[-1], path + ("[]" if origin is list else ".*"))
    return (kind, path) if is_dataclass(kind) or is_typeddict(kind) else (None, path)


def _form(item: Field) -> str:
    """The form of a field in a word or two."""
    words = item.about.limits.get("enum", ())
    return " \\| ".join(map(_word, words)) if 0 < len(words) <= _FEW else _words(item.kind)


def _word(value: object) -> str:
    return "null" if value is None else str(value)


def _words(hint: Any) -> str:
    kind, _ = _parts(hint)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(_words(one) for one in inner)
    if origin is Literal:
        return " \\| ".join(map(_word, inner))
    if origin in (list, dict):
        return "list" if origin is list else "object"
    return _WORDS.get(kind, "object")
