"""A part -> its messages, in the process that works on it."""

import json
from collections.abc import Iterator
from pathlib import Path

from bot.triage.formats import mail, mbox, of_record
from bot.triage.message import Found, Left, Part


def messages(part: Part, own: frozenset[str]) -> Iterator[Found]:
    """What is in a part, in order; nothing is left out without a word. `own` are addresses of the desk in small letters. Raises OSError
    if the file is not there any more."""
    if part.stop - part.start > mail.LARGEST:  # one message: others are divided into smaller parts
        yield Left(f"byte {part.start}", "unreadable", f"it is larger than {mail.LARGEST // 2**20} MB")
        return
    match part.kind:
        case "mbox":
            yield from (mail.read(data, f"byte {part.start + at}", own) for at, data in mbox.mails(_stretch(part)))
        case "mails":
            # Files of mails are often called by their subject or sender: their number says as well which one it is.
            yield from (_of_file(file, f"file {number}", own) for number, file in enumerate(part.files, part.start + 1))
        case "lines":
            yield from _of_lines(part)
        case "records":
            for place, record in part.records:
                yield from of_record(record, place)


def _stretch(part: Part) -> bytes:
    with part.path.open("rb") as stream:
        stream.seek(part.start)
        return stream.read(part.stop - part.start)


def _of_file(file: Path, place: str, own: frozenset[str]) -> Found:
    try:
        if file.stat().st_size > mail.LARGEST:
            return Left(place, "unreadable", f"it is larger than {mail.LARGEST // 2**20} MB")
        return mail.read(file.read_bytes(), place, own)
    except OSError as error:
        return Left(place, "unreadable", error.strerror or type(error).__name__)


def _of_lines(part: Part) -> Iterator[Found]:
    at = part.start
    for line in _stretch(part).splitlines(keepends=True):
        place, at = f"byte {at}", at + len(line)
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                yield Left(place, "unreadable", "the line is no JSON")
                continue
            yield from of_record(record, place)
