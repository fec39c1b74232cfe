"""What a base is called in the question log, and the database that is its own by default: two bases never share one unasked."""

import hashlib
import re
from pathlib import Path

from bot.kb.files import default_folder
from bot.load import folder_of
from bot.questionlog.database_url import NONE, default_url, file_of, url_of
from bot.serve.settings import Settings

_LONGEST = 40
"""Characters of a base's name in that of a file."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def name_of(given: Settings) -> str:
    """The name of the base that the settings name: the one that they give it, or else that of its folder."""
    return given.base or _folder(given).name


def address_of(given: Settings) -> str | None:
    """The address of the database; None if no log is to be kept. Raises BotError if it cannot be one, or if there is no home folder for the
    default."""
    if given.address is None:
        return default_url(_key(given))
    if given.address == NONE:
        return None
    url_of(given.address)
    return given.address


def shared_before(given: Settings) -> Path | None:
    """The file in which every base's questions were kept by default up to version 0.7, if there is one and the base's own is not there
    yet."""
    if given.address is not None or not _key(given):
        return None
    old, own = (file_of(url_of(default_url(key))) for key in ("", _key(given)))
    return old if old and own and old.exists() and not own.exists() else None


def _folder(given: Settings) -> Path:
    return folder_of(given.intents).resolve()


def _key(given: Settings) -> str:
    """What tells a base from others in the name of a file: its name for people, and a hash of its name or place; "" for the base that
    ships."""
    folder = _folder(given)
    if not given.base and folder == default_folder().resolve():
        return ""
    exact = hashlib.sha256((given.base or str(folder)).encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{_UNSAFE.sub('-', name_of(given))[:_LONGEST]}-{exact}"
