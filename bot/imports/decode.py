"""Bytes -> text. Short texts are not guessed at: statistics call German letters Baltic and valid UTF-8 Japanese (charset-normalizer 3.5.3),
so only what can be told for certain is told, and the rest is Windows-1252, as the WHATWG's Encoding Standard has it for Western pages."""

import codecs
import re
from dataclasses import dataclass

from bot.errors import UsageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]+)""", re.I)
_FALLBACK = "cp1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in. `guessed`: nothing said so, and letters such as ä should be looked at."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, encoding: str = "") -> Decoded:
    """The text of bytes, in the encoding given or found out, without its byte order mark and with plain line ends. Raises UsageError if it
    is not in the encoding given."""
    mark, name, guessed = encoding_of(data, encoding)
    try:
        text = data[mark:].decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        if encoding:
            raise UsageError(f"the file is not in the encoding {encoding}.") from error
        name, text = "latin-1", data[mark:].decode("latin-1")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), name, guessed)


def encoding_of(data: bytes, named: str = "") -> tuple[int, str, bool]:
    """(length of the byte order mark, name of the encoding, whether it is a guess)."""
    if named:
        try:
            return 0, {"utf-8": "utf-8-sig", "utf8": "utf-8-sig"}.get(named.lower(), codecs.lookup(named).name), False
        except LookupError:
            raise UsageError(f"there is no encoding '{named}'. Try utf-8, cp1252 or utf-16.") from None
    for mark, name in _MARKS:
        if data.startswith(mark):
            return len(mark), name, False
    if is_utf8(data):
        return 0, _without_mark(data) or "utf-8", False
    declared = _DECLARED.search(data[:4096])
    if declared and (name := _known((declared[1] or declared[2]).decode("ascii"))):
        return 0, name, False
    return 0, _without_mark(data) or _FALLBACK, True


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8; a letter cut off at the end makes no difference."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is then zero."""
    part = data[:4096]
    if len(part) < 4 or part.count(0) * 3 < len(part):
        return ""
    return "utf-16-le" if part[1::2].count(0) > part[::2].count(0) else "utf-16-be"


def _known(name: str) -> str:
    """The name of an encoding as Python has it. The Encoding Standard reads ISO 8859-1 and ASCII as Windows-1252."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _FALLBACK if found in ("iso8859-1", "ascii", "utf-8") else found
