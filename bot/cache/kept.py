"""Built bases <-> files in the platform's cache folder.

A file is read only by the very code that wrote it, with the same stemmer: whatever is in doubt counts as not there, and is built again.
It holds data, never pickles: a line with what built it and a CRC-32 of the rest, a line of JSON, then the bytes of the arrays.
"""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import platformdirs

from bot.cache.builder import builder
from bot.cache.form import decode, encode
from bot.kb.files import DRAFT, replace_file

T = TypeVar("T")

_MOST_BASES = 8
"""Bases that are kept: enough for somebody who compares a few. One of the size of ours takes 8 MB."""

_ABANDONED = 3600.0
"""Seconds after which a draft was left behind by a writer that was killed: writing one takes less than a second."""


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
        value = decode(text, arrays, kind)
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
    text, arrays = encode(value)
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
