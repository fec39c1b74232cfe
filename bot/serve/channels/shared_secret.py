"""A secret that a system sends as it is, because it signs nothing: in a header, or where it sets none in the query of the address."""

import hmac
from datetime import datetime
from urllib.parse import parse_qs

from bot.serve.channels.platform import Headers, Keys

HEADER, PARAMETER = "x-factotum-secret", "secret"
QUERY = ":query"
"""Under which name the query of a request stands among its headers; no header can be called so."""


def is_known(keys: Keys, headers: Headers, body: bytes, now: datetime) -> bool:
    """Whether a request brings the secret."""
    brought = headers.get(HEADER) or next(iter(parse_qs(headers.get(QUERY, "")).get(PARAMETER, ())), "")
    return is_secret(keys, brought)


def is_secret(keys: Keys, brought: str) -> bool:
    """Whether a text is the secret."""
    return keys.secret is not None and hmac.compare_digest(keys.secret.get_secret_value().encode(), brought.encode("utf-8", "replace"))
