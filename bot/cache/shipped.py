"""The index of the base that comes with the package, built when the wheel is (.ci/build_hook.py), so that no first start has to build it.

It is used only where everything that it was built from is the same here: the files of the base and the code, word lists and tables of the
package by their content, and the stemmer by the stems that it gives to all words of the base. Whatever else differs between machines
(times, folders, the version of Python) is left out of that, unlike in the cache (builder.builder).
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from bot.cache.builder import PACKAGE, code_hash
from bot.cache.form import decode, encode
from bot.english.stems import stems

T = TypeVar("T")

FILE = PACKAGE / "cache" / "shipped.kb"

ANYWHERE = "/folder-of-the-base"
"""Stands for the folder of the base, which is another on each machine."""

_WORD = re.compile(rb"[a-z']+")


def read(version: str, folder: Path, kind: type[T], file: Path = FILE) -> T | None:
    """The value that comes with the package for a base of this version (kb.files.content_hash), as if it had been built from this folder;
    None if there is none, or it does not fit."""
    try:
        with file.open("rb") as kept:
            head, text, arrays = kept.readline(), kept.readline(), kept.read()
        if not head.startswith(version.encode()) or head != _head(version, text, arrays):
            return None
        return decode(text.replace(ANYWHERE.encode(), json.dumps(str(folder), ensure_ascii=False)[1:-1].encode()), arrays, kind)
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def anywhere(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files of a base under paths that begin with ANYWHERE."""
    return {f"{ANYWHERE}/{Path(path).relative_to(folder).as_posix()}": content for path, content in files.items()}


def write(version: str, value: object, file: Path) -> None:
    """The value for a base of this version, built from files under ANYWHERE, as a file to ship. Raises OSError."""
    text, arrays = encode(value)
    file.write_bytes(_head(version, text, arrays) + text + arrays)


def _head(version: str, text: bytes, arrays: bytes | bytearray) -> bytes:
    words = sorted({word.decode() for word in _WORD.findall(text.lower())})
    stemmed = hashlib.sha256(" ".join(stems(words)).encode()).hexdigest()[:16]
    return f"{version} {code_hash(PACKAGE, tables=True)} {stemmed} {crc32(arrays, crc32(text)):08x}\n".encode()
