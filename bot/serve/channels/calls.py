"""Sends what a channel has to say: a request to the other side, let in by what the settings name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.questionlog.outbox import Due
from bot.serve.channels.platform import Platform
from bot.serve.outgoing.webhook import request
from bot.serve.setting_values import ChannelSettings


@dataclass(frozen=True, slots=True)
class Calls:
    """The requests of a channel: bodies {"method", "path", "json"} of the outbox. `path` is added to the channel's address."""

    platform: Platform
    given: ChannelSettings
    now: Callable[[], datetime]

    async def deliver(self, due: Due) -> None:
        """Sends a request. Raises Undelivered."""
        wanted = due.message.body
        body = orjson.dumps(wanted["json"])
        headers = self.platform.headers(self.given, due.message.key, self.now(), body)
        url = self.given.url.get_secret_value().rstrip("/") + wanted["path"] if wanted["path"] else self.given.url.get_secret_value()
        await request(url, {"Content-Type": "application/json", **headers}, body, wanted["method"])
