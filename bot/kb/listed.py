"""Lists that a curator types within a text: lines that begin with a dash, a star, a dot or a number."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.kb.talk import reflow

_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,2})[.)])\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Laid:
    """A text, and the list that stood at its end: its lines in one kind of list or the other."""

    text: str
    points: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def laid_out(text: str) -> Laid:
    """A text of paragraphs, the list at its end apart: two lines or more that begin alike, numbers from 1 on. Lines that are indented
    below one of them go on with it."""
    lines = text.replace("\r\n", "\n").rstrip().split("\n")
    start = _start(lines)
    items = [_ITEM.fullmatch(line) for line in lines[start:]]
    head, numbers = reflow("\n".join(lines[:start])), [item[1] for item in items if item]
    if not head or len(numbers) < 2 or not (set(numbers) == {None} or numbers == [str(number) for number in range(1, len(numbers) + 1)]):
        return Laid(reflow(text))
    found: list[str] = []
    for line, item in zip(lines[start:], items, strict=True):
        if item:
            found.append(item[2].strip())
        else:
            found[-1] = f"{found[-1]} {line.strip()}".strip()
    return Laid(head, steps=tuple(found)) if numbers[0] else Laid(head, points=tuple(found))


def glued(text: str) -> bool:
    """Whether lines of a list are joined to a paragraph when a text is read."""
    lines = text.replace("\r\n", "\n").split("\n")
    return any(_ITEM.fullmatch(one) and _ITEM.fullmatch(other) for one, other in pairwise(lines))


def _start(lines: list[str]) -> int:
    """The line where the list at the end begins; the number of lines if there is none."""
    start = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        if _ITEM.fullmatch(lines[number]):
            start = number
        elif lines[number].strip() and not lines[number].startswith((" ", "\t")):
            break
    return start
