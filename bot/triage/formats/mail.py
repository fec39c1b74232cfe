"""A mail (RFC 5322) as bytes -> what its sender wrote. The text is that of all parts that are read on the spot, plain ones first."""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses

from bot.imports.decode import decode
from bot.triage.formats.fields import sane, unmarked
from bot.triage.message import MOST_TEXT, Found, Left, Message

LARGEST = 64 * 2**20
"""Bytes of a mail, with what is attached."""

_BULK = ("bulk", "junk", "list", "auto_reply")
_REPLY = re.compile(r"^\s*(?:(?:re|aw|sv|fwd?|wg|tr)\s*(?:\[\d+\])?:\s*)+", re.I)


def read(data: bytes, place: str, own: frozenset[str]) -> Found:
    """The message of a mail. Never raises: what cannot be read is told."""
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        return _left(mail, place, own) or _message(mail, place)
    except Exception as error:  # whatever a broken mail makes the parser of the standard library raise
        return Left(place, "unreadable", f"it is damaged ({type(error).__name__})")


def _left(mail: EmailMessage, place: str, own: frozenset[str]) -> Left | None:
    """Why a mail is no customer's; None if it may be one."""
    if not mail.keys():
        return Left(place, "unreadable", "it is no mail: it has no header")
    senders = {address.lower() for _, address in getaddresses([str(value) for value in mail.get_all("From", [])])}
    if senders & own:
        return Left(place, "skipped", "the desk's own")
    automatic = str(mail.get("Auto-Submitted", "no")).strip().lower() != "no"  # RFC 3834
    if automatic or str(mail.get("Precedence", "")).strip().lower() in _BULK or "List-Unsubscribe" in mail:
        return Left(place, "skipped", "sent by a machine or to a list")
    return None


def _message(mail: EmailMessage, place: str) -> Found:
    words = "\n".join(filter(str.strip, _texts(mail))).strip()
    said = words or _REPLY.sub("", str(mail.get("Subject", ""))).strip()
    return Message(place, said[:MOST_TEXT], _sent(mail), is_mail=True) if said else Left(place, "unreadable", "it has no text")


def _texts(mail: EmailMessage) -> Iterator[str]:
    """The texts of a mail in order: of alternatives the plain one, unless it is empty."""
    if mail.get_content_type() == "multipart/alternative":
        found = [list(_texts(part)) for part in mail.iter_parts() if isinstance(part, EmailMessage)]
        yield from next((texts for texts in found if any(map(str.strip, texts))), [])
    elif mail.is_multipart() and mail.get_content_maintype() == "multipart":
        for part in mail.iter_parts():
            if isinstance(part, EmailMessage) and not part.is_attachment():
                yield from _texts(part)
    elif mail.get_content_maintype() == "text":
        yield _text(mail)


def _text(part: EmailMessage) -> str:
    """The text of a part, whatever it says of its encoding: in a character set that there is none of, what can be told for certain."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        words = data.decode(str(part.get_content_charset() or ""), "strict")
    except (LookupError, ValueError):
        words = decode(data).text
    return unmarked(words) if part.get_content_subtype() == "html" else words.replace("\r\n", "\n")


def _sent(mail: EmailMessage) -> datetime | None:
    moment = getattr(mail["Date"], "datetime", None)
    return sane(moment) if isinstance(moment, datetime) else None
