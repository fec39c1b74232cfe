"""JSON-LD as schema.org's users write it: nodes in lists, graphs and nests, joined by @id; types with or without their address.

Read directly, for extruct 0.18.0 gives nothing of a page if one of its scripts is empty. A script that is broken is named, the others are
read.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Any
_MOST_DEEP = 60
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>)\s*$")


def scripts(tree: Any) -> Iterator[tuple[int, Json | None]]:
    """The JSON-LD scripts of a page (selectolax), numbered from 1; None for one that is not JSON. Empty ones are left out."""
    for number, node in enumerate(tree.css('script[type*="ld+json"]'), 1):
        text = _WRAPPING.sub("", _WRAPPING.sub("", node.text(deep=True))).strip().rstrip(";")
        if text:
            try:
                yield number, json.loads(text, strict=False)
            except (ValueError, RecursionError):
                yield number, None


def nodes(value: Json, place: str = "", deep: int = 0) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Every object in a JSON value with its path, the outer ones first."""
    if deep > _MOST_DEEP:
        return
    if isinstance(value, Mapping):
        yield place, value
        for key, inner in value.items():
            yield from nodes(inner, f"{place}.{key}" if place else str(key), deep + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from nodes(inner, f"{place}[{number}]", deep + 1)


def is_a(node: Json, kind: str) -> bool:
    """Whether a node is of a type of schema.org, such as FAQPage."""
    if not isinstance(node, Mapping):
        return False
    found = node.get("@type", node.get("type", ()))
    return any(isinstance(one, str) and re.split(r"[/#:]", one)[-1] == kind for one in as_list(found))


def as_list(value: Json) -> list[Json]:
    """A value as a list: one value and a list of one are the same in JSON-LD."""
    return value if isinstance(value, list) else [] if value is None else [value]


def words(value: Json) -> str:
    """The text of a value: a text, a number, {"@value": ...}, or the first of a list that has one."""
    for one in as_list(value):
        if isinstance(one, Mapping):
            one = one.get("@value", one.get("name"))
        if isinstance(one, str | int | float) and not isinstance(one, bool) and str(one).strip():
            return str(one)
    return ""


def by_id(values: Sequence[Json]) -> dict[str, Mapping[str, Json]]:
    """The nodes that say more than their @id, by it."""
    found: dict[str, Mapping[str, Json]] = {}
    for _, node in nodes(list(values)):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            found.setdefault(name, node)
    return found


def resolved(value: Json, known: Mapping[str, Mapping[str, Json]]) -> list[Mapping[str, Json]]:
    """The nodes that a value names, by their @id where it gives nothing else."""
    found = []
    for one in as_list(value):
        if isinstance(one, str):
            one = known.get(one)
        elif isinstance(one, Mapping) and set(one) <= {"@id", "@type"}:
            one = known.get(str(one.get("@id")), one)
        if isinstance(one, Mapping):
            found.append(one)
    return found
