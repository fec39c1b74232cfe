"""What a way of sending is, and when a message that failed is sent again."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.questionlog.outbox import Due

Deliver = Callable[[Due], Awaitable[None]]
"""Delivers a message. Raises Undelivered; may deliver the same message again, under the same key."""

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, *[3600] * 72))
"""After each failed attempt, the time until the next: soon at first, then every hour for three days, so that a weekend is bridged. The
schedule of Standard Webhooks (1.0, "Retry schedule") begins alike and grows to 10 hours, which is long for somebody who waits."""


class Undelivered(Exception):  # noqa: N818 - no error of the program: the other side did not take a message
    """The other side did not take a message. The text says why, without an address, a secret or what was sent. `final`: it never will;
    `after`: it asks not to be tried before."""

    def __init__(self, fault: str, *, final: bool = False, after: timedelta | None = None) -> None:
        super().__init__(fault)
        self.final, self.after = final, after


def pause_after(attempts: int, fault: Undelivered) -> timedelta | None:
    """The time until a message that failed so many times is sent again; None if it is given up."""
    if fault.final or attempts > len(PAUSES):
        return None
    return max(PAUSES[attempts - 1], min(fault.after or timedelta(), PAUSES[-1]))
