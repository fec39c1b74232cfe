"""What a curator decides on an item -> the new content of files of the base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bot.english.tokens import plain_words
from bot.errors import KnowledgeBaseError, UsageError
from bot.imports.documents import as_yaml, flow_list
from bot.imports.edit import values, with_value
from bot.imports.merge import Change
from bot.inbox.insert import is_bracketed, quoted, with_item
from bot.kb.files import LINES, TESTS, content_hash, is_lines, read_folder
from bot.kb.nodes import Mapping as MappingNode
from bot.kb.nodes import Node, Scalar, parse
from bot.kb.nodes import Sequence as SequenceNode
from bot.knowledge import KnowledgeBase
from bot.load import examine

ROWS = f"{TESTS}/asked.yaml"
"""The file, in the folder of a base, of what people really asked: rows as for `factotum test`, no part of the base."""

_ABOUT = "# What people asked, in their words, and the entries that are right. No wording of the base may be copied from here.\n"

Talk = Literal["outside", "smalltalk"]


@dataclass(frozen=True, slots=True)
class Base:
    """The folder of a base, its files as they were read, by path, and what they hold."""

    folder: Path
    files: Mapping[str, bytes]
    kb: KnowledgeBase

    def text(self, path: Path) -> str | None:
        """The text of a file; None if it is not there. Raises UsageError if it is no UTF-8."""
        try:
            return self.files[str(path)].decode() if str(path) in self.files else path.read_text("utf-8") if path.exists() else None
        except (UnicodeDecodeError, OSError) as error:
            raise UsageError(f"{path} cannot be read: {error}.") from error


def opened(folder: Path) -> Base:
    """A base that can be changed. Raises UsageError if it is one file of JSON lines, KnowledgeBaseError with its errors."""
    if is_lines(folder):
        raise UsageError(
            f"{folder} holds an entry on each line ({LINES}): it cannot be changed from here, only a folder of YAML files can."
        )
    files = read_folder(folder)
    kb, problems = examine(files, folder, content_hash(files, folder), date.min, ("error",))
    if errors := tuple(problem for problem in problems if problem.level == "error"):
        raise KnowledgeBaseError(errors)
    return Base(folder, files, kb)


def alternate(base: Base, name: str, text: str) -> Change:
    """One more alternate of an entry."""
    path = Path(base.kb.entries[name].file)
    before = base.text(path) or ""
    if "alternates" not in values(before):
        return _change(base, path, with_value(before, "alternates", [text]))
    return _change(base, path, with_item(before, ["alternates"], quoted(text, bracketed=is_bracketed(before, ["alternates"]))))


def new_entry(base: Base, name: str, fields: Mapping[str, Any], theme: str = "") -> Change:
    """A FAQ entry of its own, with the keys of its file. Raises UsageError if there is one of that name."""
    path = base.folder / "faq" / theme / f"{name}.yaml"
    if name in base.kb.entries or name in base.kb.talk or path.exists():
        raise UsageError(f"there is something called '{name}' already: give another id.")
    return _change(base, path, as_yaml({"id": name, **fields}))


def wording_of_talk(base: Base, document: Talk, name: str, text: str, answer: str = "") -> Change:
    """One more wording of what lies outside the base, or of small talk; a new one with an answer, if there is none of that id."""
    path = _document(base, document)
    before = base.text(path) or ""
    place = next((at for at, own in enumerate(_ids(before)) if own == name), None)
    if place is None and (name in base.kb.entries or (name in base.kb.talk and not base.kb.talk[name].default)):
        raise UsageError(f"'{name}' does not stand in {path.name}: give another id.")
    if place is None:
        fields = {"id": name, **({"kind": "chat"} if document == "smalltalk" else {}), "alternates": [text], "answer": answer}
        return _change(base, path, _appended(before, as_yaml([fields])))
    at = (place, "alternates")
    return _change(base, path, with_item(before, at, quoted(text, bracketed=is_bracketed(before, at))))


def synonym(base: Base, word: str, other: str) -> Change:
    """A word or phrase that counts as another one."""
    path = _document(base, "synonyms")
    before = base.text(path) or ""
    if word not in values(before):
        return _change(base, path, _appended(before, f"{quoted(word)}: {flow_list([other])}\n"))
    return _change(base, path, with_item(before, [word], quoted(other, bracketed=is_bracketed(before, [word]))))


def row(base: Base, text: str, accept: Sequence[str]) -> Change | None:
    """A row of what people asked, with the ids that are right (none: out of scope); None if the file has it."""
    path = base.folder / ROWS
    before = base.text(path) or _ABOUT
    if plain_words(text) in map(plain_words, rows_of(before)):
        return None
    new = f"{{kind: asked, q: {flow_list([text])[1:-1]}, accept: {flow_list(accept)}}}"
    if not rows_of(before):
        return _change(base, path, f"{before}- {new}\n")
    return _change(base, path, with_item(before, [], new))


def rows_of(text: str) -> tuple[str, ...]:
    """The questions of a file of rows."""
    root = parse("", text)[0]
    rows = root.items if isinstance(root, SequenceNode) else ()
    return tuple(filter(None, (_value(one, "q") for one in rows)))


def with_changes(files: Mapping[str, bytes], changes: Sequence[Change]) -> dict[str, bytes]:
    """The files of a base after some changes; what is in its folder of tests is no part of it."""
    return {**files, **{str(change.path): change.new for change in changes if change.path.parent.name != TESTS}}


def talk_of(base: Base, document: Talk) -> tuple[str, ...]:
    """The ids of what a file of talk holds, in its order."""
    return tuple(filter(None, _ids(base.text(_document(base, document)) or "")))


def _document(base: Base, name: str) -> Path:
    """The file of a document of which a base has one, however its name ends."""
    found = (Path(path) for path in base.files if Path(path).stem == name and Path(path).parent == base.folder)
    return next(found, base.folder / f"{name}.yaml")


def _ids(text: str) -> list[str]:
    root = parse("", text)[0] if text else None
    rows = root.items if isinstance(root, SequenceNode) else ()
    return [_value(own, "id") for own in rows]


def _value(node: Node, wanted: str) -> str:
    """The text of a key of a mapping; "" if it has none."""
    held = node.items if isinstance(node, MappingNode) else ()
    return next((value.text for key, value in held if key.text == wanted and isinstance(value, Scalar)), "")


def _appended(before: str, block: str) -> str:
    """A text with a block in YAML behind its last line, with the line ends that it has."""
    end = "\r\n" if "\r\n" in before else "\n"
    return f"{before}{end if before and not before.endswith(end) else ''}{block.replace(chr(10), end)}"


def _change(base: Base, path: Path, new: str) -> Change:
    """The change of a file from what it was when the base was read, so that what somebody else wrote since is noticed."""
    before = base.files.get(str(path))
    return Change(path, path.read_bytes() if before is None and path.exists() else before, new.encode())
