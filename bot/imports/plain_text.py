"""Plain text -> its parts: paragraphs, lines of lists. Also what makes a text fit to be kept: no control characters, blanks as blanks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.imports.found import Note

BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2028\u2029\u0085]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LAYOUT = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Where a word may be broken, and the like: says nothing."""

ITEM = re.compile(r"\s*(?:[-*•–·▪‣○●]|\(?(?P<number>\d{1,3})[.)])\s+(?P<text>\S.*)")
_MARKDOWN = re.compile(r"\[[^\[\]\n]*\]\([^()\s]+\)|(?<!\w)\*\*\S[^*\n]*\*\*|^#{1,6} \S", re.M)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a line of a list. `number` counts the steps of a numbered list as they are numbered there."""

    kind: Literal["text", "item", "step"]
    text: str
    number: int = 0

    def as_line(self) -> str:
        """The part as a paragraph."""
        return self.text if self.kind == "text" else f"- {self.text}" if self.kind == "item" else f"{self.number}. {self.text}"


def clean(text: str) -> tuple[str, tuple[Note, ...]]:
    """A text without control characters, which no entry may hold, and without marks that only break words."""
    if text.isascii() and text.isprintable():
        return text, ()
    without = _UNSEEN.sub("", text)
    return _LAYOUT.sub("", without), (Note("unseen"),) if without != text else ()


def is_markdown(text: str) -> bool:
    """Whether a text holds Markdown's links, pictures, headings or bold words. Its lists are read from plain text as well."""
    return bool(_MARKDOWN.search(text))


def lines_of(text: str) -> tuple[list[Part], tuple[Note, ...]]:
    """The parts of a plain text: each line is a paragraph, or a line of a list if it begins like one."""
    text, notes = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    return list(_parts(text)), notes


def _parts(text: str) -> Iterator[Part]:
    for line in text.split("\n"):
        item = ITEM.fullmatch(line)
        words = BLANKS.sub(" ", item["text"] if item else line).strip()
        if not words:
            continue
        if not item:
            yield Part("text", words)
        elif item["number"]:
            yield Part("step", words, int(item["number"]))
        else:
            yield Part("item", words)
