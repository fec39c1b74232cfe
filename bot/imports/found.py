"""What a reader finds in a source, as values: items, words that mean the same, and what it leaves out with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Markup = Literal["plain", "markdown", "html", "guess"]
"""How a text is written. guess: a cell of a sheet, which may hold any of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """An answer as it stands in the source. `base` is the address that its relative links start from, "" if that is not known."""

    text: str
    markup: Markup = "plain"
    base: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing of an item that is not taken: its kind (a key of NOT_TAKEN) and what it says."""

    kind: str
    detail: str = ""


NOT_TAKEN = {
    "image": "pictures",
    "media": "films, sounds and embedded pages",
    "script": "scripts",
    "form": "buttons and fields",
    "link": "addresses of links that lead nowhere from a chat",
    "struck": "struck-out text",
    "table": "tables, whose rows became lines",
    "unseen": "control characters",
    "braces": "braces in questions, written as brackets now",
    "prompt": "follow-up prompts",
    "suggestion": "suggested wordings that nobody accepted",
    "metadata": "labels",
    "column": "columns",
    "variant": "further variants of an answer",
    "channel": "texts for one channel or condition only",
    "button": "buttons and quick replies",
    "question": "wordings that another entry has already",
    "repeated": "wordings that stand twice",
    "empty": "wordings without a word",
    "flow": "conditions, hooks and links to flows",
    "language": "wordings and answers in other languages",
    "speech": "texts for speech",
    "answer": "further answers",
    "date": "dates that cannot be read",
    "theme": "further categories",
    "setting": "settings",
    "source": "sources that are not in the file",
}
"""What kinds of things are not taken, as a report names them."""


def left_out(note: Note) -> str:
    """What is not taken, in words."""
    return f"{NOT_TAKEN[note.kind]}: {note.detail}" if note.detail else NOT_TAKEN[note.kind]


@dataclass(frozen=True, slots=True)
class Claim:
    """What makes a myth of an item: the mistaken belief, its verdict (one of bot.kb.schema.VERDICTS) and who judged it."""

    text: str
    verdict: str
    rating: str
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its wordings and its answer, and where it stands ("row 3").

    Items with the same `key` and the same answer are one entry. `name` is what the source calls it, for the id; `theme` its category;
    `as_of` a date as written; `url` the page it stands on.
    """

    place: str
    questions: tuple[str, ...]
    answer: Text
    key: str = ""
    name: str = ""
    theme: str = ""
    as_of: str = ""
    url: str = ""
    notes: tuple[Note, ...] = ()
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a reader does not take, and why; `what` shows the beginning of it."""

    place: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean the same, the first of which stands for all."""

    place: str
    words: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Own:
    """An item in the form of our own bases (bot.kb.items), with all its keys."""

    place: str
    item: Mapping[str, Any]


Found = Item | Skipped | Synonyms | Own
