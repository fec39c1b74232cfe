"""What a page shows as questions and answers: `details`, accordions, `dl`, and headings with what follows them."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bot.english.tokens import plain_words
from bot.imports.found import Found, Item, Skipped, Text

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ASIDE = "nav, footer, aside, form, noscript, style, script, template, dialog, [role=navigation], [role=contentinfo], [role=dialog]"
_ASKS = re.compile(r"\?\s*$|^(?:who|what|when|where|why|which|how|can|could|do|does|is|are|may|must|should|will)\b", re.I)
_HIGHEST_WRAP = 3
"""Elements around a heading that are looked behind for its answer: the heading of an accordion stands in a box of its own."""


def visible(tree: Any, where: str, base: str, found: Sequence[Found] = ()) -> Iterator[Found]:
    """The questions that a page shows. `found` is what it has told already; then headings that ask anything else are named and left
    alone, since most of them lead to what was read. Changes the tree."""
    for node in tree.css(_ASIDE):
        node.decompose()
    boxes = [*_details(tree, where, base), *_accordions(tree, where, base), *_terms(tree, where, base)]
    yield from boxes
    read = {plain_words(question) for one in (*found, *boxes) if isinstance(one, Item) for question in one.questions}
    yield from _headings_left(tree, where, read) if read else _under_headings(tree, where, base)


def _details(tree: Any, where: str, base: str) -> Iterator[Found]:
    """The boxes that open; those around others are headings of a group."""
    for number, node in enumerate(tree.css("details"), 1):
        summary = node.css_first("summary")
        inner = [child for child in node.iter(include_text=True) if child.tag != "summary"]
        if summary is not None and len(node.css("details")) == 1:
            yield _item(f"{where}details {number}", (_words(summary),), inner, base)


def _accordions(tree: Any, where: str, base: str) -> Iterator[Found]:
    """Buttons that open a panel, which they name by its id (WAI-ARIA 1.2, aria-controls)."""
    for number, node in enumerate(tree.css("[aria-controls]"), 1):
        name = node.attributes.get("aria-controls") or ""
        panel = tree.css_first(f'[id="{name}"]') if re.fullmatch(r"[\w:.-]+", name) else None
        if panel is not None and _ASKS.search(_words(node)) and panel.css_first(f'[aria-controls="{name}"]') is None:
            yield _item(f"{where}accordion {number}", (_words(node),), list(panel.iter(include_text=True)), base)


def _terms(tree: Any, where: str, base: str) -> Iterator[Found]:
    for number, listed in enumerate(tree.css("dl"), 1):
        pairs = list(_pairs(listed))
        if not any(_ASKS.search(question) for questions, _ in pairs for question in questions):
            if pairs:
                yield Skipped(f"{where}dl {number}", "; ".join(pairs[0][0])[:80], "a list of terms, none of which is a question")
            continue
        for row, (questions, answer) in enumerate(pairs, 1):
            yield _item(f"{where}dl {number}, term {row}", tuple(questions), answer, base)


def _pairs(listed: Any) -> Iterator[tuple[list[str], list[Any]]]:
    """The terms of a list with their descriptions: several of each may follow one another."""
    terms: list[str] = []
    told: list[Any] = []
    for node in listed.css("dt, dd"):
        if node.tag == "dt" and told:
            yield terms, told
            terms, told = [], []
        if node.tag == "dt":
            terms.append(_words(node))
        else:
            told.append(node)
    if terms:
        yield terms, told


def _under_headings(tree: Any, where: str, base: str) -> Iterator[Found]:
    """Headings that ask, each with what follows it up to the next heading; if none asks, those of the levels 2 to 4."""
    headings = [node for node in tree.css(", ".join(_HEADINGS)) if _words(node)]
    asking = [node for node in headings if _ASKS.search(_words(node))]
    theme = ""
    for number, node in enumerate(headings, 1):
        if node in asking if asking else node.tag in ("h2", "h3", "h4"):
            yield _item(f"{where}heading {number}", (_words(node),), _following(node), base, theme)
        else:
            theme = _words(node) if node.tag != "h1" else theme


def _headings_left(tree: Any, where: str, read: Collection[tuple[str, ...]]) -> Iterator[Skipped]:
    for number, node in enumerate(tree.css(", ".join(_HEADINGS)), 1):
        if (asked := _words(node)).endswith("?") and plain_words(asked) not in read:
            yield Skipped(f"{where}heading {number}", asked[:80], "a heading; the questions of this page were read from its other parts")


def _following(heading: Any) -> list[Any]:
    """The nodes after a heading up to the next one."""
    node = heading
    for _ in range(_HIGHEST_WRAP):
        found: list[Any] = []
        after = node.next
        while after is not None and not _has_heading(after):
            found.append(after)
            after = after.next
        if any(_words(one) for one in found):
            return found
        if after is not None or node.parent is None or node.parent.tag in ("body", "main", "article"):
            return []
        node = node.parent
    return []


def _has_heading(node: Any) -> bool:
    return node.tag in _HEADINGS or (node.tag != "-text" and node.css_first(", ".join(_HEADINGS)) is not None)


def _item(place: str, questions: tuple[str, ...], answer: Sequence[Any], base: str, theme: str = "") -> Found:
    asked = tuple(filter(None, questions))
    if not asked or not any(_words(node) or (node.tag != "-text" and node.css_first("img")) for node in answer):
        return Skipped(place, "; ".join(asked)[:80], "no answer stands below it" if asked else "it has no question")
    return Item(place, asked, Text("".join(node.html or "" for node in answer), "html", base), theme=theme, url=base)


def _words(node: Any) -> str:
    if node.tag == "-text":
        return " ".join((node.text_content or "").split())
    return " ".join(node.text(deep=True, separator="").split()) if node.tag not in ("-comment", "_comment") else ""
