"""What was made of one question of a message: the dialogue's own value, around the matcher's."""

from dataclasses import dataclass
from typing import Literal

from bot.english.sentences import Span
from bot.matching import decision
from bot.matching.decision import Decision, NoAnswer
from bot.matching.match import Match
from bot.matching.query import Query
from bot.reply import Correction

How = Literal["", "chosen", "completed", "repeated", "apart", "wordless", "language", "cried", "together"]
"""What settled a question besides the evidence of its match: a choice of what was offered, the last question completed by this one, that
its answer was just told, that it is one of several questions and what is like it says something else, that it says nothing of its own, that
it is in another language, or the sentences of a long message together."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person chose an entry of those that were offered or named before; nothing was matched."""

    id: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Entries are offered. `reason`: "not-meant" (the person said that the last reply was not meant: those that came next, none of them
    again), "more" (the person wants more on the last answer: its related questions) or "ambiguous" (which of them a message means is not
    sure)."""

    ids: tuple[str, ...]
    reason: Literal["not-meant", "more", "ambiguous"] = "not-meant"


@dataclass(frozen=True, slots=True)
class Help:
    """The person is in danger and says so in a language that is not read (ISO 639-1): the line in it that says where help is."""

    language: str
    line: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """The entry that answers was just told: `text` is the part of it that answers, None if no part does."""

    id: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Backed:
    """The person asks what the last answer rests on: its sources, or how old and how sure it is. `score` is that of the last answer
    (0..100), 0 if it was chosen."""

    id: str
    by: Literal["sources", "age"]
    score: float = 0.0


Outcome = Decision | Chosen | Offered | Help | Repeated | Backed

NOTHING_SAID = Match(Query(asked="", words=()), (), (), (), NoAnswer("no-words"))
"""The match of a message that chooses: nothing was looked up."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a long message: what it counts, and what was found for it."""

    counts: float
    match: Match


@dataclass(frozen=True, slots=True)
class Resolution:
    """One question of a message and what was decided on it.

    spans: the stretches of the mended message that it was asked in. asked: the same in the person's own words. match: what was found for
    the question, as it was completed by what was said before. outcome: the decision of that match, or, where `how` is not empty, what
    was decided instead. corrections: its typing errors. parts: of a long message, what was put together. left_out: much of the message
    was taken for quoted mail, a signature or the like, and not read.
    """

    spans: tuple[Span, ...]
    match: Match
    outcome: Outcome
    how: How = ""
    asked: str = ""
    corrections: tuple[Correction, ...] = ()
    parts: tuple[Part, ...] = ()
    left_out: bool = False

    @property
    def text(self) -> str:
        """The question with its typing errors mended."""
        return " ".join(span.text for span in self.spans)

    @property
    def entry(self) -> str | None:
        """The id of the entry that answers, if one does."""
        match self.outcome:
            case Chosen(name) | Backed(name, _, _):
                return name
            case Repeated(name, text):
                return name if text else None
        return decision.answered(self.outcome)

    @property
    def score(self) -> float:
        """The score of what answers (0..100); 0 if nothing does or it was chosen."""
        return decision.score_of(self.outcome)


def resolution(question: Span, found: Match, how: How = "", outcome: Outcome | None = None) -> Resolution:
    """What was made of a question, by its match or by another outcome."""
    return Resolution((question,), found, outcome or found.decision, how)


def chosen(outcome: Outcome, question: Span, asked: str = "") -> Resolution:
    """A question that chooses or refuses what was offered."""
    return Resolution((question,), NOTHING_SAID, outcome, "chosen", asked)
