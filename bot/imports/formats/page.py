"""Pages: FAQPage of schema.org as JSON-LD or microdata, `details`, accordions, `dl`, and headings with what follows them.

What a page says of itself comes first; of its visible parts is added what that does not hold. Headings are read only where nothing else
is found. Also takes a page that a browser saved as one file (MHTML), and JSON-LD alone.
"""

import email
import email.policy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from bot.english.tokens import plain_words
from bot.imports.files import File
from bot.imports.found import Found, Item, Note, Skipped, Text
from bot.imports.jsonld import Json, as_list, by_id, is_a, nodes, resolved, scripts, words
from bot.imports.visible import visible

NAMES = ("page", "faqpage", "html")
ABOUT = "a web page"

_ENDINGS = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".jsonld")
_HTML = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]|<details[\s>]|<dl[\s>]|<script[^>]*ld\+json|itemtype=", re.I)
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+?)\s*-->")
_DATES = ("temporalCoverage", "dateModified", "datePublished", "dateCreated")
_ESCAPED = re.compile(r"&lt;/?(?:p|br|ul|ol|li|a|b|strong|em|div|span|h[1-6])(?:\s[^&]*)?/?&gt;", re.I)


def recognise(file: File) -> bool:
    if file.is_zip:
        return False
    if file.looks_like_json:
        return any(is_a(node, kind) for _, node in nodes(file.json) for kind in ("FAQPage", "QAPage"))
    return file.ending in _ENDINGS or bool(_HTML.search(file.start))


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        if file.looks_like_json:
            yield from _structured([(1, file.json)], where, "")
        else:
            yield from _page(_html_of(file), where)


def _html_of(file: File) -> str:
    """The page in a file; of MHTML (RFC 2557), its first part of HTML."""
    if not re.match(r"(?:From|Subject|MIME-Version|Snapshot-Content-Location):", file.start, re.I):
        return file.text
    with file.opened() as stream:
        message = email.message_from_binary_file(stream, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_content()
            place = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
            return f"<!-- saved from url=(0000){place} -->\n{content}"
    return file.text


def _page(html: str, where: str) -> Iterator[Found]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    base = _address(tree, html)
    seen: set[tuple[str, ...]] = set()
    found: list[Found] = [*_structured(list(scripts(tree)), where, base), *_microdata(tree, where, base)]
    for one in (*found, *visible(tree, where, base, found)):
        if not isinstance(one, Item):
            yield one
            continue
        key = plain_words(one.questions[0])
        if key not in seen:
            seen.add(key)
            yield replace(one, url=one.url or base)


def _address(tree: Any, html: str) -> str:
    """Where the page stands on the web, as it says itself; "" if it does not."""
    for query, attribute in (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content"), ("base[href]", "href")):
        node = tree.css_first(query)
        value = (node.attributes.get(attribute) or "") if node else ""
        if value.startswith(("http://", "https://")):
            return str(value)
    saved = _SAVED.search(html[:5000])
    return saved[1] if saved and saved[1].startswith(("http://", "https://")) else ""


def _structured(found: Sequence[tuple[int, Json]], where: str, base: str) -> Iterator[Found]:
    """The questions of the JSON-LD on a page, and which scripts cannot be read."""
    yield from (Skipped(f"{where}script {number}", "", "this JSON-LD is broken") for number, value in found if value is None)
    all_nodes = [(f"{where}script {number}: {path}", node) for number, value in found for path, node in nodes(value)]
    known = by_id([value for _, value in found])
    taken: set[int] = set()
    for place, page in all_nodes:
        for number, question in enumerate(_named(page, known)):
            if id(question) not in taken:
                taken.add(id(question))
                yield _question(question, page, f"{place.rstrip(': ')}: mainEntity[{number}]", base)
    for place, node in all_nodes:
        if is_a(node, "Question") and id(node) not in taken and len(node) > 2:
            yield Skipped(place, words(node.get("name"))[:80], "no FAQPage of the page names this question")


def _named(page: Mapping[str, Json], known: Mapping[str, Mapping[str, Json]]) -> list[Mapping[str, Json]]:
    """The questions that a node names, if it is a page of questions."""
    return resolved(page.get("mainEntity", page.get("hasPart")), known) if is_a(page, "FAQPage") or is_a(page, "QAPage") else []


def _question(node: Mapping[str, Json], page: Mapping[str, Json], place: str, base: str) -> Found:
    answers = [*as_list(node.get("acceptedAnswer")), *as_list(node.get("suggestedAnswer"))]
    texts = [(one, text) for one in answers if (text := words(one.get("text") if isinstance(one, Mapping) else one))]
    name = words(node.get("name")) or words(node.get("text")) or words(node.get("headline"))
    if not name or not texts:
        return Skipped(place, name[:80], "it has no answer" if name else "it has no question")
    answer = texts[0][0] if isinstance(texts[0][0], Mapping) else {}
    dates = (words(one.get(key)) for one in (answer, node, page) for key in _DATES)
    own = words(node.get("@id")).rpartition("#")[2]
    about = next((one for one in as_list(node.get("about")) if isinstance(one, Mapping)), {})
    return Item(
        place=place,
        questions=(_raw(name).text, *(text for one in as_list(node.get("alternateName")) if (text := words(one)))),
        answer=replace(_raw(texts[0][1]), base=base),
        name=words(node.get("identifier")) or (own if re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+", own) else ""),
        theme=words(about.get("name")),
        as_of=next(filter(None, dates), ""),
        url=base,
        notes=tuple(Note("answer", text[:60]) for _, text in texts[1:]),
    )


def _raw(text: str) -> Text:
    """A text of JSON-LD, whose tags may be written as entities once more."""
    return Text(unescape(text), "html") if _ESCAPED.search(text) and "<" not in text else Text(text, "guess")


def _microdata(tree: Any, where: str, base: str) -> Iterator[Found]:
    """Questions of schema.org's microdata."""
    for number, node in enumerate(tree.css('[itemtype*="schema.org/Question"]'), 1):
        place = f"{where}microdata, question {number}"
        answer = node.css_first('[itemprop~="acceptedAnswer"]') or node.css_first('[itemprop~="suggestedAnswer"]')
        text = (answer.css_first('[itemprop~="text"]') or answer) if answer else None
        name = _value(node.css_first('[itemprop~="name"]'))
        if not name or text is None or not _value(text):
            yield Skipped(place, name[:80], "it has no answer" if name else "it has no question")
        else:
            body = Text(text.attributes.get("content") or text.inner_html or "", "html", base)
            own, theme = node.css_first('[itemprop~="identifier"]'), node.css_first('[itemprop~="about"] [itemprop~="name"]')
            date = answer.css_first('[itemprop~="temporalCoverage"]')
            yield Item(place, (name,), body, name=_value(own), theme=_value(theme), as_of=_value(date), url=base)


def _value(node: Any) -> str:
    return " ".join((node.attributes.get("content") or node.text(deep=True)).split()) if node else ""
