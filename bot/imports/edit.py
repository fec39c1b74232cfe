"""One key of an entry's file set to another value, in its text, so that all else stays as the curator typed it (see bot/kb/generated.py).

A whole document written anew would move comments and break lines elsewhere, also by ruamel.yaml's round trip, which joins the lines of
plain texts. Lines of a list stay whose items stay.
"""

from collections.abc import Sequence
from typing import Any

from bot.imports.documents import as_yaml, flow_list, item
from bot.kb.generated import part_of
from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar, parse
from bot.kb.nodes import Sequence as SequenceNode
from bot.kb.talk import reflow

Value = str | list[Any] | dict[str, Any]


def values(text: str) -> dict[str, Value]:
    """The keys of an entry's file with their values as text, lists and mappings. The text must be that of a sound file."""
    root = parse("", text.removeprefix("\ufeff"))[0]
    return {key.text: value_of(node) for key, node in root.items} if isinstance(root, MappingNode) else {}


def value_of(node: Node) -> Value:
    """A node as a plain value; the lines of a paragraph are joined, as they are when an entry is read."""
    if isinstance(node, Scalar):
        return reflow(node.text)
    if isinstance(node, SequenceNode):
        return [value_of(one) for one in node.items]
    return {key.text: value_of(one) for key, one in node.items}


def with_value(text: str, key: str, value: Value) -> str:
    """The text of an entry's file with a key set to a value, at the end if it was not there; taken out if the value is empty."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    first, last, node = _part(text, lines, key)
    if not value:
        new = []
    elif isinstance(node, SequenceNode) and isinstance(value, list) and all(isinstance(one, str) for one in value):
        new = _list(lines[first:last], first, node, value, key, end)
    else:
        new = as_yaml({key: value}).replace("\n", end).splitlines(keepends=True)
    before = lines[:first]
    if new and before and not before[-1].endswith("\n"):
        before[-1] += end
    return "".join([*before, *new, *lines[last:]])


def _part(text: str, lines: Sequence[str], key: str) -> tuple[int, int, Node | None]:
    """(first line of a key, the line after its value, its value); the end of the file twice if it is not there."""
    first, last, node = part_of(text, lines, key)
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    return first, last, node


def _list(lines: Sequence[str], first: int, node: SequenceNode, wanted: Sequence[str], key: str, end: str) -> list[str]:
    """The lines of a list with other items. Those of items that stay are kept, with their comments; new ones come last."""
    starts = [one.place.line - 1 - first for one in node.items]
    if not starts or starts[0] == 0 or len(set(starts)) < len(starts) or not lines[starts[0]].lstrip().startswith("-"):
        return [f"{key}: {flow_list(wanted)}{end}"]
    kept = list(lines[: starts[0]])
    have = set()
    for one, start, stop in zip(node.items, starts, [*starts[1:], len(lines)], strict=True):
        if value_of(one) in wanted:
            have.add(value_of(one) if isinstance(one, Scalar) else "")
            kept += lines[start:stop]
    if not kept[-1].endswith("\n"):
        kept[-1] += end
    margin = lines[starts[0]][: len(lines[starts[0]]) - len(lines[starts[0]].lstrip())]
    return [*kept, *(f"{margin}- {item(text)}{end}" for text in wanted if text not in have)]
