"""The headers and parts of a mail as text, whatever is wrong with them: what a mail says of its encoding is often not so."""

from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message


def header(message: Message, name: str) -> str:
    """A header, decoded and on one line; empty if it is not there. One that cannot be decoded stays as it is."""
    found = message.get(name)
    if found is None:
        return ""
    try:
        text = str(make_header(decode_header(found)))
    except (HeaderParseError, LookupError, ValueError):
        text = str(found)
    return " ".join(text.split())


def decoded(part: Message) -> str:
    """The text of a part in the charset that it names; if it is not in that, in UTF-8 or else in that of Western Windows."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    for charset in (part.get_content_charset(), "utf-8"):
        try:
            return raw.decode(charset or "utf-8")
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")
