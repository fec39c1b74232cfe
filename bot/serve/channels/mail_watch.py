"""Watches a mailbox as long as the service runs: in one worker at a time, again after each break, from where reading stopped."""

import asyncio
import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from bot.errors import BotError
from bot.questionlog.bookmarks import Bookmark
from bot.questionlog.outbox import Due
from bot.questionlog.store import Store
from bot.serve.channels.inbox import Inbox
from bot.serve.channels.mail import Mail, incoming_of, read
from bot.serve.channels.mailbox import Mailbox, Place
from bot.serve.outgoing.delivery import Undelivered
from bot.serve.outgoing.smtp import written

log = logging.getLogger("factotum.mail")

_LEASE = timedelta(seconds=90)
"""How long a mailbox stays with a process that was killed. It is asked for again after each wait, which is much shorter."""

_PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds until the next attempt after a break, after two in a row, and so on."""


def new_owner() -> str:
    """A name for this process among those that may watch the mailbox."""
    return f"{os.getpid()}.{secrets.token_hex(6)}"


@dataclass(frozen=True, slots=True)
class MailWatch:
    """What takes mail out of a mailbox. `own` is the address that our mail comes from."""

    inbox: Inbox
    mailbox: Mailbox
    own: str
    bookmark: Bookmark
    now: Callable[[], datetime]
    stop: Event = field(default_factory=Event)

    @classmethod
    def of(cls, inbox: Inbox, store: Store, own: str) -> "MailWatch":
        mailbox = Mailbox(inbox.given.url.get_secret_value())
        return cls(inbox, mailbox, own, Bookmark(store, f"mail.{mailbox.name}"[:200], new_owner()), inbox.now)

    async def run(self) -> None:
        """Runs for ever."""
        failures = 0
        try:
            while True:
                session = asyncio.create_task(asyncio.to_thread(self._session))
                failures = 0 if await session else min(failures + 1, len(_PAUSES))
                await asyncio.sleep(_PAUSES[failures - 1] if failures else _PAUSES[0])
        finally:
            self.stop.set()  # the thread ends by itself within seconds

    def _session(self) -> bool:
        """Follows the mailbox until the connection breaks; whether it was followed, or another process does."""
        from imapclient.exceptions import IMAPClientError

        try:
            if not self._is_ours():
                return True
            start = self.bookmark.read()
            place = Place.of(start) if start else self._begin()
            log.info("the mailbox is watched", extra={"place": str(place)})
            self.mailbox.follow(place, self._take, self.stop, self._is_ours)
            self.bookmark.release(self.now())
        except (BotError, OSError, IMAPClientError) as error:
            log.warning("the mailbox cannot be watched; it is tried again", extra={"error": type(error).__name__})
            return False
        return True

    def _is_ours(self) -> bool:
        return self.bookmark.hold(self.now(), _LEASE)

    def _begin(self) -> Place:
        """The place of the first start: mail that is there already was for people."""
        place = self.mailbox.end()
        self.bookmark.write(str(place))
        return place

    def _take(self, place: Place, raw: bytes) -> None:
        """Keeps a mail that is to be answered, and moves the bookmark. Raises BotError if that is not possible now."""
        mail = _read(raw, self.own)
        why = mail.silent if mail else "it cannot be read"
        if mail and not why:
            self.inbox.keep(incoming_of(mail, mail.id[:180] or str(place)))
        else:
            log.info("a mail is not answered", extra={"place": str(place), "why": why})
        self.bookmark.write(str(place))


def _read(raw: bytes, own: str) -> Mail | None:
    """A mail, or None if a fault of the library or of ours keeps it from being read: it must not keep the next one from being answered."""
    try:
        return read(raw, own)
    except Exception as error:
        log.error("fault", extra={"error": type(error).__name__})
        return None


@dataclass(frozen=True, slots=True)
class Drafts:
    """Puts answers into the drafts of a mailbox. Their ids name them, so that none stands there twice."""

    mailbox: Mailbox
    sender: str

    async def deliver(self, due: Due) -> None:
        """Puts a draft there. Raises Undelivered."""
        from imapclient.exceptions import IMAPClientError

        mail = written(due, self.sender, automatic=False)
        try:
            await asyncio.to_thread(self.mailbox.put_draft, mail.as_bytes(), mail["Message-ID"])
        except (OSError, IMAPClientError) as error:
            raise Undelivered(f"the mailbox does not take it ({type(error).__name__})") from None
