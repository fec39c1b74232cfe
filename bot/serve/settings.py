"""What the operator sets: the environment (FACTOTUM_...) comes before the TOML file, and both before the defaults here."""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from bot.clock import TODAY_VARIABLE
from bot.errors import BotError
from bot.serve.setting_values import (
    ChannelSettings,
    HostNames,
    MailAddress,
    MailServer,
    Origins,
    Proxies,
    PublicUrl,
    Rate,
    Secret,
    Secrets,
    WebAddress,
    WebhookSecret,
    lines_of,
)

PREFIX = "FACTOTUM_"
FILE_VARIABLE = "FACTOTUM_CONFIG"
_INSIDE = "__"  # between the names of a setting inside another: FACTOTUM_CHANNELS__HOOK__URL
_CHANNELS = f"{PREFIX}CHANNELS{_INSIDE}"
_OF_REPORTS = f"{PREFIX}SMTP"
"""No setting of the service, but one of `factotum report`, which may be run with the same variables."""

_SLIP = 0.9  # similarity to a setting's name (difflib, 0..1) from which a variable counts as that name misspelt


class Settings(BaseSettings):
    """The settings of the service. Its texts (str, repr, errors) never show a secret."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=_INSIDE, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    intents: str | None = Field(default=None, description="folder of the knowledge base; if unset, the one that ships with Factotum")
    base: str = Field(default="", max_length=80, description="name of the knowledge base in the question log; its folder's if unset")
    title: str = Field(default="Factotum", max_length=80, description="name over the page and the widget")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    workers: int = Field(default=1, ge=1, le=64, description="processes; more than one needs a secret")
    secret: Secret | None = Field(default=None, description="signs what travels with the client; random at each start if unset")
    former_secrets: Secrets = Field(default=(), description="earlier secrets that are still accepted, separated by commas")
    tokens: Secrets = Field(default=(), description="bearer tokens, separated by commas; if unset anybody may ask")
    secrets_file: str | None = Field(
        default=None, description="file with the secret in its first line and former ones below; a change is taken up without a restart"
    )
    tokens_file: str | None = Field(default=None, description="file with a token in each line; a change is taken up without a restart")
    origins: Origins = Field(
        default=(), description="origins of pages that may show the widget and ask without a token, separated by commas"
    )
    open_page: bool = Field(default=False, description="whether the help page and its form stay open where tokens are set")
    open_probes: bool = Field(default=True, description="whether /readyz and /metrics stay open where tokens are set; /healthz always does")
    public_url: PublicUrl | None = Field(default=None, description="address under which people reach the service, such as that of a proxy")
    allowed_hosts: HostNames = Field(
        default=(),
        description="further names that requests may call the service by, separated by commas; addresses and localhost always may",
    )
    rate: Rate = Field(default="60/minute", description="requests of one address without a token; several with ; or off")
    token_rate: Rate = Field(default="6000/minute", description="requests with one token; several with ; or off")
    rate_store: SecretStr | None = Field(
        default=None, description="redis://... to count requests of all processes and machines together; if unset each process counts"
    )
    proxies: Proxies = Field(
        default="127.0.0.1", description="addresses of reverse proxies whose X-Forwarded-For is trusted, or networks, separated by commas"
    )
    database: SecretStr | None = Field(
        default=None, description="question log: sqlite:///FILE, postgresql://... or none; a file of this base in the state folder if unset"
    )
    retention_days: int = Field(default=90, ge=1, le=3650, description="days after which a question leaves the log")
    context_hours: int = Field(default=24, ge=1, le=720, description="hours for which the conversations of channels are kept")
    log_bound: int = Field(default=10_000, ge=1, le=1_000_000, description="questions that may wait to be written to the database")
    handoff_webhook: WebAddress | None = Field(
        default=None, description="address that is told when a person is wanted, by a signed webhook"
    )
    handoff_secret: WebhookSecret | None = Field(default=None, description="what that webhook is signed with: whsec_ and a key in base64")
    handoff_mail: MailAddress | None = Field(default=None, description="address that gets a mail when a person is wanted")
    handoff_danger: bool = Field(default=False, description="whether a person is wanted too when somebody tells of danger")
    smtp: MailServer | None = Field(default=None, description="server that takes our mail: smtp://user:password@host:587, or smtps://")
    mail_from: MailAddress | None = Field(default=None, description="address that our mail comes from")
    channels: dict[str, ChannelSettings] = Field(default={}, description="systems that we answer in, by name, each a table: see Channels")
    answer_seconds: float = Field(
        default=5, gt=0, le=600, description="seconds after which a long message is given up, with a reply that says so"
    )
    header_seconds: float = Field(default=10, gt=0, le=600, description="seconds within which a request's header must arrive")
    body_seconds: float = Field(default=10, gt=0, le=600, description="seconds within which a request's body must arrive")
    stop_seconds: int = Field(default=10, ge=1, le=600, description="seconds that running requests get when the service stops")
    reload_seconds: float = Field(default=2, ge=0, le=3600, description="seconds between looks for a changed base; 0 never looks")

    @model_validator(mode="before")
    @classmethod
    def _from_files(cls, given: dict[str, Any]) -> dict[str, Any]:
        found = dict(given)
        if file := given.get("secrets_file"):
            found["secret"], *found["former_secrets"] = lines_of("secrets_file", file, given, ("secret", "former_secrets"))
        if file := given.get("tokens_file"):
            found["tokens"] = lines_of("tokens_file", file, given, ("tokens",))
        return found

    @model_validator(mode="after")
    def _together(self) -> "Settings":
        if self.former_secrets and self.secret is None:
            raise ValueError("former_secrets: there is no current one: set FACTOTUM_SECRET too")
        if self.workers > 1 and self.secret is None:
            raise ValueError("workers: more than one needs a secret that they share: set FACTOTUM_SECRET")
        for name, needed in (("handoff_webhook", ("handoff_secret",)), ("handoff_mail", ("smtp", "mail_from"))):
            missing = [item for item in needed if getattr(self, name) and getattr(self, item) is None]
            if missing:
                raise ValueError(f"{name}: it needs {' and '.join(missing)}: set {PREFIX}{missing[0].upper()} too")
        if (self.handoff_webhook or self.handoff_mail or self.channels) and self.address == "none":
            raise ValueError("database: handing over and channels need one, in which messages wait until they are delivered")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = os.environ.get(FILE_VARIABLE)
        return (init_settings, env_settings, *([TomlConfigSettingsSource(settings_cls, Path(file))] if file else ()))

    @property
    def page_is_open(self) -> bool:
        """Whether the help page answers anybody."""
        return self.open_page or not self.tokens

    @property
    def probes_are_open(self) -> bool:
        """Whether /readyz and /metrics answer anybody."""
        return self.open_probes or not self.tokens

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names that requests may call the service by, besides addresses and localhost."""
        public = urlsplit(self.public_url or "").hostname
        return (*self.allowed_hosts, self.host.lower(), *((public,) if public else ()))

    @property
    def sub_path(self) -> str:
        """The path below which people reach the service, without a slash at its end; empty at the root."""
        return urlsplit(self.public_url or "").path.rstrip("/")

    @property
    def own_origin(self) -> str | None:
        """The origin of the public address."""
        parts = urlsplit(self.public_url or "")
        return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else None

    @property
    def address(self) -> str | None:
        """The address of the question log as it was set, including a password."""
        return self.database.get_secret_value() if self.database else None

    @property
    def store_of_rates(self) -> str | None:
        """The address where requests are counted as it was set, including a password."""
        return self.rate_store.get_secret_value() if self.rate_store else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The secrets, oldest first; empty if none is set."""
        return tuple(item.get_secret_value() for item in (*self.former_secrets, *([self.secret] if self.secret else ())))


def read() -> Settings:
    """The settings in force. Raises BotError with every fault, without values, which may be secrets."""
    file = os.environ.get(FILE_VARIABLE)
    if file and not os.path.isfile(file):  # a name that is too long is none either, and Path.is_file would raise
        raise BotError(f"{FILE_VARIABLE}: there is no file '{file}'.")
    try:
        return Settings()
    except ValidationError as error:
        raise BotError("the settings are faulty:\n" + "\n".join(_fault(item["loc"], item["msg"]) for item in error.errors())) from None
    except RecursionError:
        raise BotError(f"the settings cannot be read: {file or PREFIX}: a value is nested too deeply.") from None
    except (ValueError, OSError) as error:
        raise BotError(f"the settings cannot be read: {file or PREFIX}: {error}.") from None


def _fault(place: tuple[str | int, ...], message: str) -> str:
    name = ".".join(map(str, place if place[:1] == ("channels",) else place[:1]))
    if message == "Extra inputs are not permitted":
        known = ChannelSettings.model_fields if place[:1] == ("channels",) else Settings.model_fields
        return f"  {name} in the file: {_mend(str(place[-1]), known)}."
    variable = PREFIX + name.upper().replace(".", _INSIDE)
    return f"  {f'{variable} ({name} in the file): ' if name else ''}{message.removeprefix('Value error, ')}."


def unknown(environment: Mapping[str, str]) -> list[str]:
    """Warnings about variables that look like settings but are not.

    Raises BotError if one is probably a typing error: FACTOTUM_TOKEN instead of FACTOTUM_TOKENS would leave the service open."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {FILE_VARIABLE, TODAY_VARIABLE, _OF_REPORTS}
    strange = sorted(name for name in environment if name.startswith(PREFIX) and name not in known and not name.startswith(_CHANNELS))
    slips = [name for name in strange if difflib.get_close_matches(name, known, 1, cutoff=_SLIP)]
    if slips:
        raise BotError("the settings are faulty:\n" + "\n".join(f"  {name}: {_mend(name, known)}." for name in slips))
    return [f"{name} is not a setting." for name in strange]


