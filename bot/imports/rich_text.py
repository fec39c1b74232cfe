"""Rich text -> the form of our entries: paragraphs, points or steps, with addresses in brackets behind the words that lead to them.

Everything goes one way: Markdown becomes HTML (markdown-it-py), HTML is parsed as browsers do (selectolax), and the tree is walked once.
Our form (bot/answering/layout.py):

- paragraphs are parted by an empty line; a line break becomes a new paragraph, for a single line end would be only a blank
- one list at the end becomes `points`, or `steps` if it is numbered from 1; any other list stays in the answer, a line each with "-" or
  its number, so that nothing changes its place and nothing is hidden
- a link is "words (https://...)", "words (name@example.org)", "words (+32 ...)"; addresses in an answer are found again when it is shown
- bold and italics leave their words; what cannot be said in words (pictures, scripts, fields) is left out and noted
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urljoin

from bot.imports import limits
from bot.imports.found import Note, Text
from bot.imports.plain_text import BLANKS, Part, clean, is_markdown, lines_of

_BLOCKS = frozenset(
    "p div section article header footer main aside nav dl dt dd h1 h2 h3 h4 h5 h6 blockquote figure figcaption details summary address hr"
    " fieldset center hgroup body html li legend".split()
)
_DROPPED: dict[str, str] = {
    **dict.fromkeys(("script", "noscript", "template", "object", "embed", "applet"), "script"),
    **dict.fromkeys(("iframe", "video", "audio", "canvas", "svg", "math"), "media"),
    **dict.fromkeys(("button", "input", "select", "textarea"), "form"),
    **dict.fromkeys(("s", "strike", "del"), "struck"),
}
_SILENT = frozenset(("style", "head", "title", "meta", "link", "-comment", "_comment", "wbr", "-doctype"))
_RAISED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
_HTML = re.compile(
    r"</?(?:p|br|a|b|i|u|em|strong|ul|ol|li|div|span|h[1-6]|table|tr|td|img|font|iframe|script|style)(?:\s[^<>]*)?/?>"
    r"|&(?:nbsp|amp|lt|gt|quot|[A-Za-z]{1,2}(?:uml|acute|grave|circ|cedil|tilde)|szlig|[lr][sd]quo|euro|mdash|ndash|#\d+|#x[\da-f]+);",
    re.I,
)

_BLOCK = re.compile(r"<(?:p|br|ul|ol|li|div|table|tr|h[1-6])[\s/>]", re.I)


@dataclass(frozen=True, slots=True)
class Converted:
    """An answer in the form of our entries, and what of it was not taken."""

    answer: str
    points: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """All its words in order."""
        return "\n".join((self.answer, *self.points, *self.steps))


def convert(source: Text, *, breaks: bool = False) -> Converted:
    """An answer of a source in our form. `breaks`: in Markdown, a line end is a line break (as chats and cells have it). Empty if the
    source has no words."""
    text = source.text[: limits.CELL]
    cut = (Note("answer", f"all after the first {limits.CELL} characters"),) if len(source.text) > limits.CELL else ()
    markup = _guess(text) if source.markup == "guess" else source.markup
    if markup == "plain":
        parts, notes = lines_of(text)
        return laid_out(parts, (*notes, *cut))
    guessed = source.markup == "guess"
    if markup == "markdown":
        text = _rendered(text, breaks or guessed)
    elif guessed and not _BLOCK.search(text):
        text = text.replace("\n", "<br>")
    return of_nodes(_body(text), source.base, cut)


def plain(source: Text) -> tuple[str, tuple[Note, ...]]:
    """A text on one line, such as a question, and what of it was not taken."""
    found = convert(source)
    return " ".join(found.text.split()), found.notes


def of_nodes(nodes: Sequence[Any], base: str = "", notes: tuple[Note, ...] = ()) -> Converted:
    """Nodes of a page (selectolax, lexbor) in our form."""
    walk = _Walk(base)
    for node in nodes:
        walk.visit(node, 0)
    walk.flush()
    return laid_out(walk.parts, (*walk.notes, *notes))


def _guess(text: str) -> Literal["plain", "markdown", "html"]:
    return "html" if _HTML.search(text) else "markdown" if is_markdown(text) else "plain"


def _rendered(text: str, breaks: bool) -> str:
    """Markdown as HTML. Links of every scheme are rendered, so that those which are not taken are noted, not shown as raw Markdown."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "breaks": breaks, "maxNesting": 50}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return str(parser.render(text))


