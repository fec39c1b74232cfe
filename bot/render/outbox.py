"""What was not delivered to other systems -> lines for the terminal, and plain values for JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.english.tokens import safe
from bot.reply import Block

if TYPE_CHECKING:  # the outbox needs the extra "serve"; to print it does not
    from bot.questionlog.outbox import Failure, OutboxState


def outbox_blocks(state: "OutboxState", failures: "Sequence[Failure]", most: int) -> tuple[Block, ...]:
    """What waits to be sent and what was given up, at most `most` of these; nothing where neither is."""
    if not state.waiting and not failures:
        return ()
    waiting = f"Messages that wait to be sent: {state.waiting}"
    since = f", the first since {state.oldest:%Y-%m-%d %H:%M} UTC" if state.oldest else ""
    if not failures:
        return (Block("text", f"{waiting}{since}."),)
    more = f", {most} of {len(failures)} shown" if len(failures) > most else ""
    head = Block("heading", f"Messages that were given up{more} (factotum log --send-again tries them again):")
    rows = (Block("related", f"{place}. {_failure(item)}", number=place) for place, item in enumerate(failures[:most], 1))
    return (Block("text", f"{waiting}{since}."), head, *rows)


def outbox_values(state: "OutboxState", failures: "Sequence[Failure]") -> dict[str, Any]:
    """The same as plain values."""
    given_up = [
        {"key": item.key, "channel": item.channel, "at": item.at.isoformat(), "attempts": item.attempts, "fault": item.fault}
        for item in failures
    ]
    return {"waiting": state.waiting, "oldest": state.oldest and state.oldest.isoformat(), "failed": given_up}


def _failure(item: "Failure") -> str:
    return safe(f"{item.channel}, {item.at:%Y-%m-%d %H:%M} UTC, {item.attempts} attempts: {item.fault} ({item.key})")
