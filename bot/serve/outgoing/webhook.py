"""A signed webhook: a message as JSON to an address, by Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks).

The headers are webhook-id (the message's key: the same for each attempt), webhook-timestamp (seconds) and webhook-signature, "v1," and the
HMAC-SHA256 over "id.timestamp.body" in base64. The secret is "whsec_" and a key in base64.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from bot.questionlog.outbox import Due
from bot.serve.outgoing.delivery import Undelivered

SECONDS = 10.0
"""Time limit of each step of a request."""

TOLERANCE = timedelta(minutes=5)
"""How old, or how far ahead, a signed message may be: what Standard Webhooks' own libraries take."""

_GONE = 410


@dataclass(frozen=True, slots=True)
class SignedWebhook:
    """Sends messages to an address. `now` gives aware times."""

    url: str
    secret: str
    now: Callable[[], datetime]

    async def deliver(self, due: Due) -> None:
        """Sends a message. Raises Undelivered for every answer but 2xx; 410 Gone is final, as the standard says."""
        body = orjson.dumps(dict(due.message.body))
        headers = {"Content-Type": "application/json", **signed(self.secret, due.message.key, self.now(), body)}
        await request(self.url, headers, body)


def signed(secret: str, key: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers that sign a body."""
    from standardwebhooks import Webhook

    # The library takes the clock's reading as it stands for UTC, whatever zone it names.
    at = now.astimezone(UTC)
    return {
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(key, at, body.decode()),
    }


def is_signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a body was signed with a secret within the last minutes."""
    from standardwebhooks import Webhook, WebhookVerificationError

    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):  # ValueError: a signature without a comma, no base64, a body that is not UTF-8
        return False
    return True


async def request(url: str, headers: Mapping[str, str], body: bytes, method: str = "POST") -> bytes:
    """Sends a request and returns the body of the answer. Follows no redirect: it would carry what is sent to an address that the operator
    did not name. Raises Undelivered."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.request(method, url, headers=dict(headers), content=body)
    except httpx.HTTPError as error:
        raise Undelivered(f"no answer ({type(error).__name__})") from None
    if not answer.is_success:
        raise Undelivered(f"answered {answer.status_code}", final=answer.status_code == _GONE, after=_after(answer.headers))
    return answer.content


def _after(headers: Mapping[str, str]) -> timedelta | None:
    """What Retry-After says in seconds (RFC 9110, 2022, section 10.2.3)."""
    said = headers.get("retry-after", "")
    return timedelta(seconds=int(said)) if said.isdecimal() and len(said) < 7 else None
