"""What a channel to another system is: what it tells us, and what we send back.

A channel is a module with a `PLATFORM`. Its functions are pure: they read what came and write what is to be sent; receiving, keeping,
answering and sending are the same for all (hooks.py, inbox.py, calls.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.reply import Reply
from bot.serve.setting_values import ChannelSettings

MOST_FOR_ONE = 5

Keys = ChannelSettings
Headers = Mapping[str, str]
"""The headers of a request, their names in small letters."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that another system tells of. `delivery`: its id of this message, the same if it is told twice; `conversation`: its id of
    the conversation; `to`: what an answer has to name, as JSON can hold it."""

    delivery: str
    conversation: str
    text: str = ""
    choice: str | None = None
    intent: Literal["person"] | None = None
    page: str | None = None
    to: Mapping[str, Any] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """The message as JSON can hold it; `Incoming(**values)` is the message again."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Sending:
    """Something to be sent: by which way, what as JSON can hold it, and to whom where their messages are counted."""

    way: str
    body: Mapping[str, Any]
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """How a system tells us of messages: by requests to /channels/NAME. `is_genuine` checks who sent a body of bytes, at a time; `read`
    gives the message in it, or None if it tells of something else, and raises ValueError if it cannot be read."""

    is_genuine: Callable[[Keys, Headers, bytes, datetime], bool]
    read: Callable[[Headers, bytes], Incoming | None]


@dataclass(frozen=True, slots=True)
class Platform:
    """A system that we answer in. `tried`: whether against a real server or only what its maker documents. `answer` gives what is sent for
    a reply: its last argument says that only the agent may see it. `headers` let a request in on the other side: for the key of a message,
    a time, and a body. `most` answers of a conversation in an hour go out by themselves, and MOST_FOR_ONE times as many for one
    recipient; further ones are drafts: so a loop of two programs ends, whatever they call their conversations."""

    name: str
    tried: Literal["real server", "contract only"]
    answer: Callable[[Incoming, Reply, bool], Sequence[Sending]]
    hook: Hook | None = None
    headers: Callable[[Keys, str, datetime, bytes], Mapping[str, str]] = lambda keys, key, now, body: {}
    most: int = 60
