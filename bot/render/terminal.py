"""Blocks -> text for a terminal: wrapped to its width and, if wanted, coloured.

It suits screen readers: no boxes, no symbols that would be spelled out, nothing told by colour alone.
"""

import os
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from bot.answering.layout import plain
from bot.reply import Block

_STYLES = {"warning": "33", "caveat": "33", "note": "3", "heading": "1", "dated": "2", "source": "2", "fact": "1", "option": "36"}
_NARROWEST, _WIDEST = 20, 100


@dataclass(frozen=True, slots=True)
class Screen:
    """How to write to a stream: `width` in characters, 0 to leave lines as they are; `height` in lines, 0 if it has no end."""

    width: int = 0
    colour: bool = False
    height: int = 0


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """The screen of a stream; no colour with NO_COLOR (no-color.org, 2017) or TERM=dumb."""
    if not stream.isatty():
        return Screen()
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except OSError:
        columns, rows = 80, 24
    colour = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return Screen(min(max(columns, _NARROWEST), _WIDEST), colour, rows)


def render(blocks: Sequence[Block], screen: Screen) -> str:
    """The text of blocks for a screen."""
    return plain(replace(block, text=_paint(_wrap(block, screen.width), block.role, screen)) for block in blocks)


def lines_of(blocks: Sequence[Block], screen: Screen) -> int:
    """How many lines of a screen the blocks take."""
    return render(blocks, screen).count("\n") + 1


def split(block: Block, screen: Screen, lines: int) -> tuple[Block, Block]:
    """A block in two, the first of which takes at most `lines` lines of a screen."""
    wrapped = _wrap(block, screen.width).split("\n")
    return replace(block, text="\n".join(wrapped[:lines])), replace(block, text=" ".join(wrapped[lines:]))


def _wrap(block: Block, width: int) -> str:
    """The block's text in lines of at most `width` characters, those of a list indented under its first."""
    text = block.text
    if not width:
        return text
    hanging = " " * len(f"{block.number}. " if block.number else "- " if block.role in ("source", "item") else "")
    lines = (
        textwrap.wrap(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False) or [""]
        for line in text.split("\n")
    )
    return "\n".join(part for parts in lines for part in parts)


def _paint(text: str, role: str, screen: Screen) -> str:
    style = _STYLES.get(role)
    return f"\x1b[{style}m{text}\x1b[0m" if screen.colour and style else text
