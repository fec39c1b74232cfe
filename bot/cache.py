"""Frozen values <-> one file in the platform's cache folder. Data only, never pickled; anything doubtful is read as "nothing kept".

The file: a line with the format and the CRC-32 of the rest, a line of JSON, then the bytes of the arrays.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin
from zlib import crc32

import numpy as np
import platformdirs

T = TypeVar("T")

_MANY = 20
"""From this many texts on a tuple of them is kept as one text: much faster to read back."""

_NUMBERED = "\0numbered"
"""Stands for a mapping of words to 0, 1, 2, ...: the vocabularies, too long to be kept pair by pair."""


def _format() -> bytes:
    """Changes whenever the code that fills the cache may have changed: the sizes and times of this package's modules."""
    package = Path(__file__).resolve().parent
    with os.scandir(package) as top, os.scandir(package / "kb") as kb, os.scandir(package / "defaults") as defaults:
        found = [entry for entry in (*top, *kb, *defaults) if entry.name.endswith((".py", ".yaml"))]
        stats = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in found)
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:16].encode()


def file_for(version: str, folder: Path) -> Path | None:
    """Where the base of this content, read from this folder, is kept; None for a user without a home."""
    place = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    try:
        return Path(platformdirs.user_cache_dir("factotum")) / f"{version}-{place}.kb"
    except RuntimeError:
        return None


def read(file: Path | None, kind: type[T]) -> T | None:
    """What was kept in a file; None if there is nothing, it is damaged, of another version or somebody else's."""
    if file is None:
        return None
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return None
        with file.open("rb") as kept:
            head, text, arrays = kept.readline(), kept.readline(), kept.read()
        if head != _format() + b" " + _check(text, arrays) + b"\n":
            return None
        value: T = _decode(json.loads(text), kind, memoryview(arrays))
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    return value


def _check(text: bytes, arrays: bytes | bytearray) -> bytes:
    """Tells damage; who may write here at all is the owner's affair. A cryptographic hash would take longer than the answer."""
    return b"%08x" % crc32(arrays, crc32(text))


def write(file: Path | None, value: object) -> None:
    """Keeps a value. A folder that cannot be written to is no error: the next start is merely slower."""
    if file is None:
        return
    arrays = bytearray()
    text = json.dumps(_encode(value, arrays), separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    content = _format() + b" " + _check(text, arrays) + b"\n" + text + arrays
    import tempfile  # slow to load, and needed only when something changed

    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as drafts:
            draft = Path(drafts) / file.name
            draft.write_bytes(content)
            draft.replace(file)
        _forget_others(file)
    except OSError:
        return


def _forget_others(file: Path, keep: int = 8) -> None:
    kept = sorted(file.parent.glob("*.kb"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[keep:]:
        path.unlink(missing_ok=True)


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
    """The value of a type that `data` stands for."""
    return _decoder(kind)(data, arrays)


@cache
def _decoder(kind: Any) -> Decoder:
    """A function from data to values of a type. Made once for each type: a base holds thousands of values of a dozen types."""
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
    """The types are taken as they stand in the class: no module of ours postpones its annotations, and looking them up is slow."""
    kept = _kept(kind)
    names = [item.name for item in kept]
    kinds: list[Any] = [item.type for item in kept]
    decoders = [_decoder(one) for one in kinds]

    def decode(data: Any, arrays: memoryview) -> Any:
        return kind(**{name: one(item, arrays) for name, one, item in zip(names, decoders, data, strict=True)})

    return decode
