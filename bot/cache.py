"""Built bases <-> files in the platform's cache folder.

A file is read only by the very code that wrote it, with the same stemmer: whatever is in doubt counts as not there, and is built again.
It holds data, never pickles: a line with what built it and a CRC-32 of the rest, a line of JSON, then the bytes of the arrays.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin
from unicodedata import unidata_version
from zlib import crc32

import numpy as np
import platformdirs
import Stemmer

from bot.kb.files import DRAFT, replace_file

T = TypeVar("T")

_MANY = 20
"""A tuple of at least this many texts is stored as one text, which is much faster to read back."""

_NUMBERED = "\0numbered"
"""Marks a mapping of words to 0, 1, 2, ... (a vocabulary), of which only the words are stored."""


ROOMS = ("", "answering", "defaults", "dialogue", "english", "kb", "kinds", "lint", "matching")
"""The folders of the package whose code and word lists decide what is built from a base, and whether it may be used at all."""

_MOST_BASES = 8
"""Bases that are kept: enough for somebody who compares a few. One of the size of ours takes 8 MB."""

_ABANDONED = 3600.0
"""Seconds after which a draft was left behind by a writer that was killed: writing one takes less than a second."""


def code_hash(package: Path) -> str:
    """A hash (SHA-256, 16 hex digits) of the code and data that decide what is built from a base.

    Code and word lists are hashed by content, not by size and time, because installers may give every file the same time. That takes 2 ms
    at every start; tables of several megabytes, which only the code that is hashed reads, go by size and time.
    """
    digest = hashlib.sha256()
    for room in ROOMS:
        with os.scandir(package / room) as found:
            files = sorted((entry for entry in found if entry.is_file()), key=lambda entry: entry.name)
        for file in files:
            digest.update(f"{room}/{file.name} {file.stat().st_size} ".encode())
            digest.update(_content(file.path) if file.name.endswith((".py", ".txt", ".yaml")) else b"%d " % file.stat().st_mtime_ns)
    return digest.hexdigest()[:16]


def _content(path: str) -> bytes:
    with open(path, "rb", 0) as file:
        return file.read()


@cache
def builder() -> str:
    """What built a base: the code, and the version of everything else that its content depends on.

    Found out once for each process: when Factotum is upgraded under a running service, that service still runs the old code.
    """
    stemmer = os.stat(Stemmer.__file__)  # PyStemmer 2.2.0.2 and others before 3 call themselves 2.0.1
    versions = (Stemmer.version(), stemmer.st_size, stemmer.st_mtime_ns, np.__version__.partition(".")[0])
    python = (sys.version_info[:2], unidata_version, sys.byteorder)
    return hashlib.sha256(repr((code_hash(Path(__file__).resolve().parent), versions, python)).encode()).hexdigest()[:16]


def file_for(version: str, folder: Path) -> Path | None:
    """The file for the base of this content, read from this folder, as this code builds it; None for a user without a home folder."""
    place = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    try:
        caches = Path(platformdirs.user_cache_dir("factotum"))
    except RuntimeError:
        return None
    # Without a home folder "~" may be left as it stands, and would become a folder of that name in the working directory.
    return caches / f"{version}-{place}-{builder()}.kb" if caches.is_absolute() else None


def read(file: Path | None, kind: type[T]) -> T | None:
    """The value in a file; None if there is none, or it is damaged, built by other code, or another user's."""
    if file is None:
        return None
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return None
        with file.open("rb") as kept:
            head, text, arrays = kept.readline(), kept.readline(), kept.read()
        if head != _head(text, arrays):
            return None
        value: T = _decode(json.loads(text), kind, memoryview(arrays))
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    with suppress(OSError):  # a cache that may only be read
        os.utime(file)  # the base that was not used for longest is dropped first
    return value


def _head(text: bytes, arrays: bytes | bytearray) -> bytes:
    """The first line: what built the base, and a checksum against damage. Whoever may write to the user's own folder is trusted, and a
    cryptographic hash would take longer than the answer."""
    return b"%s %08x\n" % (builder().encode(), crc32(arrays, crc32(text)))


