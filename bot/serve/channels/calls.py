"""Sends what a channel has to say: a request to the other side, let in by what the settings name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.questionlog.outbox import Due
from bot.serve.channels.platform import Platform
from bot.serve.outgoing.delivery import Undelivered
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
        await self.send(due.message.key, due.message.body)

    async def send(self, key: str, wanted: Mapping[str, Any]) -> None:
        """Sends a request under a key. Raises Undelivered."""
        body = orjson.dumps(wanted["json"]) if "json" in wanted else b""
        headers = self.platform.headers(self.given, key, self.now(), body)
        url = self.given.url.get_secret_value()
        url = url.rstrip("/") + wanted["path"] if wanted["path"] else url
        told = await request(url, {"Content-Type": "application/json", **headers}, body, wanted["method"])
        if fault := self.platform.fault(told):
            raise Undelivered(fault)
