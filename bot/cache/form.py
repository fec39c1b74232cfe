"""Values <-> a line of JSON and the bytes of arrays. It is data, never pickles: reading it runs nothing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import numpy as np

T = TypeVar("T")

_MANY = 20
"""A tuple of at least this many texts is stored as one text, which is much faster to read back."""

_NUMBERED = "\0numbered"
"""Marks a mapping of words to 0, 1, 2, ... (a vocabulary), of which only the words are stored."""

ALIGNED = 64
"""Bytes of which the place of an array is a multiple: numbers at odd places are reckoned with more slowly."""


def encode(value: object) -> tuple[bytes, bytearray]:
    """(the line of JSON, the bytes of the arrays) of a value made of dataclasses, mappings, tuples, texts, numbers and arrays."""
    arrays = bytearray()
    return json.dumps(_encode(value, arrays), separators=(",", ":"), ensure_ascii=False).encode() + b"\n", arrays


def decode(text: bytes, arrays: bytes, kind: type[T]) -> T:
    """The value of a type that encode() gave these for. Raises ValueError, TypeError, KeyError, IndexError, AttributeError or
    RecursionError if they are not of it."""
    found: Any = kind
    value: T = _decoder(found)(json.loads(text), memoryview(arrays))
    return value


def _kept(kind: Any) -> list[Field[Any]]:
    return [item for item in fields(kind) if item.metadata.get("kept", True)]


def _encode(value: Any, arrays: bytearray) -> Any:
    if isinstance(value, np.ndarray):
        arrays.extend(bytes(-len(arrays) % ALIGNED))
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
