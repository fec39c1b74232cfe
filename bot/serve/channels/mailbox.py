"""A mailbox by IMAP: new mail is taken as it comes, from where reading stopped; drafts are put into it.

The server tells of new mail (IDLE, RFC 2177). What it tells in the moment in which we begin to wait is lost in the library's buffer: so
each wait is short and followed by a look, whatever woke us. Mail is known by its UID, which only grows (RFC 9051, 2.3.1.1), and is neither
marked nor moved.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any
from urllib.parse import unquote, urlsplit

_SECONDS = 30.0
"""Time limit of each answer of the server."""

_WAIT, _STEP = 30.0, 1.0
"""Longest wait for news, and how often it is looked whether the service stops."""


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where a mailbox was read: UIDs hold for one `validity` only."""

    validity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.validity}.{self.uid}"

    @classmethod
    def of(cls, text: str) -> "Place":
        validity, _, uid = text.partition(".")
        return cls(int(validity), int(uid))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder of a mailbox: imaps://user:password@host:port/FOLDER, INBOX if none is named; imap:// without TLS."""

    url: str

    @property
    def folder(self) -> str:
        return unquote(urlsplit(self.url).path.lstrip("/")) or "INBOX"

    @property
    def name(self) -> str:
        """The mailbox without its password."""
        parts = urlsplit(self.url)
        return f"{unquote(parts.username or '')}@{parts.hostname}/{self.folder}"

    @contextmanager
    def connected(self) -> Iterator[Any]:
        """A connection that is logged in. Raises OSError and IMAPClientError."""
        from imapclient import IMAPClient

        parts = urlsplit(self.url)
        secure = parts.scheme == "imaps"
        with IMAPClient(parts.hostname or "localhost", parts.port, ssl=secure, timeout=_SECONDS) as client:
            client.login(unquote(parts.username or ""), unquote(parts.password or ""))
            yield client

    def end(self) -> Place:
        """The place after all mail that is there now."""
        with self.connected() as client:
            found = client.select_folder(self.folder, readonly=True)
            return Place(found[b"UIDVALIDITY"], found[b"UIDNEXT"] - 1)

    def follow(self, place: Place, take: Callable[[Place, bytes], None], stop: Event, ours: Callable[[], bool]) -> None:
        """Gives each mail behind a place to `take`, in order, and then each one that comes, until `stop` is set, the mailbox is not `ours`
        any longer (asked at least once a minute), or the connection breaks."""
        with self.connected() as client:
            found = client.select_folder(self.folder, readonly=True)
            if found[b"UIDVALIDITY"] != place.validity:
                place = Place(found[b"UIDVALIDITY"], 0)  # all UIDs are new: what was taken before is known by its message id
            while not stop.is_set() and ours():
                place = _take_new(client, place, take)
                _wait(client, stop)

    def drafts(self) -> str:
        """The folder for drafts. Raises IMAPClientError if it is not there."""
        with self.connected() as client:
            folder = _drafts(client)
            client.select_folder(folder, readonly=True)
            return folder

    def put_draft(self, mail: bytes, message_id: str) -> None:
        """Puts a mail into the folder for drafts, unless one with its id is there."""
        from imapclient.imapclient import DRAFT

        with self.connected() as client:
            folder = _drafts(client)
            client.select_folder(folder, readonly=True)
            if not client.search(["HEADER", "Message-ID", message_id]):
                client.append(folder, mail, flags=[DRAFT])


def _drafts(client: Any) -> str:
    """The folder that the server marks as that for drafts (RFC 6154), or the one that is most often called so."""
    from imapclient.imapclient import DRAFTS

    return client.find_special_folder(DRAFTS) or "Drafts"


def _take_new(client: Any, place: Place, take: Callable[[Place, bytes], None]) -> Place:
    """Takes the mail behind a place; the place after it."""
    # "UID n:*" is answered with the last mail even if its UID is below n.
    new = sorted(uid for uid in client.search(["UID", f"{place.uid + 1}:*"]) if uid > place.uid)
    for uid in new:
        content = client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]")
        place = Place(place.validity, uid)
        if content is not None:  # it may have been deleted meanwhile
            take(place, content)
    return place


def _wait(client: Any, stop: Event) -> None:
    """Waits until there may be new mail."""
    if not client.has_capability("IDLE"):
        stop.wait(_WAIT)
        client.noop()
        return
    client.idle()
    try:
        for _ in range(int(_WAIT / _STEP)):
            if stop.is_set() or any(told[1:] == (b"EXISTS",) for told in client.idle_check(_STEP)):
                break
    finally:
        client.idle_done()
