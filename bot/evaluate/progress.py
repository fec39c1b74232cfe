"""How far a long run is, for people who wait."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

Item = TypeVar("Item")
STEP = 50
MANY = 1_000


def watched(items: Sequence[Item], what: str, stream: TextIO) -> Iterator[Item]:
    """The items one by one; a terminal is told how many are done, and shows nothing of it in the end."""
    shown = stream.isatty()
    for done, item in enumerate(items):
        if shown and done % STEP == 0:
            print(f"\r{what}: {done} of {len(items)}", end="", file=stream, flush=True)
        yield item
    if shown:
        print("\r\x1b[K", end="", file=stream, flush=True)


def counted(items: Iterable[Item], what: str, stream: TextIO) -> Iterator[Item]:
    """The items of a stream one by one; a terminal is told how many have come."""
    shown = stream.isatty()
    for done, item in enumerate(items):
        if shown and done % MANY == 0:
            print(f"\r{what}: {done:,}", end="", file=stream, flush=True)
        yield item
    if shown:
        print("\r\x1b[K", end="", file=stream, flush=True)
