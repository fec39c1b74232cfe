"""The channels that the settings name: how their messages are kept and answered, and how what is answered is sent."""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.util import find_spec
from urllib.parse import urlsplit

from bot.errors import BotError
from bot.questionlog.outbox import Outbox
from bot.questionlog.store import Store
from bot.serve.channels import PLATFORMS, hook, mail
from bot.serve.channels.calls import Calls
from bot.serve.channels.inbox import Inbox, Inboxes
from bot.serve.channels.mail_watch import Drafts, MailWatch
from bot.serve.channels.mailbox import Mailbox
from bot.serve.channels.platform import Platform
from bot.serve.context_store import ContextStore
from bot.serve.conversations import Conversations
from bot.serve.outgoing.delivery import Deliver
from bot.serve.outgoing.smtp import MailServer
from bot.serve.setting_values import ChannelSettings, is_webhook_secret
from bot.serve.settings import Settings

_NEEDED = ("httpx", "imapclient", "selectolax", "standardwebhooks")


def platforms_of(given: Settings) -> list[tuple[Platform, ChannelSettings]]:
    """The channels that are set. Raises BotError if one is not known, or lacks something."""
    for name, channel in given.channels.items():
        if name not in PLATFORMS:
            raise BotError(f"the setting channels: there is no channel '{name}', only {', '.join(sorted(PLATFORMS))}.")
        schemes = ("imap", "imaps") if name == mail.NAME else ("http", "https")
        if urlsplit(channel.url.get_secret_value()).scheme not in schemes:
            raise BotError(f"the setting channels: the url of {name} has to begin with {' or '.join(f'{item}://' for item in schemes)}.")
        if PLATFORMS[name].hook and channel.secret is None:
            raise BotError(f"the setting channels: {name} needs a secret, by which its messages are known to be genuine.")
        if name == hook.NAME and channel.secret and not is_webhook_secret(channel.secret.get_secret_value()):
            raise BotError(
                "the setting channels: the secret of hook is whsec_ and what 'openssl rand -base64 32' prints (Standard Webhooks)."
            )
    if mail.NAME in given.channels and (given.mail_from is None or (given.channels[mail.NAME].answers and given.smtp is None)):
        raise BotError("the setting channels: mail needs mail_from, and to answer by itself smtp.")
    missing = [name for name in _NEEDED if given.channels and not find_spec(name)]
    if missing:
        raise BotError(f"channels need {' and '.join(missing)}. Install it with: pip install 'factotum-faq[desk,serve]'")
    return [(PLATFORMS[name], channel) for name, channel in given.channels.items()]


def inboxes_of(given: Settings, conversations: Conversations, contexts: ContextStore, outbox: Outbox, wake: Callable[[], None]) -> Inboxes:
    """The inbox of each channel by its name. Raises BotError as `platforms_of` does."""
    return {
        platform.name: Inbox(platform, channel, conversations, contexts, outbox, conversations.now, wake)
        for platform, channel in platforms_of(given)
    }


def ways_of(inboxes: Inboxes, given: Settings, now: Callable[[], datetime]) -> Mapping[str, Deliver]:
    """How what waits for each channel in the outbox is answered, and how its answers are sent."""
    ways: dict[str, Deliver] = {}
    for name, inbox in inboxes.items():
        ways[inbox.way] = inbox.answer
        if inbox.platform.hook:
            ways[name] = Calls(inbox.platform, inbox.given, now).deliver
    return ways | _mail_ways(inboxes, given)


def _mail_ways(inboxes: Inboxes, given: Settings) -> dict[str, Deliver]:
    if mail.NAME not in inboxes or given.mail_from is None:
        return {}
    mailbox = Mailbox(inboxes[mail.NAME].given.url.get_secret_value())
    server = given.smtp and MailServer(given.smtp.get_secret_value(), given.mail_from)
    ways: dict[str, Deliver] = {mail.DRAFT: Drafts(mailbox, given.mail_from).deliver}
    return ways | ({mail.NAME: server.deliver} if server else {})


def watches_of(inboxes: Inboxes, given: Settings, store: Store) -> list[MailWatch]:
    """What watches the mailbox, if one is set."""
    return [MailWatch.of(inboxes[mail.NAME], store, given.mail_from)] if mail.NAME in inboxes and given.mail_from else []
