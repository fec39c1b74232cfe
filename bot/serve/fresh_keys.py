"""Takes up changed files of secrets and tokens while the service runs."""

import logging
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.serve import settings
from bot.serve.conversations import Conversations
from bot.serve.http.access import Access
from bot.serve.settings import Settings
from bot.serve.signing import Signing

log = logging.getLogger("factotum.serve")

Stamp = tuple[tuple[int, int] | None, ...]


@dataclass(slots=True)
class FreshKeys:
    """`stamp`: of the files when they were last looked at; they are read again when it is another."""

    conversations: Conversations
    access: Access
    stamp: Stamp

    @classmethod
    def of(cls, conversations: Conversations, access: Access) -> "FreshKeys":
        return cls(conversations, access, _stamp(access.settings))

    def look(self) -> None:
        """Puts changed secrets and tokens in force. While a file is faulty, what was in force stays, and the log says why."""
        now = _stamp(self.access.settings)
        if now == self.stamp:
            return
        self.stamp = now
        try:
            found = settings.read()
        except BotError as error:
            log.error("changed secrets or tokens are faulty; the old ones stay in force", extra={"problem": str(error)})
            return
        self.access.settings = found
        self.conversations.signing = Signing.of(found.keys)
        log.info("changed secrets or tokens are in force", extra={"secrets": len(found.keys), "tokens": len(found.tokens)})


def _stamp(given: Settings) -> Stamp:
    return tuple(map(_stamp_of, (given.secrets_file, given.tokens_file)))


def _stamp_of(file: str | None) -> tuple[int, int] | None:
    """Time of change and size; None if there is no such file now, as for a moment while it is replaced."""
    try:
        found = Path(file or "").stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
