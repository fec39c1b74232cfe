"""E-mail: a message in a mailbox, and the answer to it, as a mail or as a draft in the mailbox.

What another program wrote is never answered (RFC 3834, 2004): its marks differ from program to program, and some programs set none, so the
number of answers in a thread is limited too. Ids and threads are by RFC 5322 (2008).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from typing import Any

from bot.english.email import body
from bot.reply import Reply
from bot.serve.channels.drafts import note_of
from bot.serve.channels.html_text import words_of
from bot.serve.channels.mail_text import decoded, header
from bot.serve.channels.platform import Incoming, Platform, Sending

NAME, DRAFT = "mail", "mail.draft"

_ID = re.compile(r"<[^<>\s]+>")
_SUBJECT = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|sv|vs|rif|tr|antw)\s*(?:\[\d+\])?\s*:\s*)+", re.I)
_BULK = frozenset(("bulk", "junk", "list", "auto_reply"))
_MARKS = ("list-id", "list-unsubscribe", "list-post", "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-loop", "x-sieve",
          "x-rt-loop-prevention", "x-roundup-loop", "feedback-id")  # fmt: skip
"""Headers that only programs set: mailing lists, desks (seen of Request Tracker, Roundup and Sieve), newsletters."""

_PROGRAMS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:$|[+=-])", re.I)

_LONGEST = 50_000  # characters of a mail that are looked through for what was written now

_MORE = "Attachments were not read."


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is answered. `id` and `references` are message ids with their brackets, `references` from the first of the thread to the
    last; `silent` says why it is not answered."""

    id: str
    sender: str
    subject: str
    references: tuple[str, ...]
    text: str
    attachments: int = 0
    silent: str | None = None


def read(raw: bytes, own: str) -> Mail:
    """A mail of bytes in a mailbox whose own address is `own`. Never raises: what cannot be read is empty."""
    message = message_from_bytes(raw, policy=compat32)
    sender = parseaddr(header(message, "reply-to"))[1] or parseaddr(header(message, "from"))[1]
    ids = _ID.findall(header(message, "references")) or _ID.findall(header(message, "in-reply-to"))
    own_id = (_ID.findall(header(message, "message-id")) or [""])[0]
    text, subject, others = (
        _text(message)[:_LONGEST],
        header(message, "subject"),
        sum(part.get_filename() is not None for part in message.walk()),
    )
    written = body(text).strip() or text.strip() or _SUBJECT.sub("", subject).strip()
    return Mail(own_id, sender, subject, tuple(ids), written, others, _silent(message, own))


def _silent(message: Message, own: str) -> str | None:
    """Why a mail is not answered; None if a person may have written it."""
    sender, path = parseaddr(header(message, "from"))[1].lower(), header(message, "return-path").strip()
    if sender == parseaddr(own)[1].lower():
        return "it is our own"
    if header(message, "auto-submitted").split(";")[0].strip().lower() not in ("", "no"):
        return "Auto-Submitted"
    if header(message, "precedence").strip().lower() in _BULK:
        return "Precedence"
    if path == "<>" or message.get_content_type() in ("multipart/report", "message/delivery-status"):
        return "a bounce or a report"
    if "@" not in sender or _PROGRAMS.match(sender.partition("@")[0]):
        return "its sender takes no answers"
    return next((name for name in _MARKS if name in message), None)


def _text(message: Message) -> str:
    """The text of a mail: its plain parts, or those in HTML if these say nothing."""
    parts = [part for part in message.walk() if not part.is_multipart() and part.get_filename() is None]
    plain = [decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n\n".join(text.strip("\n") for text in plain if text.strip())
    return "\n\n".join(words_of(decoded(part)) for part in parts if part.get_content_type() == "text/html")


def incoming_of(mail: Mail, key: str) -> Incoming:
    """The message of a mail; its thread is the first mail that it refers to, or itself."""
    thread = [*mail.references, mail.id]
    to = {"to": mail.sender, "subject": mail.subject, "references": [item for item in thread if item], "attachments": mail.attachments}
    return Incoming(key, next((item for item in thread if item), key), mail.text, to=to)


def answer(incoming: Incoming, reply: Reply, draft: bool) -> list[Sending]:
    """The answer to a mail: to its sender, or into the drafts of the mailbox, with what the agent has to know."""
    to = incoming.to
    told = "\n\n".join(_paragraphs(reply, to))
    subject = _SUBJECT.sub("", to["subject"])
    mail: dict[str, Any] = {"to": to["to"], "subject": f"Re: {subject}", "references": to["references"], "text": told}
    if not draft:
        return [Sending(NAME, mail, to["to"].lower())]
    return [Sending(DRAFT, mail | {"text": f"{told}\n\n[Not for the sender, to be deleted:\n{note_of(reply)}]\n"})]


def _paragraphs(reply: Reply, to: Any) -> Iterable[str]:
    yield reply.text
    if to["attachments"]:
        yield _MORE


PLATFORM = Platform(NAME, "real server", answer, most=1)
