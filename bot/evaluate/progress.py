"""How far a long run is, for people who wait."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

Item = TypeVar("Item")
STEP = 50
MANY = 1_000


def watched(items: Sequence[Item], what: str, stream: TextIO) -> Iterator[Item]:
    """The items one by one; a terminal is told how many are done, and shows nothing of it in the end."""
    return _told(items, STEP, lambda done: f"{what}: {done} of {len(items)}", stream)


def counted(items: Iterable[Item], what: str, stream: TextIO) -> Iterator[Item]:
    """The items of a stream one by one; a terminal is told how many have come."""
    return _told(items, MANY, lambda done: f"{what}: {done:,}", stream)


def _told(items: Iterable[Item], step: int, words: Callable[[int], str], stream: TextIO) -> Iterator[Item]:
    shown = stream.isatty()
    for done, item in enumerate(items):
        if shown and done % step == 0:
            print(f"\r{words(done)}", end="", file=stream, flush=True)
        yield item
    if shown:
        print("\r\x1b[K", end="", file=stream, flush=True)
