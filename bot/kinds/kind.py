"""What a kind is: everything in which kinds of entries and of small talk differ from one another, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Part = tuple[Literal["text", "fact", "warning", "why"], Literal["answer", "warning", "why", "remember"]]
"""A part of an answer: its role among the blocks, and the text of the entry that stands there (warning: the claim with its verdict)."""

CONFIRMED = "confirmed"
"""The case of `Kind.parts` in which what the sender states is true."""

UNVOICED = "unvoiced"
"""The case in which the sender asks something that holds little of the claim: no verdict on it fits the head of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of entry (answers from the base, with sources and dates) or of small talk (fixed sentences). The defaults are those of plain
    small talk.

    In matching:
    tells_against: its wordings are evidence that the base has no answer.
    no_answer: a message that fits it best gets no answer, but the sentence of that item.
    namesakes: it gives way to an entry that is nearly as strong: both may bear the same name.
    reserve: it takes a score above the threshold, and words of the sender's own.
    first: once above the threshold it comes before any better match, unless that one `calms`.
    calms: it sounds like the kind that comes first, and is not.
    helps: it comes before all others where it is plainly the best, and instead of asking back.
    form: what a message of this kind does; any other message rules it out. "report": it tells what happened. "wish": it asks for something.

    In a conversation:
    aside: it is left out where a message can only be about the base.
    idle: it takes no words of the sender's own; so a question that refers to what was said is about that rather than this, and what looks
      like it may be in another language.
    urgency: in a message of many sentences it is looked for in each, the lowest number first; None if it is not.
    asked: a question among other sentences may be of this kind too, and a single word ("my friend"), not a statement only.

    In the reply:
    has_claim: its entries hold a mistaken claim, towards which the sender takes a stance.
    parts: the parts of its answer in order, by stance, CONFIRMED or UNVOICED; "" for any other case.
    status, reason: those of the reply to small talk.
    """

    name: str
    about: str
    is_entry: bool = False
    tells_against: bool = False
    no_answer: bool = False
    namesakes: bool = False
    reserve: bool = False
    first: bool = False
    calms: bool = False
    helps: bool = False
    form: Literal["report", "wish"] | None = None
    aside: bool = False
    idle: bool = False
    urgency: int | None = None
    asked: bool = True
    has_claim: bool = False
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict, hash=False)
    status: Literal["smalltalk", "handoff", "none"] = "smalltalk"
    reason: str | None = None

    def parts_for(self, stance: str | None, *, confirmed: bool, voiced: bool = True) -> tuple[Part, ...]:
        """The parts of an answer by what the sender does with the claim, or where the sender's statement is confirmed, or where a question
        does not voice the claim."""
        case = CONFIRMED if confirmed else stance or ""
        return self.parts.get(case if voiced else UNVOICED) or self.parts.get(case) or self.parts[""]
