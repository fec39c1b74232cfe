"""A source -> its files: one file, those of a folder, or the members of a ZIP archive. Nothing is ever unpacked to the disk."""

import io
import itertools
import json
import os
import re
import stat
import zipfile
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from bot.english.tokens import safe
from bot.errors import UsageError
from bot.imports import limits
from bot.imports.decode import Decoded, decode

_HEAD = 2**16
_WORKBOOK = ("[Content_Types].xml", "mimetype")
"""The members that tell a workbook from an archive of files (ECMA-376 part 2, OpenDocument 1.3 part 2)."""


@dataclass(frozen=True)
class File:
    """One file of a source: its name as shown, its size in bytes, and how it is opened. `encoding`: as named by the user, or ""."""

    name: str
    size: int
    opened: Callable[[], IO[bytes]]
    encoding: str = ""

    @property
    def ending(self) -> str:
        return os.path.splitext(self.name)[1].lower()

    @cached_property
    def head(self) -> bytes:
        """The first 64 kB."""
        with self.opened() as stream:
            return stream.read(_HEAD)

    @property
    def is_zip(self) -> bool:
        return self.head.startswith(b"PK\x03\x04")

    @cached_property
    def members(self) -> frozenset[str]:
        """The names inside a workbook; empty for other files. Raises UsageError if it is not safe to open."""
        if not self.is_zip:
            return frozenset()
        with self.opened() as stream, _archive(stream, self.name) as archive:
            return frozenset(archive.namelist())

    @cached_property
    def decoded(self) -> Decoded:
        """The text of the whole file, at most limits.WHOLE bytes. Raises UsageError if it is larger."""
        if self.size > limits.WHOLE:
            raise UsageError(
                f"{self.name} is larger than {limits.WHOLE // 2**20} MB. Divide it, or save it as CSV, which is read row by row."
            )
        with self.opened() as stream:
            return decode(stream.read(), self.encoding)

    @property
    def text(self) -> str:
        return self.decoded.text

    @cached_property
    def json(self) -> Any:
        """The JSON value of the file; None if it is not JSON."""
        if not self.looks_like_json:
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    @property
    def looks_like_json(self) -> bool:
        return not self.is_zip and self.start[:1] in ("{", "[")

    @cached_property
    def start(self) -> str:
        """The first characters, as far as they can be read, without blanks before them."""
        cut = self.head if len(self.head) == self.size else self.head[: self.head.rfind(b"\n") + 1] or self.head
        return decode(cut, self.encoding).text.lstrip()


def files_of(source: Path, encoding: str = "") -> list[File]:
    """The files of a source, sorted by name. Raises UsageError if there is none, or if an archive is not safe to read."""
    if re.match(r"https?:", str(source)):
        raise UsageError("a page is not fetched from the web: save it in your browser (Ctrl-S) and name the file.")
    try:
        if source.is_dir():
            return list(_in_folder(source, encoding))
        if not stat.S_ISREG(os.stat(source).st_mode):
            raise UsageError(f"{source} is no regular file.")
        file = File(safe(source.name), os.path.getsize(source), lambda: source.open("rb"), encoding)
        if not file.size:
            raise UsageError(f"{source} is empty.")
        return _unpacked(file) if file.is_zip and not file.members & set(_WORKBOOK) else [file]
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}.") from error


def _in_folder(folder: Path, encoding: str) -> Iterator[File]:
    """The files below a folder. Links and hidden files are left alone."""
    count = 0
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(top, name) for name in sorted(names) if not name.startswith(".")):
            if path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > limits.MEMBERS:
                raise UsageError(f"{folder} holds more than {limits.MEMBERS} files. Name the folder of the export itself.")
            yield File(safe(path.relative_to(folder).as_posix()), path.stat().st_size, _opener(path), encoding)
    if not count:
        raise UsageError(f"there is no file in {folder}.")


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _unpacked(file: File) -> list[File]:
    """The members of an archive, each read into memory when it is opened."""

    def opener(member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
        def opened() -> IO[bytes]:
            with file.opened() as stream, _archive(stream, file.name) as archive:
                return io.BytesIO(_content(archive, member, file.name))

        return opened

    with file.opened() as stream, _archive(stream, file.name) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_clutter(info.filename)]
        for info in infos:
            if info.file_size > limits.WHOLE:
                raise UsageError(f"{file.name}: {safe(info.filename)} is too large when unpacked. Nothing was read.")
    if not infos:
        raise UsageError(f"there is no file in {file.name}.")
    named: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        named[_free(safe(info.filename), named)] = info
    return [File(name, info.file_size, opener(info), file.encoding) for name, info in named.items() if info.file_size]


def _free(name: str, taken: Container[str]) -> str:
    """A name that no other member has: an archive may hold two of one name, and both are read."""
    stem, ending = os.path.splitext(name)
    further = (f"{stem} ({number}){ending}" for number in itertools.count(2))
    return name if name not in taken else next(one for one in further if one not in taken)


def _is_clutter(name: str) -> bool:
    """What macOS adds to archives."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> bytes:
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise UsageError(f"{shown} is damaged: {safe(member.filename)} cannot be unpacked. Nothing was read.") from error


def _archive(stream: IO[bytes], shown: str) -> zipfile.ZipFile:
    """An archive that is safe to read by the sizes it declares; zipfile reads no further than these."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UsageError(f"{shown} is damaged or no ZIP archive. Nothing was read.") from error
    infos = archive.infolist()
    if len(infos) > limits.MEMBERS:
        raise UsageError(f"{shown} holds more than {limits.MEMBERS} files. Nothing was read.")
    if sum(info.file_size for info in infos) > limits.UNPACKED:
        raise UsageError(f"{shown} would unpack to more than {limits.UNPACKED // 2**20} MB. Nothing was read.")
    for info in infos:
        if info.flag_bits & 1:
            raise UsageError(f"{shown} is protected by a password. Save it without one.")
        if _climbs(info.filename):
            raise UsageError(f"{shown}: the name {safe(info.filename)!r} leads out of the archive. Nothing was read.")
    return archive


def _climbs(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", name))


class _SeenError(Exception):
    """Ends the parsing of what is known well enough."""


def refuse_entities(stream: IO[bytes], shown: str) -> None:
    """Raises UsageError if an XML document declares a document type: only that can define entities, which may grow without end, and
    neither XLSX nor ODS has one. Reads as far as the first element."""

    def stop(*_: object) -> None:
        raise _SeenError

    parser, refused = expat.ParserCreate(), False

    def refuse(*_: object) -> None:
        nonlocal refused
        refused = True
        raise _SeenError

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    try:
        while chunk := stream.read(_HEAD):
            parser.Parse(chunk)
    except _SeenError:
        pass
    except expat.ExpatError as error:
        raise UsageError(f"{shown} is damaged: {expat.ErrorString(error.code)}. Nothing was read.") from error
    if refused:
        raise UsageError(f"{shown} declares entities, which no spreadsheet does. Nothing was read.")
