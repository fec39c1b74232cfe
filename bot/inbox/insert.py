"""One more item at the end of a list in a YAML file's text: no line changes but the one that it joins.

A document that is written anew would lose comments and the curator's breaks of lines (see bot/imports/edit.py, which does the same for the
keys of an entry).
"""

from collections.abc import Sequence

import yaml

from bot.imports.documents import flow_list, item

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MARK = "\ufeff"
"""The byte order mark, which only one of PyYAML's two parsers counts in its places."""

_WIDTH = 140
"""Columns from which on an item of a list in brackets begins a new line."""

Path = Sequence[str | int]
"""Keys and places of a list, from the top of the document."""


def with_item(text: str, path: Path, new: str) -> str:
    """The text with an item, in YAML, at the end of the list at a path. The text must be that of a sound file that has the list; raises
    KeyError if it has not."""
    if text.startswith(_MARK):
        return _MARK + with_item(text[1:], path, new)
    node = _list(text, path)
    if node.flow_style:
        return _in_brackets(text, node, new)
    return _below(text, node, new)


def quoted(text: str, *, bracketed: bool = False) -> str:
    """A text as an item in YAML, in quotes where it needs them; `bracketed`: of a list in brackets."""
    return flow_list([text])[1:-1] if bracketed else item(text)


def is_bracketed(text: str, path: Path) -> bool:
    """Whether the list at a path is written in brackets."""
    return bool(_list(text, path).flow_style)


def _list(text: str, path: Path) -> yaml.SequenceNode:
    node = yaml.compose(text, Loader=_Loader)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            node = None
    if not isinstance(node, yaml.SequenceNode):
        raise KeyError(*path)
    return node


def _in_brackets(text: str, node: yaml.SequenceNode, new: str) -> str:
    if not node.value:
        at = node.start_mark.index + 1
        return f"{text[:at]}{new}{text[at:]}"
    at, end = node.value[-1].end_mark.index, "\r\n" if "\r\n" in text else "\n"
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if len(line) + len(new) + 2 <= _WIDTH:
        return f"{text[:at]}, {new}{text[at:]}"
    margin = " " * (len(line) - len(line.lstrip()) + (0 if node.value[-1].start_mark.line != node.start_mark.line else 2))
    return f"{text[:at]},{end}{margin}{new}{text[at:]}"


def _below(text: str, node: yaml.SequenceNode, new: str) -> str:
    """After the last line of the last item. The mark of its end may stand behind lines that belong to what follows."""
    start, at = node.value[-1].start_mark.index, node.value[-1].end_mark.index
    held = text[start:at].rstrip()
    while "\n" in held and held[held.rfind("\n") + 1 :].lstrip().startswith("#"):
        held = held[: held.rfind("\n")].rstrip()
    at = text.find("\n", start + len(held))
    before, after = (text, "") if at < 0 else (text[: at + 1], text[at + 1 :])
    end = "\r\n" if "\r\n" in text else "\n"
    joint = "" if before.endswith("\n") else end
    return f"{before}{joint}{' ' * node.start_mark.column}- {new}{end}{after}"