def _mend(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return "there is no such setting" + (f", do you mean {near[0]}?" if near else "")


def open_doors(given: Settings) -> list[str]:
    """Warnings about settings that let in more people than the operator may think."""
    local = given.host in ("localhost", "::1") or given.host.startswith("127.")
    found = [] if local or given.tokens else [f"anybody who can reach {given.host} may ask: no FACTOTUM_TOKENS are set."]
    if any(part == "*" or part.endswith("/0") for part in given.proxies.split(",")):
        found.append(
            f"FACTOTUM_PROXIES is {given.proxies}: anybody may give any address as theirs and escape rates. Name your proxies' addresses."
        )
    return found


_NO_FLAGS = (
    "intents", "secret", "former_secrets", "tokens", "rate_store", "database", "handoff_secret", "handoff_webhook", "smtp", "channels",
)  # fmt: skip
"""`intents` has one already, `channels` are tables; the others may hold secrets, which a command line shows to everybody on the machine."""


def flags() -> dict[str, str]:
    """The settings that are flags of `factotum serve` too, each with its description and default."""
    fields = Settings.model_fields.items()
    return {name: f"{item.description} (default: {_shown(item.default)})" for name, item in fields if name not in _NO_FLAGS}


def help_of() -> str:
    """Every setting with its description and default, as `factotum serve --help` lists them."""
    fields = Settings.model_fields.items()
    return "\n".join(f"  {PREFIX + name.upper():<25} {item.description} (default: {_shown(item.default)})" for name, item in fields)


def _shown(default: object) -> str:
    return "unset" if default in (None, (), {}, "") else f"{default:g}" if isinstance(default, float) else str(default)
