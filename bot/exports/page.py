"""HTML: one page that needs nothing else, for a web server or a folder. No scripts; its own policy allows its style alone.

Each answer stands in a `details` element. The anchor of an entry lies inside of it, since browsers open what a link leads into (HTML
Standard, "ancestor details revealing algorithm"). It carries FAQPage as microdata, which needs no script either.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.answering.answer import cited, options_of, past
from bot.answering.layout import source_block
from bot.answering.templates import say
from bot.exports.content import answer_of
from bot.exports.format import Format, MissingPackageError, Output, Subject, keys
from bot.exports.markup import as_html
from bot.knowledge import Entry
from bot.reply import CitedSource, Option

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the template lays it out. `text` is HTML, all else plain text."""

    id: str
    theme: str
    anchor: str
    question: str
    text: str
    as_of: str | None
    caveat: str
    sources: Sequence["ShownSource"]
    related: Sequence[Option]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source with its label, which leads to its address if it has one, and what follows the label."""

    source: CitedSource
    label: str
    detail: str


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    style = _text("page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _template().render(
        title=subject.title,
        notice=say(subject.kb.settings.wording, "unofficial"),
        day=subject.day.isoformat(),
        style=style,
        digest=digest,
        themes=[(theme, [_shown(entry, subject) for entry in entries]) for theme, entries in subject.themes()],
    )
    return Output({"faq.html": page.encode()}, tuple(notes))


@cache
def _template() -> "Template":
    try:
        from jinja2 import Environment
    except ImportError as error:
        raise MissingPackageError(error) from None
    return Environment(autoescape=True, trim_blocks=True, keep_trailing_newline=True).from_string(_text("page.html"))


def _text(name: str) -> str:
    return (files("bot.exports") / "templates" / name).read_text("utf-8")


def _shown(entry: Entry, subject: Subject) -> Shown:
    stale = past(entry.review_by, subject.day)
    return Shown(
        id=entry.id,
        theme=entry.theme,
        anchor=subject.anchor(entry),
        question=entry.question,
        text=as_html(answer_of(entry, subject.kb), classes=True),
        as_of=entry.as_of,
        caveat=say(subject.kb.settings.wording, "stale", review_by=entry.review_by) if stale else "",
        sources=[_source(source) for source in cited(entry, subject.kb)],
        related=options_of(entry.related, subject.kb, subject.day),
    )


def _source(source: CitedSource) -> ShownSource:
    block = source_block(source)
    return ShownSource(source, block.label or source.title, block.detail or "")


FORMAT = Format(
    name="html",
    about="one accessible page without scripts",
    write=write,
    holds=keys("id theme question answer as_of"),
    shown=keys("claim verdict why remember by_status points steps more sources review_by related"),
)
