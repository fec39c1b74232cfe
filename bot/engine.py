"""The bot: the order of the stages, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import candidates, compose, decide, evidence, load, query, scope, score
from bot.candidates import Candidate
from bot.compose import Spoken
from bot.decide import Decision
from bot.evidence import Evidence
from bot.index import Index
from bot.kb import memory
from bot.knowledge import KnowledgeBase
from bot.query import Lexicon, Query
from bot.reply import Reply
from bot.score import Fit, Limits

if TYPE_CHECKING:
    from bot.explain import Explanation

Clock = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Trace:
    """How one reply came about: what each stage gave the next."""

    query: Query
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    strange: tuple[str, ...]
    decision: Decision
    spoken: Spoken


@dataclass(frozen=True, slots=True, eq=False, repr=False, weakref_slot=True)
class Bot:
    """Answers questions from one knowledge base. Immutable; safe to share between threads."""

    kb: KnowledgeBase
    index: Index
    lexicon: Lexicon
    fit: Fit
    clock: Clock

    @classmethod
    def load(cls, path: str | Path | None = None, *, clock: Clock = date.today) -> "Bot":
        """The bot of a folder of YAML files; of the base that ships with Factotum if `path` is None.

        Raises KnowledgeBaseError with every problem of the folder.
        """
        loaded = load.load(path)
        return cls(loaded.kb, loaded.index, loaded.lexicon, loaded.fit, clock)

    @classmethod
    def from_entries(cls, entries: Iterable[Mapping[str, object]], *, clock: Clock = date.today) -> "Bot":
        """The bot of entries held elsewhere: mappings with "id", "questions" (the first is shown when asking back) and "answer".

        Raises KnowledgeBaseError with every problem of the entries.
        """
        from bot import indexing, leave_out  # a base that comes from the cache needs neither

        kb = memory.build(entries)
        built, words = indexing.build(kb), query.lexicon(kb)
        return cls(kb, built, words, leave_out.calibrate(built, words), clock)

    @property
    def limits(self) -> Limits:
        """The limits in force, in points of the score."""
        return score.limits(self.kb.settings, self.fit)

    def ask(self, text: str) -> Reply:
        """The reply to a message. Never raises, whatever the text."""
        return self.trace(text).spoken.reply

    def rank(self, text: str, limit: int = 5) -> list[tuple[str, float]]:
        """The entries most like a message with their scores (0..100), best first: as many as there are candidates, at most `limit`."""
        found = query.read(text, self.lexicon)
        weighed = evidence.weigh(candidates.find(found, self.index), self.fit)
        ranked = [(item.candidate.owner.id, round(item.score, 1)) for item in weighed if item.candidate.owner.id in self.kb.entries]
        return ranked[:limit]

    def trace(self, text: str) -> Trace:
        """The reply to a message with everything that led to it."""
        asked = query.read(text, self.lexicon)
        found = candidates.find(asked, self.index)
        weighed = evidence.weigh(found, self.fit)
        strange = scope.strange(asked, self.index)
        decision = decide.decide(asked, weighed, strange, self.limits, self.kb.settings.options)
        spoken = compose.compose(decision, asked, self.kb, self.clock(), calibrated=self.fit.rows > 0)
        return Trace(asked, found, weighed, strange, decision, spoken)

    def explain(self, text: str) -> "Explanation":
        """The decision on a message with all that it rests on, as plain values from which it can be replayed."""
        return self.explained(self.trace(text))

    def explained(self, found: Trace) -> "Explanation":
        """The same of a trace."""
        from bot.explain import Force, explain  # only a curator asks

        parts = (found.query, found.candidates, found.evidence, found.strange, found.decision)
        return explain(*parts, self.index, Force(self.limits, self.fit, self.kb.settings.options, self.kb.version))

    def show(self, entry_id: str) -> Spoken | None:
        """An entry as it is answered, or None if there is no such entry."""
        entry = self.kb.entries.get(entry_id)
        return compose.show(entry, self.kb, self.clock()) if entry else None
