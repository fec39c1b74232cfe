"""Texts -> ids of entries, which are also the names of their files."""

import re

from bot.english.tokens import fold
from bot.imports.plain_text import clean

_LONGEST_ID = 60


def new_id(text: str, taken: set[str]) -> str:
    """An id that no other entry has, made of a text; "" if it has no letter or digit of Latin script."""
    first = slug(text)
    if not first:
        return ""
    found, number = first, 2
    while found in taken:
        found, number = f"{first}-{number}", number + 1
    return found


def slug(text: str) -> str:
    """A text as an id: small letters, digits and hyphens, cut between words."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", fold(clean(text)[0])))
    found = ""
    for word in words:
        if found and len(found) + len(word) > _LONGEST_ID:
            break
        found = f"{found}-{word[:_LONGEST_ID]}" if found else word[:_LONGEST_ID]
    return found
