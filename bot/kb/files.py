"""A folder of YAML files -> their texts. The only module that reads a knowledge base from disk."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import KnowledgeBaseError, Place

SHIPPED = "intents"

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of change in nanoseconds and size in bytes of each file."""


def default_folder() -> Path:
    """The base that ships with Factotum: inside the installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parent.parent
    inside = package / SHIPPED
    return inside if inside.is_dir() else package.parent / SHIPPED


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every YAML file below a folder, by its path as shown to the curator, sorted.

    Raises KnowledgeBaseError if the folder is missing, holds no YAML file or cannot be read.
    """
    found: dict[str, bytes] = {}
    try:
        for path in _paths(str(folder)):
            with open(path, "rb") as file:
                found[path] = file.read()
    except OSError as error:
        raise _unreadable(error.filename or str(folder), error.strerror or "cannot be read") from error
    if not found:
        raise _unreadable(str(folder), "holds no YAML file")
    return dict(sorted(found.items()))


def stamp_of(folder: Path) -> Stamp:
    """When the files of a folder were last written: equal as long as nothing was. Raises OSError if one of them cannot be looked at."""
    return tuple(sorted((path, status.st_mtime_ns, status.st_size) for path in _paths(str(folder)) for status in (os.stat(path),)))


def _paths(top: str) -> Iterator[str]:
    for path, folders, files in os.walk(top, onerror=_stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(path, name) for name in files if name.endswith((".yaml", ".yml")) and not name.startswith("."))


def _stop(error: OSError) -> None:
    raise error


def _unreadable(path: str, fault: str) -> KnowledgeBaseError:
    mend = "Name a folder like the one that 'factotum new --help' describes."
    return KnowledgeBaseError((Place(path, 1, 1).problem("folder", f"{fault}.", mend),))


def content_hash(files: Mapping[str, bytes], folder: Path) -> str:
    """The version of a base: a hash (SHA-256, 16 hex digits) of names and contents, wherever the folder lies."""
    digest = hashlib.sha256()
    for path, content in files.items():
        name = os.path.relpath(path, folder).replace(os.sep, "/").encode()
        digest.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return digest.hexdigest()[:16]
