"""Values <-> a line of JSON and the bytes of arrays. It is data, never pickles: reading it runs nothing."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import numpy as np

T = TypeVar("T")

_MANY = 20
"""A tuple of at least this many texts is stored as one text, which is much faster to read back."""

_VERY_MANY = 1_000
"""A tuple of at least this many texts is kept apart from the JSON, whose parser would copy it twice."""

_NUMBERED = "\0numbered"
"""Marks a mapping of words to 0, 1, 2, ... (a vocabulary), of which only the words are stored."""

ALIGNED = 64
"""Bytes of which the place of an array is a multiple: numbers at odd places are reckoned with more slowly."""


_BETWEEN = b"\x1e"
"""Stands between texts of JSON, which hold no control character."""

_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a value is stored as beside its text: the bytes of arrays, and texts that are not read with it."""

    arrays: bytearray | memoryview
    later: list[bytes]


def encode(value: object) -> tuple[bytes, bytearray]:
    """(a line of texts, the first of them JSON; the bytes of the arrays) of a value made of dataclasses, mappings, tuples, texts, numbers
    and arrays."""
    arrays, later = bytearray(), list[bytes]()
    first = _json(_encode(value, _Parts(arrays, later)))
    return _BETWEEN.join([first, *later]) + b"\n", arrays


def decode(text: bytes, arrays: bytes, kind: type[T]) -> T:
    """The value of a type that encode() gave these for. Raises ValueError, TypeError, KeyError, IndexError, AttributeError or
    RecursionError if they are not of it."""
    first, *later = text.removesuffix(b"\n").split(_BETWEEN)
    found: Any = kind
    value: T = _decoder(found)(json.loads(first), _Parts(memoryview(arrays), later))
    return value


class Later(Mapping[str, Any]):
    """A mapping whose values, records of a kind, are decoded when they are asked for: a single question needs few of them."""

    __slots__ = ("_found", "_kind", "_texts")

    def __init__(self, texts: dict[str, bytes], kind: Any) -> None:
        self._texts, self._kind = texts, kind
        self._found: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._found:
            self._found[key] = _decoder(self._kind)(json.loads(self._texts[key]), _Parts(memoryview(b""), []))
        return self._found[key]

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return repr(dict(self))


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _kept(kind: Any) -> list[Field[Any]]:
    return [item for item in fields(kind) if item.metadata.get("kept", True)]


def _encode(value: Any, parts: _Parts) -> Any:
    if isinstance(value, np.ndarray):
        return _stored(value, parts.arrays)
    if is_dataclass(value):
        return [_encode(getattr(value, item.name), parts) for item in _kept(value)]
    if isinstance(value, Mapping) and value and list(value.values()) == list(range(len(value))):
        return {_NUMBERED: "\n".join(value)}
    if isinstance(value, Mapping) and any(map(is_dataclass, value.values())):
        parts.later.extend([_json(_encode(item, parts)) for item in value.values()])
        return ["\n".join(value), len(parts.later) - len(value)]
    if isinstance(value, Mapping):
        return {key: _encode(item, parts) for key, item in value.items()}
    if isinstance(value, tuple) and len(value) >= _MANY and all(isinstance(item, str) and not _CONTROL.search(item) for item in value):
        return _joined(value, parts)
    if isinstance(value, (tuple, list)):
        return [_encode(item, parts) for item in value]
    return value


def _joined(texts: tuple[str, ...], parts: _Parts) -> str | int:
    if len(texts) < _VERY_MANY:
        return "\n".join(texts)
    parts.later.append("\0".join(texts).encode())
    return len(parts.later) - 1


def _stored(value: Any, arrays: Any) -> list[Any]:
    arrays.extend(bytes(-len(arrays) % ALIGNED))
    start = len(arrays)
    arrays.extend(value.tobytes())
    return [value.dtype.str, start, value.size]


Decoder = Callable[[Any, _Parts], Any]


@cache
def _decoder(kind: Any) -> Decoder:
    """A function from stored forms to values of a type. Made once for each type: a base holds thousands of values of a dozen types."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_decoder(kind)
    if origin in (Union, UnionType):
        some = _decoder(next(item for item in inner if item is not NoneType))
        return lambda data, parts: None if data is None else some(data, parts)
    if origin is tuple:
        one = _decoder(inner[0])
        return _items if one is _same else (lambda data, parts: tuple(one(item, parts) for item in data))
    if origin in (dict, Mapping) and is_dataclass(inner[1]):
        return lambda data, parts: _later(data, inner[1], parts)
    if origin in (dict, Mapping):
        one = _decoder(inner[1])
        return _dictionary if one is _same else (lambda data, parts: {key: one(item, parts) for key, item in data.items()})
    return _array if origin is np.ndarray else _same


def _same(data: Any, _: _Parts) -> Any:
    return data


def _items(data: Any, parts: _Parts) -> Any:
    if isinstance(data, int):
        return tuple(parts.later[data].decode().split("\0"))
    return tuple(data.split("\n") if isinstance(data, str) else data)


def _dictionary(data: Any, _: _Parts) -> Any:
    if _NUMBERED not in data:
        return data
    words = data[_NUMBERED].split("\n")
    return dict(zip(words, range(len(words)), strict=True))


def _later(data: Any, kind: Any, parts: _Parts) -> Any:
    if not data:
        return {}
    names, first = data[0].split("\n"), data[1]
    return Later(dict(zip(names, parts.later[first : first + len(names)], strict=True)), kind)


def _array(data: Any, parts: _Parts) -> Any:
    kind, start, size = data
    return np.frombuffer(parts.arrays, np.dtype(kind), size, start)


def _record_decoder(kind: Any) -> Decoder:
    """Takes the types as they are written in the class: none of our modules postpones its annotations, and resolving them is slow."""
    kept = _kept(kind)
    names = [item.name for item in kept]
    kinds: list[Any] = [item.type for item in kept]
    decoders = [_decoder(one) for one in kinds]

    def decode(data: Any, parts: _Parts) -> Any:
        return kind(**{name: one(item, parts) for name, one, item in zip(names, decoders, data, strict=True)})

    return decode
