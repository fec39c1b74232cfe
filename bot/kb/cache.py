"""Frozen values <-> one file in the platform's cache folder. Data only, never pickled; anything doubtful is read as "nothing kept".

The file: a line with the format and the SHA-256 of the rest, a line of JSON, then the bytes of the arrays.
"""

import hashlib
import json
import os
import tempfile
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np
import platformdirs

T = TypeVar("T")

_ARRAY = "\0array"


def _format() -> bytes:
    """Changes whenever the code that fills the cache may have changed: the sizes and times of this package's modules."""
    package = Path(__file__).resolve().parent.parent
    with os.scandir(package) as top, os.scandir(package / "kb") as kb:
        stats = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in (*top, *kb) if entry.name.endswith(".py"))
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:16].encode()


def file_for(version: str, folder: Path) -> Path:
    """Where the base of this content, read from this folder, is kept."""
    place = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return Path(platformdirs.user_cache_dir("factotum")) / f"{version}-{place}.kb"


def read(file: Path, kind: type[T]) -> T | None:
    """What was kept in a file; None if there is nothing, it is damaged, of another version or somebody else's."""
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return None
        head, _, rest = file.read_bytes().partition(b"\n")
        if head != _format() + b" " + hashlib.sha256(rest).hexdigest().encode():
            return None
        text, _, arrays = rest.partition(b"\n")
        value: T = _decode(json.loads(text), kind, arrays)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None
    return value


def write(file: Path, value: object) -> None:
    """Keeps a value. A folder that cannot be written to is no error: the next start is merely slower."""
    arrays = bytearray()
    rest = json.dumps(_encode(value, arrays), separators=(",", ":")).encode() + b"\n" + bytes(arrays)
    content = _format() + b" " + hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as draft:
            draft.write(content)
        os.replace(draft.name, file)
        _forget_others(file)
    except OSError:
        return


def _forget_others(file: Path, keep: int = 8) -> None:
    kept = sorted(file.parent.glob("*.kb"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[keep:]:
        path.unlink(missing_ok=True)


def _encode(value: Any, arrays: bytearray) -> Any:
    if isinstance(value, np.ndarray):
        start = len(arrays)
        arrays.extend(value.tobytes())
        return [_ARRAY, value.dtype.str, start, value.size]
    if is_dataclass(value):
        return [_encode(getattr(value, item.name), arrays) for item in fields(value)]
    if isinstance(value, dict):
        return {key: _encode(item, arrays) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_encode(item, arrays) for item in value]
    return value


def _decode(data: Any, kind: Any, arrays: bytes) -> Any:
    """The value of a type that `data` stands for."""
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(data, list) and len(data) == 4 and data[0] == _ARRAY:
        return np.frombuffer(arrays, np.dtype(data[1]), data[3], data[2])
    if is_dataclass(kind):
        return _record(data, kind, arrays)
    if origin in (Union, UnionType):
        return None if data is None else _decode(data, next(item for item in inner if item is not NoneType), arrays)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[1:] == (...,) else inner
        if kinds and kinds[0] in (str, int):
            return tuple(data)
        return tuple(_decode(item, one, arrays) for item, one in zip(data, kinds, strict=True))
    if origin is not None and isinstance(data, dict):
        return data if inner[1] in (str, int) else {key: _decode(item, inner[1], arrays) for key, item in data.items()}
    return data


def _record(data: Any, kind: Any, arrays: bytes) -> Any:
    hints = _hints(kind)
    return kind(*(_decode(item, hint, arrays) for item, hint in zip(data, hints, strict=True)))


@cache
def _hints(kind: Any) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[item.name] for item in fields(kind))
