"""A folder of YAML files, a file of JSON lines <-> a base as one value (bot.kb.items). Nothing that the bot reads is lost on the way; what
only curators see, comments and the layout of a file, stays behind.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, cast

from bot.errors import KnowledgeBaseError, Place, Problem
from bot.kb.draft import SINGLE
from bot.kb.files import LINES
from bot.kb.items import ENTRIES, ITEMS, PARTS, Item, ReadItem, read_item
from bot.kb.lines import numbered
from bot.kb.nodes import parse, plain_node
from bot.kb.read import FOLDERS, decoded, kind_of, theme_of
from bot.kb.schema import DOCUMENTS, ID

_ORDER = ("settings", "source", "synonyms", "opposites", "language", "smalltalk", "outside", "entity", "faq", "myth", "alternates")


def items_of(files: Mapping[str, bytes], folder: str) -> list[Item]:
    """The items of a base that was read with bot.kb.files.read_folder, in an order that does not depend on that of the files but for
    lists whose order is told.

    Raises KnowledgeBaseError with every fault in the form of a file; what shows only across files is not looked for (bot.kb.read).
    """
    problems: list[Problem] = []
    found = [item for path, content in files.items() for item in _read(path, content, folder, problems)]
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
    return sorted(found, key=_place_in_order)


def documents_of(items: Iterable[Item]) -> dict[str, Any]:
    """What each file of a folder with these items holds, as plain values by its path: faq/visit/opening-hours.yaml -> {"id": ...}.

    Raises KnowledgeBaseError for faults in the form of items, and for ids that cannot be the name of a file; its lines count items from 1.
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for number, item in enumerate(items, 1):
        read = read_item(plain_node(item, Place("<items>", number, 1), problems.append), problems.append)
        if read is not None and _has_name(read, Place("<items>", number, 1), problems):
            _put(found, read.type, _plain(read.fields))
    if problems:
        raise KnowledgeBaseError(tuple(problems))
    return dict(sorted(found.items()))


def _has_name(item: ReadItem, place: Place, problems: list[Problem]) -> bool:
    name = item.fields.get("id", "")
    if item.type not in ENTRIES or re.fullmatch(ID.pattern, name):
        return True
    problems.append(place.problem("file-name", f"id: '{name}' cannot be the name of a file.", "Use small letters, digits and hyphens."))
    return False


def _place_in_order(item: Item) -> tuple[int, str, str]:
    kind = item["type"]
    listed = kind in PARTS and not PARTS[kind].key  # stays in its order
    name = "" if listed else str(item.get("id") or item.get("entity") or item.get("word") or "")
    return _ORDER.index(kind), name, item.get("style", "")


def _read(path: str, content: bytes, folder: str, problems: list[Problem]) -> Iterator[Item]:
    text = decoded(path, content, problems)
    if text is not None and path.endswith(LINES):
        for number, value in numbered(path, text, problems.append):
            read = read_item(plain_node(value, Place(path, number, 1), problems.append), problems.append)
            if read is not None:
                yield {"type": read.type, **_plain(read.fields)}
    elif text is not None and (kind := kind_of(path, folder)):
        node, faults = parse(path, text)
        problems += faults
        fields = DOCUMENTS[kind].read(node, "", problems.append) if node else None
        if fields is not None:
            yield from _items(kind, _plain(fields), theme_of(path, folder), PurePath(path).stem)


def _items(kind: str, fields: Any, theme: str, stem: str) -> Iterator[Item]:
    """The items of a document."""
    name, part = next(((name, part) for name, part in PARTS.items() if part.document == kind), (kind, None))
    if kind == "alternates":
        style = f"{theme}/{stem}".lstrip("/")
        yield from ({"type": kind, "style": style, "id": entry, "alternates": texts} for entry, texts in fields.items())
    elif part is None:
        told = {"theme": theme} if theme and "theme" in ITEMS[kind].keys else {}
        yield {"type": kind, **told, **fields}
    elif part.key:
        yield from ({"type": name, part.key: key, **({part.value: value} if part.value else value)} for key, value in fields.items())
    else:
        yield from ({"type": name, **({part.value: value} if part.value else value)} for value in fields)


def _put(files: dict[str, Any], kind: str, fields: dict[str, Any]) -> None:
    """Puts an item into the document that holds it in a folder."""
    part = PARTS.get(kind)
    if kind == "alternates":
        style = fields.get("style", "further")
        files.setdefault(f"alternates/{style}.yaml", {}).setdefault(fields["id"], []).extend(fields["alternates"])
    elif part is None:
        files[_path(kind, fields)] = {key: value for key, value in fields.items() if key != "theme"}
    elif part.key:
        held = {key: value for key, value in fields.items() if key != part.key}
        files.setdefault(f"{part.document}.yaml", {})[fields[part.key]] = held[part.value] if part.value else held
    else:
        files.setdefault(f"{part.document}.yaml", []).append(fields[part.value] if part.value else fields)


def _path(kind: str, fields: Mapping[str, Any]) -> str:
    """The file of a document that is one item."""
    if kind in SINGLE:
        return f"{kind}.yaml"
    top = next(folder for folder, held in FOLDERS.items() if held == kind)
    return str(PurePath(top, fields.get("theme", ""), f"{fields[_NAME.get(kind, 'id')]}.yaml").as_posix())


_NAME = {"entity": "entity"}


def _plain(value: object) -> Any:
    """What a form has read, as lists, mappings, texts and numbers; whole numbers without a point."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, tuple):
        return [_plain(item) for item in cast("tuple[object, ...]", value)]
    return int(value) if isinstance(value, float) and value.is_integer() else value
