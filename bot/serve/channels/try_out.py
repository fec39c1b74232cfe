"""Tries the settings of a channel from end to end, without sending anything to anybody."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.errors import BotError
from bot.serve.channels import mail
from bot.serve.channels.calls import Calls
from bot.serve.channels.mailbox import Mailbox
from bot.serve.channels.platform import Platform
from bot.serve.channels.wiring import platforms_of
from bot.serve.outgoing.delivery import Undelivered
from bot.serve.outgoing.smtp import MailServer
from bot.serve.setting_values import ChannelSettings
from bot.serve.settings import Settings


def try_out(given: Settings, name: str, now: Callable[[], datetime]) -> Iterator[str]:
    """What works, a line each. Raises BotError with what does not."""
    found = {platform.name: (platform, channel) for platform, channel in platforms_of(given)}
    if name not in found:
        raise BotError(f"the setting channels: there is no '{name}' in it.")
    platform, channel = found[name]
    yield f"The settings of {name} are whole. What it sends was tried against: {platform.tried}."
    yield from _mail(given, channel) if name == mail.NAME else _web(platform, channel, now)


def _web(platform: Platform, channel: ChannelSettings, now: Callable[[], datetime]) -> Iterator[str]:
    yield f"Its messages to us come to /channels/{platform.name} of this service."
    if platform.probe is None:
        yield "There is no request that changes nothing: whether the token lets us in is not tried."
        return
    key = f"check.{int(now().timestamp())}"
    try:
        asyncio.run(Calls(platform, channel, now).send(key, platform.probe.body))
    except Undelivered as fault:
        raise BotError(f"{platform.name}: the other side does not take our requests: {fault}.") from None
    yield "The other side takes our requests."


def _mail(given: Settings, channel: ChannelSettings) -> Iterator[str]:
    from imapclient.exceptions import IMAPClientError

    try:
        mailbox = Mailbox(channel.url.get_secret_value())
        yield f"The mailbox {mailbox.folder} can be read, up to {mailbox.end()}; drafts go to {mailbox.drafts()}."
    except (OSError, IMAPClientError) as error:
        raise BotError(f"mail: the mailbox cannot be read ({type(error).__name__}).") from None
    if given.smtp and given.mail_from:
        try:
            MailServer(given.smtp.get_secret_value(), given.mail_from).try_out()
        except Undelivered as fault:
            raise BotError(f"mail: {fault}.") from None
        yield "The mail server lets us in."
