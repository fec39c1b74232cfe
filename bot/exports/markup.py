"""Blocks -> HTML, Markdown or plain text. What a person typed stays text in each of them: no sign of it is taken for markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from bot.answering.layout import plain
from bot.reply import Block, Role, Span

_TAGS: dict[Role, str] = {"item": "ul", "step": "ol"}
"""The lists of HTML by the role of their lines."""

_ANYWHERE = re.compile(r"[\\`*\[\]<>$~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|!(?=\[)")
"""What is markup within a line: of CommonMark 0.31.2 (2024) and of the tables, strike-outs and formulas of GitHub. An underscore between
letters is not."""

_IN_FRONT = re.compile(r"^(\s*)(?:([#+=-])|(\d{1,9})([.)]))", re.M)
"""What is markup at the start of a line: headings, lists, rules."""

_AT_END = re.compile(r"(^|\s)(#+)$")
"""What closes a heading of CommonMark, and would be left out."""


def as_html(blocks: Iterable[Block], *, classes: bool = False) -> str:
    """A fragment of HTML: paragraphs and lists. `classes`: with the roles of paragraphs, for a page that has a style for them."""
    return "\n".join(_elements(blocks, classes=classes))


def _elements(blocks: Iterable[Block], *, classes: bool) -> Iterator[str]:
    for role, run in groupby(blocks, key=lambda block: block.role):
        tag = _TAGS.get(role)
        if tag:
            yield f"<{tag}>" + "".join(f"<li>{_html_of(block)}</li>" for block in run) + f"</{tag}>"
        else:
            start = f'<p class="{role}">' if classes and role != "text" else "<p>"
            yield from (f"{start}{_html_of(block)}</p>" for block in run)


def _html_of(block: Block) -> str:
    return "".join(_html_span(span) for span in _spans(block))


def _html_span(span: Span) -> str:
    text = escape(span.text, quote=False).replace("\n", "<br>")
    return f'<a href="{escape(span.href)}">{text}</a>' if span.href else text


def as_markdown(blocks: Iterable[Block]) -> str:
    """Markdown: paragraphs and lists, with an empty line between them."""
    parts: list[str] = []
    for role, run in groupby(blocks, key=lambda block: block.role):
        if role in _TAGS:
            parts.append("\n".join(f"{_mark(block)} {_markdown_of(block)}" for block in run))
        else:
            parts.extend(_markdown_of(block) for block in run)
    return "\n\n".join(parts)


def _mark(block: Block) -> str:
    return f"{block.number}." if block.number else "-"


def _markdown_of(block: Block) -> str:
    text = "".join(_markdown_span(span) for span in _spans(block))
    return _IN_FRONT.sub(_quoted, text).replace("\n", "\\\n")


def _markdown_span(span: Span) -> str:
    return f"[{escaped(span.text)}]({destination(span.href)})" if span.href else escaped(span.text)


def destination(address: str) -> str:
    """An address as the destination of a link; in angle brackets only where it needs them, which not every chat understands."""
    return f"<{address}>" if re.search(r"[()\s\\]", address) else address


def escaped(text: str) -> str:
    """A text as Markdown within a line."""
    return _ANYWHERE.sub(r"\\\g<0>", text)


def line_of(text: str) -> str:
    """A text as one line of Markdown, such as a heading."""
    return _AT_END.sub(r"\1\\\2", _IN_FRONT.sub(_quoted, escaped(" ".join(text.split()))))


def _quoted(found: re.Match[str]) -> str:
    space, sign, digits, point = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{digits}\\{point}"


def as_plain(blocks: Iterable[Block]) -> str:
    """Plain text: an empty line between paragraphs, none inside a list."""
    return plain(blocks)


def _spans(block: Block) -> Sequence[Span]:
    """The words of a block in pieces; of a line of a list without its number or dash."""
    return block.spans or (Span(block.label or block.text, None),)
