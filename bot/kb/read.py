"""The files of a base, or items that a program holds -> a knowledge base and every fault of its structure, not only the first."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from bot.errors import Place, Problem
from bot.kb.defaults import with_defaults
from bot.kb.draft import SINGLE, Draft, with_own_word
from bot.kb.files import LINES
from bot.kb.lines import numbered
from bot.kb.links import links, of_entries, without_entries
from bot.kb.nodes import parse, plain_node
from bot.knowledge import Entry, KnowledgeBase

FOLDERS = {"faq": "faq", "myths": "myth", "entities": "entity", "alternates": "alternates"}

HELD = "<entries>"
"""Stands for the file of items that were not read from one."""


def read(files: Mapping[str, bytes], folder: str, version: str) -> tuple[KnowledgeBase, list[Problem]]:
    """The knowledge base that `files` (path -> content) describe, as far as it can be read, and every fault of its structure. They are
    those of a folder, or one file of JSON lines."""
    draft = Draft()
    for path, content in files.items():
        text = decoded(path, content, draft.problems)
        if text is None:
            draft.unread.add(PurePath(path).stem)
        elif path.endswith(LINES):
            _add_lines(draft, path, text)
        else:
            _add_file(draft, path, text, folder)
    kb, problems = _finished(draft, version)
    return kb, [*problems, *(() if kb.entries or draft.unread else without_entries(folder))]


def from_items(items: Iterable[object], documents: Mapping[str, object], version: str) -> tuple[KnowledgeBase, list[Problem]]:
    """The same of items (see bot.kb.items) and of whole documents by kind, as plain values. Lines of problems count items from 1; a
    document has the name of its kind for a file."""
    draft = Draft()
    for number, item in enumerate(items, 1):
        draft.item(HELD, plain_node(item, Place(HELD, number, 1), draft.problems.append))
    for kind, value in documents.items():
        draft.document(kind, f"<{kind}>", plain_node(value, Place(f"<{kind}>", 1, 1), draft.problems.append))
    return _finished(draft, version)


def with_entry(kb: KnowledgeBase, item: object, version: str) -> tuple[KnowledgeBase, Entry | None, list[Problem]]:
    """A base with an entry more, the entry (an item, see bot.kb.items), and what is wrong with that; None for what is no entry."""
    draft, place = Draft(), Place(HELD, 1, 1)
    draft.item(HELD, plain_node(item, place, draft.problems.append))
    new = next(iter(draft.finish(version).entries.values()), None)
    if new is None:
        told = place.problem("no-entries", "This is no entry.", "Build the base anew with it.")
        return kb, None, draft.problems or [told]
    if new.id in kb.entries or new.id in kb.talk:
        draft.problems.append(place.problem("duplicate-id", f"id: '{new.id}' exists already.", "Give it another id."))
    whole = replace(kb, entries=dict(sorted({**kb.entries, new.id: new}.items())), version=version)
    whole = with_own_word(whole, kb.settings.organisation) if kb.settings.organisation else whole
    return whole, whole.entries[new.id], [*draft.problems, *of_entries([whole.entries[new.id]], whole)]


def kind_of(path: str, folder: str) -> str | None:
    """Which of DOCUMENTS a file of a folder holds; None if nothing is read from there."""
    parts = PurePath(path).relative_to(folder).parts
    name = PurePath(parts[0]).stem
    return FOLDERS.get(parts[0]) if len(parts) > 1 else name if name in SINGLE else None


def theme_of(path: str, folder: str) -> str:
    """The folder of a file below the top folder of its kind, as a/b."""
    return "/".join(PurePath(path).relative_to(folder).parts[1:-1])


def decoded(path: str, content: bytes, problems: list[Problem]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = f"The file is not UTF-8 (byte {error.start})."
        problems.append(Place(path, 1, 1).problem("encoding", fault, "Save it as UTF-8."))
        return None


def _add_file(draft: Draft, path: str, text: str, folder: str) -> None:
    kind = kind_of(path, folder)
    if kind is None:
        fault = "Nothing is read from here."
        mend = f"Put it under {', '.join(sorted(FOLDERS))}, or name it one of {', '.join(f'{name}.yaml' for name in SINGLE)}."
        draft.problems.append(Place(path, 1, 1).problem("stray-file", fault, mend))
        return
    node, faults = parse(path, text)
    draft.problems.extend(faults)
    if any(fault.level == "error" for fault in faults):
        draft.unread.add(PurePath(path).stem)
    if node is not None:
        draft.document(kind, path, node, theme_of(path, folder))


def _add_lines(draft: Draft, path: str, text: str) -> None:
    for number, value in numbered(path, text, draft.problems.append):
        draft.item(path, plain_node(value, Place(path, number, 1), draft.problems.append))


def _finished(draft: Draft, version: str) -> tuple[KnowledgeBase, list[Problem]]:
    kb = with_defaults(draft.finish(version))
    return kb, [*draft.problems, *links(kb, frozenset(draft.unread))]
