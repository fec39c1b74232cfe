"""What a setting may be: each value is checked where it is written, and the text of a fault says how to write it."""

import binascii
import re
from collections.abc import Iterable, Mapping
from email.utils import parseaddr
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from limits import RateLimitItem, parse_many
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import NoDecode

_HOST_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")

_NO_TIME = re.compile(r"(?:/|\bper)\s*0+(?!\d)", re.I)
"""A rate over 0 minutes, which limits 5.8.0 reads as one over a minute (findings/limits-window-of-nothing.sh)."""

SHORTEST_SECRET = 16
"""Characters. NIST SP 800-63B (2017) requires 8 of a password that a person types; nobody types this one."""


def _listed(value: Any) -> Any:
    """Texts separated by commas, as in an environment variable, or a list, as in TOML."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _some_listed(value: Any) -> Any:
    """The same, if there is one. An empty text is most often a variable that was to be filled in, and would leave every door open."""
    if not (found := _listed(value)) and isinstance(value, str):
        raise ValueError("it is set, but empty: fill it in, or leave it out altogether")
    return found


def _rate(text: str) -> str:
    try:
        fits = all(rate.amount > 0 for rate in rates_of(text)) and not _NO_TIME.search(text)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError("write it like 60/minute, like 60/minute;500/day if several are to hold, or off")
    return text


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if not parts.scheme or not parts.hostname or "@" in text or parts.path or parts.query or parts.fragment:
        raise ValueError(f"'{text}' is not an origin: write it like https://www.example.org, without a path; * is not allowed")
    return text.lower()


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in text or parts.query or parts.fragment:
        raise ValueError(f"'{text}' is not the address of a site: write it like https://desk.example.org")
    return text.rstrip("/") + "/"


def _host_name(text: str) -> str:
    if not _HOST_NAME.fullmatch(text):
        raise ValueError(f"'{text}' is not the name of a host: write it like desk.example.org, without https:// and port; * is not allowed")
    return text.lower()


def _proxies(text: str) -> str:
    """Addresses and networks as uvicorn reads them: what is neither it takes for the name of a socket, and then trusts nobody."""
    parts = [part.strip() for part in text.split(",")] if text.strip() not in ("", "*") else []
    for part in parts:
        try:
            ip_network(part) if "/" in part else ip_address(part)
        except ValueError as error:
            raise ValueError(
                f"'{part}' is not the address of a proxy: write it like 10.0.0.7, or 10.0.0.0/8 for all of a network, separated by commas"
            ) from error
    return ",".join(parts) or text.strip()


def _secret(value: SecretStr) -> SecretStr:
    if any("\ud800" <= char <= "\udfff" for char in value.get_secret_value()):  # how Python reads bytes of the environment
        raise ValueError("it is not UTF-8: write it in letters and digits")
    if len(value.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"too short: at least {SHORTEST_SECRET} characters, such as 'openssl rand -hex 32' gives")
    return value


Rate = Annotated[str, AfterValidator(_rate)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
Secrets = Annotated[tuple[Secret, ...], NoDecode, BeforeValidator(_some_listed)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
Proxies = Annotated[str, AfterValidator(_proxies)]
HostNames = Annotated[tuple[Annotated[str, AfterValidator(_host_name)], ...], NoDecode, BeforeValidator(_listed)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_listed)]


def is_webhook_secret(text: str) -> bool:
    """Whether a text is a secret as Standard Webhooks writes it: "whsec_" and 24 to 64 bytes in base64."""
    before, given, key = text.partition("whsec_")
    try:
        return bool(given) and not before and 24 <= len(binascii.a2b_base64(key, strict_mode=True)) <= 64
    except (binascii.Error, ValueError):
        return False


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not is_webhook_secret(value.get_secret_value()):
        raise ValueError("write whsec_ and what 'openssl rand -base64 32' prints (Standard Webhooks)")
    return value


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError("it is not an address: write it like https://desk.example.org/hook")
    return text


def _mail_server(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("it is not a mail server: write it like smtp://user:password@mail.example.org:587, or smtps:// for TLS at once")
    return value


def _mail_address(text: str) -> str:
    if parseaddr(text)[1].count("@") != 1 or not text.isprintable():
        raise ValueError(f"'{text}' is not an address: write it like desk@example.org")
    return text


WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
MailServer = Annotated[SecretStr, AfterValidator(_mail_server)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]


class ChannelSettings(BaseModel):
    """The settings of a channel."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: SecretStr = Field(description="address of the other side")
    secret: Secret | None = Field(default=None, description="what messages to us are signed with")
    token: SecretStr | None = Field(default=None, description="what lets us in on the other side")
    answers: bool = Field(default=False, description="whether good answers go out by themselves; if not, all are drafts for the agent")
    chats: bool = Field(default=False, description="whether questions back, small talk and refusals go out by themselves too")
    threshold: float = Field(default=80, ge=0, le=100, description="least score of an answer that goes out by itself")


def rates_of(text: str) -> tuple[RateLimitItem, ...]:
    """The rates that a setting names, all of which hold; empty for "off". Raises ValueError."""
    return () if text == "off" else tuple(parse_many(text))


def lines_of(name: str, file: str, given: Mapping[str, Any], instead: Iterable[str]) -> list[str]:
    """The lines of a file of secrets, at least one. Raises ValueError, also if what it holds is set otherwise too."""
    twice = [other for other in instead if given.get(other)]
    if twice:
        raise ValueError(f"{name}: {twice[0]} is set too: leave out one of the two")
    try:
        found = [line.strip() for line in Path(file).read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise ValueError(f"{name}: '{file}' cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})") from None
    if not found:
        raise ValueError(f"{name}: '{file}' is empty: write a line into it")
    return found
