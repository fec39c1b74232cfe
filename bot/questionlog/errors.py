"""What can go wrong with the question log's database. No message holds a password or anything that was asked."""

from bot.errors import BotError

INSTALL = "Install it with: pip install 'factotum-faq[serve]'"


class AddressError(BotError):
    """An address is none that the log can use."""


class UnreachableError(BotError):
    """The database is not there, does not answer in time or cannot be worked on at present: trying again later may help."""


class RefusedError(BotError):
    """The database takes everything else, but not this: trying again does not help."""