def write(file: Path | None, value: object) -> None:
    """Keeps a value. A folder that cannot be written to is no error: the next start is merely slower."""
    if file is None:
        return
    arrays = bytearray()
    text = json.dumps(_encode(value, arrays), separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, _head(text, arrays) + text + arrays)
        _tidy(file.parent)
    except OSError:
        return


def _tidy(folder: Path) -> None:
    """Drops all but the bases used last, and what killed writers left behind: drafts and, before 0.6, folders with a draft in them.
    Nothing else is touched: the folder need not be ours alone."""
    for path in sorted(folder.glob("*.kb"), key=_last_used, reverse=True)[_MOST_BASES:]:
        path.unlink(missing_ok=True)
    before = time.time() - _ABANDONED
    for place in (path for path in folder.glob("tmp*/") if _last_used(path) < before):
        for path in place.glob("*.kb"):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # not empty, so not ours
            place.rmdir()
    for path in (path for path in folder.glob(f"*{DRAFT}") if _last_used(path) < before):
        path.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    """Seconds since 1970; 0 for a file that another process has just dropped."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _kept(kind: Any) -> list[Field[Any]]:
    return [item for item in fields(kind) if item.metadata.get("kept", True)]


def _encode(value: Any, arrays: bytearray) -> Any:
    if isinstance(value, np.ndarray):
        start = len(arrays)
        arrays.extend(value.tobytes())
        return [value.dtype.str, start, value.size]
    if is_dataclass(value):
        return [_encode(getattr(value, item.name), arrays) for item in _kept(value)]
    if isinstance(value, dict) and value and list(value.values()) == list(range(len(value))):
        return {_NUMBERED: "\n".join(value)}
    if isinstance(value, dict):
        return {key: _encode(item, arrays) for key, item in value.items()}
    if isinstance(value, tuple) and len(value) >= _MANY and all(isinstance(item, str) and "\n" not in item for item in value):
        return "\n".join(value)
    if isinstance(value, (tuple, list)):
        return [_encode(item, arrays) for item in value]
    return value


Decoder = Callable[[Any, memoryview], Any]


def _decode(data: Any, kind: Any, arrays: memoryview) -> Any:
    """The value of a type from its stored form."""
    return _decoder(kind)(data, arrays)


@cache
def _decoder(kind: Any) -> Decoder:
    """A function from stored forms to values of a type. Made once for each type: a base holds thousands of values of a dozen types."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_decoder(kind)
    if origin in (Union, UnionType):
        some = _decoder(next(item for item in inner if item is not NoneType))
        return lambda data, arrays: None if data is None else some(data, arrays)
    if origin is tuple:
        one = _decoder(inner[0])
        return _items if one is _same else (lambda data, arrays: tuple(one(item, arrays) for item in data))
    if origin in (dict, Mapping):
        one = _decoder(inner[1])
        return _dictionary if one is _same else (lambda data, arrays: {key: one(item, arrays) for key, item in data.items()})
    return _array if origin is np.ndarray else _same


def _same(data: Any, _: memoryview) -> Any:
    return data


def _items(data: Any, _: memoryview) -> Any:
    return tuple(data.split("\n") if isinstance(data, str) else data)


def _dictionary(data: Any, _: memoryview) -> Any:
    if _NUMBERED not in data:
        return data
    words = data[_NUMBERED].split("\n")
    return dict(zip(words, range(len(words)), strict=True))


def _array(data: Any, arrays: memoryview) -> Any:
    kind, start, size = data
    return np.frombuffer(arrays, np.dtype(kind), size, start)


def _record_decoder(kind: Any) -> Decoder:
    """Takes the types as they are written in the class: none of our modules postpones its annotations, and resolving them is slow."""
    kept = _kept(kind)
    names = [item.name for item in kept]
    kinds: list[Any] = [item.type for item in kept]
    decoders = [_decoder(one) for one in kinds]

    def decode(data: Any, arrays: memoryview) -> Any:
        return kind(**{name: one(item, arrays) for name, one, item in zip(names, decoders, data, strict=True)})

    return decode