def _body(html: str) -> list[Any]:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(html).body
    return list(body.iter(include_text=True)) if body else []


def laid_out(parts: Sequence[Part], notes: tuple[Note, ...] = ()) -> Converted:
    """The parts of a text as answer, points and steps."""
    kinds = [part.kind for part in parts]
    first = next((number for number, kind in enumerate(kinds) if kind != "text"), len(parts))
    tail = parts[first:]
    found = tuple(dict.fromkeys(notes))
    if 0 < first < len(parts) and len(set(kinds[first:])) == 1 and len(tail) > 1 and _counts_from_one(tail):
        lines = tuple(part.text for part in tail)
        answer = "\n\n".join(part.text for part in parts[:first])
        return Converted(answer, lines, (), found) if tail[0].kind == "item" else Converted(answer, (), lines, found)
    return Converted("\n\n".join(part.as_line() for part in parts), (), (), found)


def _counts_from_one(parts: Sequence[Part]) -> bool:
    return parts[0].kind == "item" or [part.number for part in parts] == list(range(1, len(parts) + 1))


@dataclass(slots=True)
class _Walk:
    """A walk over a tree: the parts found so far, and the words of the part that is still open."""

    base: str
    parts: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def visit(self, node: Any, depth: int) -> None:
        tag = node.tag
        if tag == "-text":
            self.words.append(BLANKS.sub(" ", node.text_content or ""))
        elif depth > limits.DEPTH:
            self.words.append(f" {BLANKS.sub(' ', node.text(deep=True, separator=' '))} ")
        elif tag in _DROPPED:
            self._leave_out(node, tag)
        elif tag not in _SILENT and tag:
            self._element(node, tag, depth)

    def _leave_out(self, node: Any, tag: str) -> None:
        about = node.attributes.get("src") or node.text(deep=True, separator=" ").strip() or node.attributes.get("value") or ""
        hidden = tag == "input" and node.attributes.get("type") == "hidden"
        if not hidden and not (tag == "svg" and not about):  # an icon
            self.notes.append(Note(_DROPPED[tag], _short(about)))

    def _element(self, node: Any, tag: str, depth: int) -> None:
        if tag in _BLOCKS:
            self.flush()
            self._children(node, depth)
            self.flush()
        elif tag in _RAISED:
            self.words.append(self._inline(node, depth).translate(_RAISED[tag]))
        elif special := self._special(tag):
            special(node, depth)
        else:
            self._children(node, depth)

    def _special(self, tag: str) -> Callable[[Any, int], None] | None:
        """What is done with an element that is neither a block nor plain words."""
        return {
            "br": lambda node, depth: self.flush(),
            "img": lambda node, depth: self._image(node),
            "a": self._link,
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "table": self._table,
            "pre": lambda node, depth: self._preformatted(node),
            "q": lambda node, depth: self.words.append(f"“{self._inline(node, depth).strip()}”"),
        }.get(tag)

    def _image(self, node: Any) -> None:
        self.notes.append(Note("image", _short(node.attributes.get("alt") or node.attributes.get("src") or "")))

    def _children(self, node: Any, depth: int) -> None:
        for child in node.iter(include_text=True):
            self.visit(child, depth + 1)

    def _inside(self, node: Any, depth: int) -> list[Part]:
        """The parts of an element for themselves."""
        walk = _Walk(self.base, notes=self.notes)
        walk._children(node, depth)
        walk.flush()
        return walk.parts

    def _inline(self, node: Any, depth: int) -> str:
        """The words of an element on one line, with the blanks around them."""
        walk = _Walk(self.base, notes=self.notes)
        walk._children(node, depth)
        if not walk.parts:
            return "".join(walk.words)
        walk.flush()
        return " ".join(part.text for part in walk.parts)

    def _link(self, node: Any, depth: int) -> None:
        words, href = self._inline(node, depth), node.attributes.get("href") or ""
        address = reachable(href, self.base)
        if href and not address and not href.startswith("#"):
            self.notes.append(Note("link", _short(href)))
        shown = words.strip()
        if not address or not shown or _says(shown, address):
            self.words.append(words if shown or not address or node.css_first("img") else address)
        else:
            self.words.append(f"{words.rstrip()} ({address}){' ' * words[-1:].isspace()}")

    def _list(self, node: Any, depth: int) -> None:
        self.flush()
        numbers = _numbers(node.attributes.get("start"))
        for child in node.iter(include_text=False):
            if child.tag != "li":
                self.visit(child, depth + 1)
                continue
            text = _on_one_line(self._inside(child, depth + 1))
            if text:
                self.parts.append(Part("step", text, next(numbers)) if node.tag == "ol" else Part("item", text))

    def _table(self, node: Any, depth: int) -> None:
        """Each row becomes a line; the cells of a row of headings are put before those below them."""
        self.flush()
        heads: list[str] = []
        for row in node.css("tr"):
            cells = [(cell.tag, _on_one_line(self._inside(cell, depth + 2))) for cell in row.iter() if cell.tag in ("td", "th")]
            if cells and all(tag == "th" for tag, _ in cells) and not heads and len(cells) > 1:
                heads = [text for _, text in cells]
            elif line := _row([text for _, text in cells], heads):
                self.parts.append(Part("item", line))
        self.notes.append(Note("table"))

    def _preformatted(self, node: Any) -> None:
        self.flush()
        for line in node.text(deep=True).splitlines():
            self.words.append(line)
            self.flush()

    def flush(self) -> None:
        """Ends the part that is open."""
        text, unseen = clean(" ".join("".join(self.words).split()))
        self.notes.extend(unseen)
        if text:
            self.parts.append(Part("text", text))
        self.words = []


