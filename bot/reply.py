"""The reply object: Factotum's public contract. Fields may be added to it; none is removed or changes its meaning.

The order of the fields, what each is (`About`) and their types make the JSON Schema, the OpenAPI document and the table in bot/README.md
(bot.render.schema): a new field stands here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypedDict

from bot.kinds import EntryKind


@dataclass(frozen=True, slots=True, eq=False)  # a part of types, which must be hashable
class About:
    """What a field is, in a sentence, and what JSON Schema says of its values beyond their type."""

    text: str
    limits: Mapping[str, Any] = field(default_factory=dict)


Status = Literal["answer", "clarify", "none", "smalltalk", "handoff"]
Stance = Literal["asserts_myth", "denies_myth", "asks"]
Agreement = Literal["holds", "fails"]
Role = Literal[
    "note", "text", "fact", "warning", "why", "step", "item", "more", "caveat", "dated", "heading", "source", "option", "related", "gap"
]
Date = Annotated[str, About("YYYY, YYYY-MM or YYYY-MM-DD", {"pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"})]

REASONS = (
    "ambiguous", "no-words", "other-script", "too-short", "unknown-words", "other-subject", "out-of-scope", "below-threshold", "expired",
    "none-of-these", "other-language", "gibberish", "declined", "took-too-long", "nothing-more", "gone", "not-said", "not-meant", "more",
    "asked-for-human", "third-miss", "taken", "danger",
)  # fmt: skip
"""Why a reply has the status that it has, where there is something to say of it."""

MOST_OPTIONS = 4
"""How many entries are offered at most: more are not read. A base may set fewer."""


@dataclass(frozen=True, slots=True)
class Option:
    """An entry to choose or to read next."""

    id: Annotated[str, About("the entry's id")]
    question: Annotated[str, About("the entry's plain question")]


Options = Annotated[list[Option], About("entries to choose or to read next", {"maxItems": MOST_OPTIONS})]


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as an answer cites it."""

    id: Annotated[str, About("the source's id")]
    title: Annotated[str, About("the source's title")]
    publisher: Annotated[str, About("who publishes it")]
    kind: Annotated[str, About("what kind of publisher", {"enum": ["official", "reference", "ngo", "press", "commercial", "internal"]})]
    url: Annotated[str | None, About("its address; null if it has none")]
    published: Annotated[Date | None, About("when it was published; null if that is not known")]
    checked: Annotated[Date, About("when it was last read")]
    via: Annotated[str, About("the copy that was read", {"enum": ["archive", "mirror", "live"]})]
    at: Annotated[str | None, About("where in the source; null if the whole of it is meant")]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the message names, for example a country."""

    code: Annotated[str | None, About("its short code, ISO 3166 for a country; null if it has none")]
    name: Annotated[str, About("its everyday name")]
    status: Annotated[str, About("what is true of it, for example member")]
    as_of: Annotated[Date | None, About("the date of that")]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a reply."""

    id: Annotated[str, About("the entry's id")]
    version: Annotated[str, About("hash of the entry")]
    kind: Annotated[EntryKind, About("a question with its answer, or a mistaken belief with the fact")]
    asked: Annotated[str, About("the words that this answers, at most 500 characters")]
    question: Annotated[str, About("the entry's plain question")]
    text: Annotated[str, About("the answer; an empty line between paragraphs. A myth: the fact, the claim with its verdict, why, the fact")]
    more: Annotated[str | None, About("what else there is to say, to be shown on request; not part of the reply's `text`")]
    claim: Annotated[str | None, About("the mistaken belief; null for a FAQ entry")]
    verdict: Annotated[
        str | None,
        About("what is wrong with the claim; null for a FAQ entry", {"enum": ["incorrect", "misleading", "unproven", "outdated", None]}),
    ]
    stance: Annotated[Stance | None, About("what the sender does with the claim; null for a FAQ entry")]
    agreement: Annotated[
        Agreement | None,
        About("whether what the sender states is true by our facts; null if nothing is stated, or if that is not certain"),
    ]
    score: Annotated[float, About("how well the entry fits the question", {"minimum": 0, "maximum": 100})]
    as_of: Annotated[Date | None, About("the date of the newest fact in the answer")]
    review_by: Annotated[Date | None, About("the day by which the answer has to be checked again")]
    stale: Annotated[bool, About("whether that day is past")]
    slots: Annotated[dict[str, list[Slot]], About("the values that the answer depends on, by entity, for example country")]
    sources: Annotated[list[CitedSource], About("what the answer rests on")]
    related: Annotated[Options, About("entries to read next")]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question of the message that got no answer."""

    asked: Annotated[str, About("the person's words, at most 500 characters")]
    reason: Annotated[str, About("why there is no answer, as in `reason` of the reply")]
    options: Annotated[Options, About("the nearest entries")]


@dataclass(frozen=True, slots=True)
class Correction:
    """A typing error."""

    typed: Annotated[str, About("the word as typed")]
    read: Annotated[str, About("the word as it was understood")]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text."""

    text: Annotated[str, About("its words")]
    href: Annotated[str | None, About("where it leads: an address of the web, mailto: or tel:; null if it leads nowhere")]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line of what a person is shown."""

    role: Annotated[Role, About("what it is. `more` is shown on request only and is not part of the reply's `text`")]
    text: Annotated[str, About("its words, as they stand in the reply's `text`")]
    ref: Annotated[str | None, About("what it leads to: the address of a source, the id of an entry; null if it leads nowhere")] = None
    number: Annotated[int | None, About("its place in a numbered list, from 1")] = None
    label: Annotated[str | None, About("of a line of a list, its words without number or dash; of a source its title alone")] = None
    detail: Annotated[str | None, About("of a source, what follows the title: publisher and dates")] = None
    source: Annotated[str | None, About("of a source, its id in `answers[].sources`")] = None
    verdict: Annotated[str | None, About("of a warning, the verdict on the claim")] = None
    spans: Annotated[
        list[Span], About("its words (of a line of a list, those of `label`) in pieces, if some of them lead somewhere; else empty")
    ] = field(default_factory=list)


class Handoff(TypedDict):
    """A person: where one could be reached, and whether one is wanted now."""

    text: Annotated[str, About("where a human is reached, in the base's words; empty if it does not say")]
    wanted: Annotated[bool, About("whether a person is wanted now, and not only named as somebody to turn to")]
    passed_on: Annotated[bool, About("whether the conversation was passed on to people, who have it with what was said")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Factotum's reply to one message. `blocks` are its `text` in parts."""

    version: Annotated[Literal[1], About("version of this contract")] = 1
    status: Annotated[
        Status,
        About("`answer`; `clarify`: asked back, choose from `options`; `none`: no answer; `smalltalk`; `handoff`: refers to a human"),
    ]
    reason: Annotated[
        str | None,
        About(
            "why there is no answer, or why this status; null with an answer. clarify: `ambiguous`, `not-said`"
            " (our sources do not say what is asked), `not-meant` (the last reply was rejected), `more` (what to read on)."
            " none: `nothing-more` (the last answer says all there is), `gone` (what was chosen is no longer in the base), `no-words`,"
            " `other-script`, `too-short`, `unknown-words`, `other-subject` (names another organisation),"
            " `out-of-scope`, `below-threshold`, `expired`, `none-of-these`, `other-language`, `gibberish`, `declined`,"
            " `took-too-long`. handoff: `asked-for-human`, `third-miss` (in a row), `taken` (a person has the conversation, and"
            " the bot leaves it alone). smalltalk: `danger`. Words may be added",
            {"enum": [*REASONS, None]},
        ),
    ]
    text: Annotated[str, About("all that a person is shown, as plain text")]
    calibrated: Annotated[
        bool, About("whether scores are probabilities on this base: of answers with a score of 80, about 80 in 100 are right")
    ] = False
    kb: Annotated[str, About("hash of the knowledge base")]
    context: Annotated[
        dict[str, Any] | None,
        About("what the next message may refer to, for `ask(text, context)`; return it unchanged, its inside may change"),
    ] = None
    handoff: Annotated[
        Handoff | None, About("a human: where one is reached, with the statuses handoff and none, and wherever one is wanted")
    ] = None
    answers: Annotated[list[Answer], About("the answers, in the order of the questions")] = field(default_factory=list)
    unanswered: Annotated[list[Unanswered], About("the questions that got no answer")] = field(default_factory=list)
    options: Annotated[Options, About("entries to choose from; with status none, the nearest ones from the second miss in a row")] = field(
        default_factory=list
    )
    corrections: Annotated[list[Correction], About("typing errors, and how they were understood")] = field(default_factory=list)
    blocks: Annotated[list[Block], About("the same as `text` in parts, for a channel with a layout of its own")] = field(
        default_factory=list
    )
