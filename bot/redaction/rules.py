"""What a rule is: a pattern, and the text that takes the place of a match; and the tags."""

import re
from collections.abc import Callable
from re import Match, Pattern

from bot.redaction.field import Field

_TAGS = ("e-mail", "phone", "card", "account", "passport", "number", "link", "ip", "name", "date of birth", "address", "password")
TAG = re.compile(rf"(\[(?:{'|'.join(_TAGS)})\])")

Replace = Callable[[Match[str], Field], str]
Rule = tuple[Pattern[str], Replace]


def always(tag: str) -> Replace:
    """The tag in place of the whole match."""
    return lambda match, field: tag


def after_lead(tag: str) -> Replace:
    """The tag in place of what follows the first group, which stays."""
    return lambda match, field: f"{match[1]}{tag}"
