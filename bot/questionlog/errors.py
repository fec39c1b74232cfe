"""What can go wrong with the database of the question log. No message contains a password or the text of a question."""

from bot.errors import BotError

INSTALL = "Install it with: pip install 'factotum-faq[serve]'"


class DatabaseUrlError(BotError):
    """The question log cannot be kept at this URL or path."""


class UnreachableError(BotError):
    """The database is missing, does not answer in time, or cannot be used in its present state. A later attempt may succeed."""


class RefusedError(BotError):
    """The database works, but rejects this value. Another attempt would fail as well."""
