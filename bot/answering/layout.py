"""A reply's parts -> the blocks that a channel lays out, and the same as plain text.

What a channel needs beside the words (numbers, labels, addresses) stands in fields of the block: no channel takes text apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answering.templates import say
from bot.reply import Answer, Block, CitedSource, Option, Reply, Role, Span

LISTS: tuple[Role, ...] = ("source", "option", "related", "step", "item")
"""The roles whose blocks are lines of a list."""

_MOST_TOLD = 5  # corrections told to a person; programs get them all

_CONTACT = (
    r"(?P<web>https?://[^\s<>\"”]*[^\s<>\"”.,;:!?)\]’'])|(?P<site>\bwww\.[^\s<>\"”]*[^\s<>\"”.,;:!?)\]’'])"
    r"|(?P<mail>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<phone>\+\d[\d ().-]{5,}\d)"
)
"""Web addresses, e-mail addresses, and telephone numbers in international notation (ITU-T E.123, 2001). Compiled when first needed: few
texts hold any, and every start would wait for it."""


def blocks(reply: Reply, parts: Sequence[Sequence[Block]], wording: Mapping[str, str], lead: str = "", heading: str = "") -> list[Block]:
    """What a person is shown of a reply, in order. `parts` are those of each answer, `lead` is the text of a reply without answers,
    `heading` stands over all."""
    several = len(reply.answers) + len(reply.unanswered) > 1 and bool(reply.answers)
    found = [Block("note", _read_as(item.typed, item.read, wording)) for item in reply.corrections[:_MOST_TOLD]]
    found += [Block("heading", heading)] if heading else []
    found += paragraphs("text", lead)
    for answer, own in zip(reply.answers, parts, strict=True):
        found += [Block("heading", say(wording, "asked", asked=answer.asked))] if several else []
        found += own
        found += _below(replace(answer, related=[]) if several else answer, wording)
    found += [Block("gap", say(wording, "gap", asked=item.asked)) for item in reply.unanswered] if several else []
    found += [Block("heading", say(wording, "nearest"))] if reply.options and reply.status == "none" else []
    return [*found, *listed("option", reply.options)]


def _read_as(typed: str, read: str, wording: Mapping[str, str]) -> str:
    return say(wording, "read_as", typed=f"“{typed}”", read=f"“{read}”")


def _below(answer: Answer, wording: Mapping[str, str]) -> Iterator[Block]:
    """What stands below the text of an answer: what is shown on request, dates, sources, related questions."""
    yield from paragraphs("more", answer.more or "")
    if answer.stale:
        yield Block("caveat", say(wording, "stale", review_by=answer.review_by))
    if answer.as_of:
        yield Block("dated", f"As of {answer.as_of}.")
    if answer.sources:
        yield Block("heading", "Sources:")
        yield from map(source_block, answer.sources)
    if answer.related:
        yield Block("heading", "Related questions:")
        yield from listed("related", answer.related)


def paragraphs(role: Role, text: str, verdict: str | None = None) -> list[Block]:
    """The paragraphs of a text, which empty lines separate."""
    return [Block(role, part, verdict=verdict, spans=spans(part)) for part in text.split("\n\n") if part]


def listed(role: Role, options: Iterable[Option]) -> list[Block]:
    """Entries as numbered lines."""
    return [
        Block(role, f"{number}. {option.question}", ref=option.id, number=number, label=option.question)
        for number, option in enumerate(options, 1)
    ]


def lines(role: Role, texts: Iterable[str], *, numbered: bool = False) -> list[Block]:
    """Lines of a list, numbered from 1 or with a dash."""
    return [
        Block(role, f"{number}. {text}" if numbered else f"- {text}", number=number if numbered else None, label=text, spans=spans(text))
        for number, text in enumerate(texts, 1)
    ]


def source_block(source: CitedSource) -> Block:
    """A source as a line: title, publisher, kind where it matters for trust, dates, address."""
    label = source.title.rstrip(".") + (f", {source.at}" if source.at else "")
    if source.title == source.publisher:  # somebody speaks of themselves
        detail = f"By its own word, checked {source.checked}."
    else:
        dates = f"published {source.published}" if source.published else "undated"
        copy = {"archive": ", in an archived copy", "mirror": ", in a copy elsewhere", "live": ""}[source.via]
        detail = f"{publisher(source)}. {dates}, read {source.checked}{copy}."
    text = f"- {label}. {detail}" + (f" {source.url}" if source.url else "")
    return Block("source", text, ref=source.url, label=label, detail=detail, source=source.id)


def publisher(source: CitedSource) -> str:
    """Who publishes a source, with the kind of publisher where it matters for trust."""
    return f"{source.publisher} ({source.kind})" if source.kind in ("commercial", "press", "ngo") else source.publisher


def spans(text: str) -> list[Span]:
    """A text in pieces, of which those that can be followed have an address; empty if none can."""
    found = list(re.finditer(_CONTACT, text)) if "@" in text or "+" in text or "://" in text or "www." in text else []
    pieces: list[Span] = []
    end = 0
    for contact in found:
        pieces += [Span(text[end : contact.start()], None)] if contact.start() > end else []
        pieces.append(Span(contact[0], _address(contact)))
        end = contact.end()
    return [*pieces, Span(text[end:], None)] if pieces and end < len(text) else pieces


def _address(contact: re.Match[str]) -> str:
    """mailto: as RFC 6068 (2010), tel: as RFC 3966 (2004) has it."""
    match contact.lastgroup:
        case "site":
            return f"https://{contact[0]}"
        case "mail":
            return f"mailto:{contact[0]}"
        case "phone":
            return "tel:+" + re.sub(r"\D", "", contact[0])
        case _:
            return contact[0]


def unfolded(found: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with what is shown on request among them."""
    return tuple(replace(block, role="text") if block.role == "more" else block for block in found)


def plain(found: Iterable[Block]) -> str:
    """The blocks as plain text: an empty line between paragraphs, none inside a list or below its heading. What is shown on request is
    left out."""
    shown = [block for block in found if block.role != "more"]
    texts: list[str] = []
    for before, block in zip((None, *shown), shown, strict=False):
        if before and not _follows(before.role, block.role):
            texts.append("")
        texts.append(block.text)
    return "\n".join(texts)


def _follows(before: Role, role: Role) -> bool:
    """Whether a block follows the one before it without an empty line."""
    return before == role == "dated" or (role in LISTS and (before in LISTS or before == "heading"))
