"""The generated part of an entity's file: found in its text and replaced there, so that everything else stays as it was typed.

The part is edited as text, because writing the whole document anew would change how the curator's own lines are laid out: lists are
broken where they liked, and comments stand where they put them. In it, too, lines stay whose names do not change.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar, parse
from bot.kb.nodes import Sequence as SequenceNode
from bot.kb.schema import GENERATED

Names = Mapping[str, Sequence[str]]
"""Code -> names."""

_COMMENT = re.compile(r"\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a code in the generated part, comments before it included, and its names."""

    code: str
    names: tuple[str, ...]
    lines: tuple[str, ...]


def with_generated(text: str, names: Names) -> str:
    """The text of an entity's file with these generated names, and with no such part if there are none. Doing it twice changes nothing
    more. The text must be that of a sound file."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    first, last, parts = _found(text, lines)
    head = lines[first] if parts else f"{GENERATED}:{end}"
    made = [line for part in _merged(parts, names, end) for line in part]
    before = lines[:first]
    if before and made and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    return "".join([*before, *([head, *made] if made else []), *lines[last:]])


def _found(text: str, lines: Sequence[str]) -> tuple[int, int, list[_Part]]:
    """(the first line of the generated part, the line after its last, what is in it); the end of the file twice if there is no part.
    A part written in braces on the line of its key counts as one that holds nothing worth keeping."""
    first, following, value = part_of(text, lines, GENERATED)
    if value is None:
        return first, following, []
    last = _without_comments(lines, first, following)
    return first, last, _parts(value, lines, first + 1, last)


def part_of(text: str, lines: Sequence[str], key: str) -> tuple[int, int, Node | None]:
    """(the line of a key of a file, that of the next key, the value); the end of the file twice and None if it is not there."""
    root = parse("", text.removeprefix("\ufeff"))[0]
    keys = [(one.text, one.place.line - 1, value) for one, value in root.items] if isinstance(root, MappingNode) else []
    at = next((number for number, (name, _, _) in enumerate(keys) if name == key), None)
    if at is None:
        return len(lines), len(lines), None
    _, first, value = keys[at]
    return first, keys[at + 1][1] if at + 1 < len(keys) else len(lines), value


def _without_comments(lines: Sequence[str], first: int, last: int) -> int:
    """The end of a part without the blank lines and unindented comments after it: they belong to what follows."""
    while last > first + 1 and _COMMENT.match(lines[last - 1]) and not lines[last - 1].startswith((" ", "\t")):
        last -= 1
    return last


def _parts(value: Node, lines: Sequence[str], first: int, last: int) -> list[_Part]:
    if not isinstance(value, MappingNode) or not value.items or any(key.place.line <= first for key, _ in value.items):
        return []
    starts = [_with_comments(lines, key.place.line - 1, first) for key, _ in value.items]
    ends = [*starts[1:], last]
    return [
        _Part(key.text, _texts(item), tuple(lines[start:end])) for (key, item), start, end in zip(value.items, starts, ends, strict=True)
    ]


def _with_comments(lines: Sequence[str], line: int, first: int) -> int:
    """The line where the comments before a line begin."""
    while line > first and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _texts(node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, SequenceNode) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar))


def _merged(parts: Sequence[_Part], names: Names, end: str) -> list[tuple[str, ...]]:
    """The lines of each code that has names, in order of code: the old ones where the names are the same."""
    old = {part.code: part for part in parts}
    made: list[tuple[str, ...]] = []
    for code, found in sorted(names.items()):
        part = old.get(code)
        if part and part.names == tuple(found):
            made.append(part.lines)
        elif found:
            comments = tuple(line for line in part.lines if line.lstrip().startswith("#")) if part else ()
            made.append((*comments, f"  {code}: [{', '.join(_quoted(name) for name in found)}]{end}"))
    return made


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
