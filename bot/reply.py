"""The reply object: Factotum's public contract. Fields may be added to it; none is taken away or changes its meaning."""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["answer", "clarify", "none", "smalltalk", "handoff"]
Stance = Literal["asserts_myth", "denies_myth", "asks"]
Agreement = Literal["holds", "fails"]
Role = Literal["note", "text", "fact", "warning", "why", "caveat", "dated", "heading", "source", "option", "related", "gap"]


@dataclass(frozen=True, slots=True)
class Option:
    """An entry to choose or to read next."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as an answer cites it; dates are YYYY, YYYY-MM or YYYY-MM-DD."""

    id: str
    title: str
    publisher: str
    kind: str
    url: str | None
    published: str | None
    checked: str
    via: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the message names. `code` is null where there is none."""

    code: str | None
    name: str
    status: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a reply. `score` is 0..100; `version` is a hash of the entry; `stance` is null for a FAQ entry;
    `agreement` tells whether what the sender states holds by our facts, null if nothing is stated or that is not sure."""

    id: str
    version: str
    kind: Literal["faq", "myth"]
    asked: str
    question: str
    text: str
    claim: str | None
    verdict: str | None
    stance: Stance | None
    agreement: Agreement | None
    score: float
    as_of: str | None
    review_by: str | None
    stale: bool
    slots: dict[str, list[Slot]]
    sources: list[CitedSource]
    related: list[Option]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A part of a message that got no answer."""

    asked: str
    reason: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Correction:
    """A typing error and how it was read."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line of what a person is shown, and what it is. `ref` is what it leads to: the address of a source, the id of the
    entry of an option or a related question."""

    role: Role
    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What Factotum says to one message. `blocks` is all that a person is shown, in parts that a channel may lay out in its own way;
    `text` is the same as plain text."""

    status: Status
    reason: str | None
    text: str
    kb: str
    answers: list[Answer] = field(default_factory=list)
    unanswered: list[Unanswered] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    handoff: dict[str, Any] | None = None
    context: dict[str, Any] | None = None
    blocks: list[Block] = field(default_factory=list)
    calibrated: bool = False
    version: int = 1
