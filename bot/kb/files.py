"""A folder of YAML files -> their texts, and one text back into its file. The only module that reads or writes a knowledge base."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

from bot.english.tokens import safe
from bot.errors import KnowledgeBaseError, Place, Problem

SHIPPED = "intents"

DRAFT = ".draft"
"""How the name of a file ends that is still being written."""

SUFFIXES = (".yaml", ".yml")

TESTS = "tests"
"""The folder in a base that holds questions to measure it with, and is no part of it."""

LINES = ".jsonl"
"""How the name of a file ends that holds a whole base, an item on each line."""

_NOT_OURS = ("readme", "license", "licence", "changelog", "contributing", "import-report")
"""How files begin that nobody takes for a part of the base."""

_MOST_NAMED = 5

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CHUNK = 2**20

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of change in nanoseconds and size in bytes of each file."""


def default_folder() -> Path:
    """The base that ships with Factotum: inside the installed package, or next to it in a clone."""
    package = Path(__file__).resolve().parent.parent
    inside = package / SHIPPED
    return inside if inside.is_dir() else package.parent / SHIPPED


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every YAML file below a folder, by its path as shown to the curator, sorted. Linked folders are read like others. `folder` may be
    a file of JSON lines, and is then all that is read.

    Raises KnowledgeBaseError if the folder is missing or holds no YAML file, and with a problem for each file that cannot be read.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _paths(folder, problems):
        content = _content(path)
        if isinstance(content, bytes):
            found[path] = content
        else:
            problems.append(content)
    if problems:
        raise KnowledgeBaseError(tuple(problems))
    if not found:
        raise KnowledgeBaseError((_no_base(str(folder), "There is no YAML file in it"),))
    return dict(sorted(found.items()))


def stamp_of(folder: Path) -> Stamp:
    """When the files of a folder were last written: equal as long as nothing was changed.

    Take it before reading the folder, never after: a file that is written in between then makes the next stamp differ. Raises OSError if a
    file or folder cannot be looked at.
    """
    problems: list[Problem] = []
    paths = _paths(folder, problems)
    if problems:
        raise OSError(problems[0].fault)
    return tuple(sorted((path, status.st_mtime_ns, status.st_size) for path in paths for status in (os.stat(path),)))


def ignored_files(folder: Path) -> list[Problem]:
    """One warning that names the files below a folder that are not read, such as opening-hours.yaml.txt; none if there are none."""
    found = () if is_lines(folder) else _walk(folder, [])
    paths = sorted(path for path in found if not path.endswith(SUFFIXES) and not _is_plain_note(path))
    if not paths:
        return []
    names = ", ".join(safe(os.path.relpath(path, folder)) for path in paths[:_MOST_NAMED])
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    fault = f"Not read: {names}{more}."
    return [Place(safe(paths[0]), 1, 1).problem("ignored-file", fault, "Only files ending in .yaml or .yml are read.", "warning")]


def content_hash(files: Mapping[str, bytes], folder: Path) -> str:
    """The version of a base: a hash (SHA-256, 16 hex digits) of names and contents, wherever the folder lies."""
    digest = hashlib.sha256()
    for path, content in files.items():
        name = shown_in(path, folder).replace(os.sep, "/").encode()
        digest.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return digest.hexdigest()[:16]


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file so that it holds the old content or the new, never a part: a hidden draft next to it takes its place. A link stays
    one, and permissions stay. Raises OSError that names the file; the old one is then untouched."""
    import secrets  # only a command that writes needs them
    import shutil

    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}{DRAFT}")
    try:
        with draft.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError):  # a full disk names no file, and the draft's name tells nobody anything
            error.filename, error.filename2 = str(path), None
        raise


def is_lines(path: Path) -> bool:
    """Whether a base is a file of JSON lines instead of a folder."""
    return path.suffix == LINES and not path.is_dir()


def shown_in(path: str, base: Path) -> str:
    """A path of a base as it is told to somebody who knows where the base is."""
    return base.name if is_lines(base) else os.path.relpath(path, base)


def _paths(base: Path, problems: list[Problem]) -> list[str]:
    """The files that make up a base."""
    return [str(base)] if is_lines(base) else [path for path in _walk(base, problems) if path.endswith(SUFFIXES)]


def _walk(top: Path, problems: list[Problem]) -> Iterator[str]:
    """The paths of all files below a folder that are not hidden. What cannot be looked at, or has a name that cannot be shown, is added
    to the problems."""
    seen = {_identity(str(top))}
    for path, folders, files in os.walk(str(top), onerror=lambda error: problems.append(_unreadable(error)), followlinks=True):
        shown = [name for name in folders if not name.startswith(".") and not (name == TESTS and path == str(top))]
        folders[:] = [name for name in shown if _is_new(os.path.join(path, name), seen, problems)]
        for file in (os.path.join(path, name) for name in files if not name.startswith(".")):
            problem = _bad_name(file)
            if problem is None:
                yield file
            else:
                problems.append(problem)


def _is_new(path: str, seen: set[tuple[int, int]], problems: list[Problem]) -> bool:
    """Whether a folder may be walked: a link to a folder that is read already would go in a circle, or give every entry twice."""
    bad, identity = _bad_name(path), _identity(path)
    if bad is None and identity != (0, 0) and identity in seen:
        fault = f"This is the folder {safe(os.path.realpath(path))}, which is read already."
        bad = Place(path, 1, 1).problem("folder", fault, "Remove the link.")
    seen.add(identity)
    if bad:
        problems.append(bad)
    return bad is None


def _identity(path: str) -> tuple[int, int]:
    """What a folder is, whatever path leads to it. (0, 0) for one that cannot be looked at, which os.walk then reports."""
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def _bad_name(path: str) -> Problem | None:
    if path.isascii() and path.isprintable():
        return None
    shown = path.encode(errors="replace").decode()
    if shown != path:
        return Place(safe(shown), 1, 1).problem("file-encoding", "The name of this file is not UTF-8.", "Rename it.")
    if safe(path) != path:
        fault = "The name of this file holds control or invisible characters."
        return Place(safe(path), 1, 1).problem("control-character", fault, "Rename it.")
    return None


def _content(path: str) -> bytes | Problem:
    """What is in a file, or why it cannot be read. Only regular files are read, and opening does not wait: a named pipe would keep us
    waiting for ever."""
    try:
        handle = os.open(path, _READING)
        try:
            status = os.fstat(handle)
            if not S_ISREG(status.st_mode):
                return Place(path, 1, 1).problem("not-a-file", "This is no regular file (a pipe, a socket, a device).", "Remove it.")
            return _read(handle, status.st_size)
        finally:
            os.close(handle)
    except OSError as error:
        return _unreadable(error, path)


def _read(handle: int, size: int) -> bytes:
    """All bytes of an open file: as a rule those of its size, found out a moment ago, come at once."""
    content = os.read(handle, size + 1)
    while len(content) > size and (more := os.read(handle, _CHUNK)):
        content += more
    return content


def _unreadable(error: OSError, path: str = "") -> Problem:
    if path and os.path.islink(path) and isinstance(error, FileNotFoundError):
        return Place(path, 1, 1).problem("folder", "This link leads nowhere.", "Remove it or mend it.")
    return _no_base(error.filename or path, error.strerror or "It cannot be read")


def _no_base(path: str, fault: str) -> Problem:
    shown = safe(str(path).encode(errors="replace").decode())
    return Place(shown, 1, 1).problem("folder", f"{fault}.", "Name the folder of a base, or start one: factotum init FOLDER.")


def _is_plain_note(path: str) -> bool:
    return os.path.basename(path).lower().startswith(_NOT_OURS)
