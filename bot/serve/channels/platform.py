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
    """How a system tells us of messages: by requests to /channels/NAME.

    is_genuine: whether a body of bytes comes from who may send it, at a time. read: the message in it, or None if it tells of something
    else; raises ValueError if it cannot be read. greets: what has to be answered at once to a body that only tries whether we are there.
    """

    is_genuine: Callable[[Keys, Headers, bytes, datetime], bool]
    read: Callable[[Headers, bytes], Incoming | None]
    greets: Callable[[bytes], Mapping[str, Any] | None] = lambda body: None


@dataclass(frozen=True, slots=True)
class Platform:
    """A system that we answer in.

    tried: whether against a real server, or only by what its maker documents. answer: what is sent for a reply; the last argument says that
    only the agent may see it. headers: what lets a request in on the other side, for the key of a message, a time, and a body. probe: a
    request that changes nothing, by which the settings are tried. fault: what is wrong in an answer that says 200 all the same. drafts:
    whether there is a place that only agents see; if not, everything goes out. most: how many answers of a conversation in an hour go out
    by themselves, and MOST_FOR_ONE times as many for one recipient; further ones are drafts: so a loop of two programs ends.
    """

    name: str
    tried: Literal["real server", "contract only"]
    answer: Callable[[Incoming, Reply, bool], Sequence[Sending]]
    hook: Hook | None = None
    headers: Callable[[Keys, str, datetime, bytes], Mapping[str, str]] = lambda keys, key, now, body: {}
    probe: Sending | None = None
    fault: Callable[[bytes], str | None] = lambda body: None
    drafts: bool = True
    most: int = 60
