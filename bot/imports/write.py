"""Puts an import into a folder. It is written aside first: a new folder comes whole, in one step; a folder that is there stays the same
one, for whoever stands in it, watches it or has mounted it, and gets what was written item by item."""

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from errno import EEXIST
from pathlib import Path
from typing import Any

from bot.errors import UsageError
from bot.imports.documents import files
from bot.imports.entries import Import
from bot.imports.merge import Last, Merge, Records
from bot.kb.files import DRAFT, replace_file

RECORD = ".import.json"
"""What the last import wrote, for the next one to tell the curator's changes from the source's. Hidden, so that no base reads it."""

REPORT = "import-report.csv"


def is_free(folder: Path) -> bool:
    """Whether a base may be put into a folder: it is new or empty. Raises UsageError if the name is that of a file."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder with --to.")
    return not folder.exists() or not any(folder.iterdir())


def create(folder: Path, made: Import, report: bytes) -> None:
    """Writes a new base. Raises OSError; nothing is there then."""
    target = folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    there = target.exists()
    draft = (target if there else target.parent) / f".{target.name}.{secrets.token_hex(4)}{DRAFT}"
    try:
        draft.mkdir()
        made_folders: set[Path] = set()
        for name, content in files(made):
            _put(draft / name, content, made_folders)
        (draft / REPORT).write_bytes(report)
        with (draft / RECORD).open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(_record({made.name: {one.id: one.fields for one in made.drafts}}))
        if there:
            _move_up(draft)
        else:
            os.replace(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _move_up(draft: Path) -> None:
    """Moves all that is in a folder to the folder that it stands in: within one file system, whatever is mounted there. Nothing is written
    over: somebody may have saved a file there since it was found empty. Raises OSError; nothing was moved then."""
    done: list[Path] = []
    try:
        for path in sorted(draft.iterdir()):
            if (draft.parent / path.name).exists():
                raise FileExistsError(EEXIST, f"{path.name} is there by now")
            os.rename(path, draft.parent / path.name)
            done.append(path)
        draft.rmdir()
    except BaseException:
        for path in done:
            os.rename(draft.parent / path.name, path)
        raise


def _put(path: Path, content: bytes, known: set[Path]) -> None:
    if path.parent not in known:
        path.parent.mkdir(parents=True, exist_ok=True)
        known.add(path.parent)
    path.write_bytes(content)


def update(folder: Path, found: Merge, records: Records, report: bytes) -> None:
    """Writes what a merge changes, each file in one step and the record last: what is cut short is done again by the next merge. Raises
    UsageError, and writes nothing, if one of the files was changed after the merge read it."""
    for change in found.changes:
        if (change.path.read_bytes() if change.path.exists() else None) != change.old:
            raise UsageError(f"{change.path} was changed meanwhile. Nothing was written: run the same command again.")
    for change in found.changes:
        change.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(change.path, change.new)
    for name, content in ((REPORT, report), (RECORD, "".join(_record(records)).encode())):
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            replace_file(path, content)


def records_of(folder: Path) -> dict[str, Last]:
    """What the last import of each source wrote into a folder. Raises UsageError if the record is damaged."""
    path = folder / RECORD
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))["imports"]
        return {str(source): _entries(entries) for source, entries in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} is damaged. Delete it: all that stands in the folder then counts as yours.") from error


def _entries(found: Mapping[str, Any]) -> Last:
    for name, fields in found.items():
        if not isinstance(fields["question"], str):
            raise ValueError(name)
    return dict(found)


def _record(records: Records) -> Iterator[str]:
    """The record as JSON, piece by piece: it is as large as the base."""
    sources = {source: dict(sorted(entries.items())) for source, entries in sorted(records.items())}
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode({"version": 1, "imports": sources})
    yield "\n"
