"""The ways of sending that the settings name."""

from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec

from bot.errors import BotError
from bot.serve.outgoing.delivery import Deliver
from bot.serve.outgoing.handoff import HandoffMail
from bot.serve.outgoing.smtp import MailServer
from bot.serve.outgoing.webhook import SignedWebhook
from bot.serve.settings import Settings

HANDOFF = ("handoff-webhook", "handoff-mail")
"""The channels of the outbox by which a conversation is handed over."""

_NEEDED = ("httpx", "standardwebhooks")


def ways_of(given: Settings, now: Callable[[], datetime]) -> dict[str, Deliver]:
    """How each channel of the outbox is sent. Raises BotError if a package is missing."""
    webhook, mail = HANDOFF
    ways: dict[str, Deliver] = {}
    if given.handoff_webhook and given.handoff_secret:
        ways[webhook] = SignedWebhook(given.handoff_webhook, given.handoff_secret.get_secret_value(), now).deliver
    if given.handoff_mail and given.smtp and given.mail_from:
        server = MailServer(given.smtp.get_secret_value(), given.mail_from)
        ways[mail] = HandoffMail(server, given.handoff_mail).deliver
    missing = [name for name in _NEEDED if ways and not find_spec(name)]
    if missing:
        raise BotError(f"handing over and channels need {' and '.join(missing)}. Install it with: pip install 'factotum-faq[desk,serve]'")
    return ways