def _numbers(start: str | None) -> Iterator[int]:
    first = int(start) if start and re.fullmatch(r"\d{1,6}", start) else 1
    return iter(range(first, first + limits.ROWS))


def _on_one_line(parts: Sequence[Part]) -> str:
    """The parts of a line of a list or of a cell; those of a list inside it follow after a colon."""
    lead = " ".join(part.text for part in parts if part.kind == "text")
    inner = "; ".join(part.text if part.kind == "item" else f"{part.number}. {part.text}" for part in parts if part.kind != "text")
    return f"{lead.rstrip(':')}: {inner}" if lead and inner else lead or inner


def _row(cells: Sequence[str], heads: Sequence[str]) -> str:
    if len(heads) == len(cells) and heads:
        first, *rest = [f"{head}: {cell}" if head and cell else cell for head, cell in zip(heads, cells, strict=True)]
        return "; ".join(filter(None, (first, *rest)))
    if len(cells) == 2 and all(cells):
        return f"{cells[0].rstrip(':')}: {cells[1]}"
    return "; ".join(filter(None, cells))


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_ENCODED = {char: f"%{ord(char):02X}" for char in ' ()<>"\\^`{|}”“'}


def reachable(href: str, base: str = "") -> str:
    """What a link leads to as people can be told it: an address of the web, an e-mail address, a telephone number; "" if it is none."""
    href = re.sub(r"[\x00-\x1f\x7f]", "", href).strip()
    if href.startswith("//"):
        href = f"https:{href}"
    scheme = _SCHEME.match(href)
    try:
        address = href if scheme else urljoin(base, href) if base and not href.startswith("#") else ""
    except ValueError:
        return ""
    kind = (_SCHEME.match(address) or ["", ""])[1].lower()
    if kind in ("mailto", "tel"):
        return address.partition(":")[2].partition("?")[0].strip()
    if kind not in ("http", "https") or len(address) < 10:
        return ""
    encoded = "".join(_ENCODED.get(char, char) for char in address)
    return f"{encoded[:-1]}%{ord(encoded[-1]):02X}" if encoded[-1] in ".,;:!?'" else encoded  # else it would count as the sentence's


def _says(words: str, address: str) -> bool:
    """Whether the words of a link say its address already."""
    bare = re.sub(r"^https?://(www\.)?|/$", "", address.lower())
    told = re.sub(r"^https?://(www\.)?|/$", "", words.lower())
    digits = re.sub(r"\D", "", address)
    return told == bare or address in words or (address.startswith("+") and digits == re.sub(r"\D", "", words))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
