"""The bot: the order of the stages, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import load
from bot.answering import respond
from bot.dialogue import turn
from bot.dialogue.context import Context, dump
from bot.dialogue.context import load as load_context
from bot.dialogue.conversation import Conversation
from bot.dialogue.remember import Turn, remember
from bot.dialogue.resolution import NOTHING_SAID, Chosen, Help, Resolution, chosen, resolution
from bot.english import detection
from bot.english.courtesy import without_politeness
from bot.english.sentences import Span
from bot.english.tokens import plain_words, safe, tidy, typed_words
from bot.errors import Problem
from bot.kb import memory
from bot.kinds import KINDS
from bot.knowledge import KnowledgeBase
from bot.load import Loaded
from bot.matching import calibration, candidates, distress, match, query
from bot.matching.calibration import Limits, PlattScaling
from bot.matching.decision import Answered, Clarify, NoAnswer, is_outside, nearest
from bot.matching.evidence import Evidence
from bot.matching.index import Index
from bot.matching.match import Matcher
from bot.matching.query import Lexicon
from bot.matching.terms import own_terms
from bot.note import Note, note_of
from bot.reply import Reply

if TYPE_CHECKING:
    from bot.explain import Explanation
    from bot.kb.items import Item

Clock = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Trace:
    """How one reply came about: what was made of each question of the message, and what is said."""

    resolutions: tuple[Resolution, ...]
    reply: Reply


@dataclass(frozen=True, slots=True, eq=False, repr=False, weakref_slot=True)
class Bot:
    """Answers questions from one knowledge base. Immutable; safe to share between threads."""

    kb: KnowledgeBase
    index: Index
    lexicon: Lexicon
    fit: PlattScaling
    clock: Clock

    @classmethod
    def load(cls, path: str | Path | None = None, *, clock: Clock = date.today) -> "Bot":
        """The bot of a folder of YAML files or of one file of JSON lines; of the base that ships with Factotum if `path` is None.

        Raises KnowledgeBaseError with every problem of the files.
        """
        return cls._of(load.load(path), clock)

    @classmethod
    def load_rest(cls, path: str | Path | None = None, *, clock: Clock = date.today) -> "tuple[Bot, tuple[Problem, ...]]":
        """The bot of what can be read of a base with faults, and its errors; for somebody who works on it. A service takes `load`.

        Raises KnowledgeBaseError if nothing is left that could be answered.
        """
        loaded, errors = load.load_rest(path)
        return cls._of(loaded, clock), errors

    @classmethod
    def _of(cls, loaded: Loaded, clock: Clock) -> "Bot":
        return cls(loaded.kb, loaded.index, loaded.lexicon, loaded.fit, clock)

    @classmethod
    def from_entries(
        cls,
        entries: "Iterable[Item] | str | Path",
        *,
        sources: "Mapping[str, Item] | None" = None,
        entities: "Iterable[Item]" = (),
        alternates: Mapping[str, Iterable[str]] | None = None,
        synonyms: Mapping[str, Iterable[str]] | None = None,
        opposites: Iterable[Iterable[Iterable[str]]] | None = None,
        smalltalk: "Iterable[Item] | None" = None,
        outside: "Iterable[Item] | None" = None,
        languages: "Mapping[str, Item] | None" = None,
        settings: "Item | None" = None,
        clock: Clock = date.today,
    ) -> "Bot":
        """The bot of a base held elsewhere, as plain values with the keys of the YAML files: `entries` are mappings with "id", "question",
        "alternates" (or "questions": all wordings, the plainest first) and "answer", and whatever else an entry may have; the others are
        what the files of these names hold. `entries` may be a whole base, items of all types (bot.kb.items), or the path of a JSON lines
        file, and then nothing else is given. Ids may be numbers.

        Raises KnowledgeBaseError with every problem of the values; its lines count the entries from 1.
        """
        if isinstance(entries, str | Path):
            return cls.load(entries, clock=clock)
        documents = {
            "sources": sources,
            "alternates": alternates,
            "synonyms": synonyms,
            "opposites": opposites,
            "smalltalk": smalltalk,
            "outside": outside,
            "languages": languages,
            "settings": settings,
        }
        typed = ({"type": "entity", **entity} if isinstance(entity, Mapping) else entity for entity in entities)
        kb = memory.build([*entries, *typed], documents)
        return cls._of(load.built(kb), clock)

    def with_entry(self, item: "Item") -> "Bot":
        """The bot with one entry more, plain values with the keys of its YAML file: in milliseconds, to preview what somebody writes. It
        decides as one that is built anew of all entries, but for what bot.matching.one_more names.

        Raises KnowledgeBaseError with every problem of the entry by itself and of what it names.
        """
        return self._of(load.with_entry(Loaded(self.kb, self.index, self.lexicon, self.fit), item), self.clock)

    @property
    def limits(self) -> Limits:
        """The limits in force, in points of the score."""
        return calibration.limits(self.kb.settings, self.fit)

    def ask(self, text: str, context: Mapping[str, Any] | None = None) -> Reply:
        """The reply to a message, in the conversation that the last reply's `context` stands for. Never raises, whatever the text and the
        context."""
        return self.trace(text, context).reply

    def noted(self, text: str, context: Mapping[str, Any] | None = None) -> tuple[Reply, Note]:
        """The reply to a message, and what the question log keeps of how it came about."""
        return self._with_note(self.trace(text, context), text, context)

    def noted_choice(self, entry_id: str, context: Mapping[str, Any] | None = None) -> tuple[Reply, Note] | None:
        """The same of an entry that is chosen in a conversation; None if there is no such entry."""
        shown = self.show(entry_id, context)
        return self._with_note(shown, "", context) if shown else None

    def _with_note(self, traced: Trace, text: str, context: Mapping[str, Any] | None) -> tuple[Reply, Note]:
        """A channel whose buttons send the question itself chooses with it."""
        note, (first, *others) = note_of(traced.resolutions, self.limits), traced.resolutions or (None,)
        name = first.entry if first and not others else None
        offered = load_context(context, self.kb.entries, self.clock()).offered
        pressed = name in offered and name is not None and plain_words(text) == plain_words(self.kb.entries[name].question)
        return traced.reply, replace(note, chosen=name) if pressed else note

    def after(self, turns: Iterable[str], context: Mapping[str, Any] | None = None) -> Mapping[str, Any] | None:
        """The context of a conversation after some more messages."""
        for text in turns:
            context = self.ask(text, context).context
        return context

    def rank(self, text: str, limit: int = 5) -> list[tuple[str, float]]:
        """The entries most like a message with their scores (0..100), best first: as many as there are candidates, at most `limit`."""
        found = match.match(query.read(text, self.lexicon), self.matcher).evidence
        ranked = [(item.candidate.target.id, round(item.score, 1)) for item in found if item.candidate.target.id in self.kb.entries]
        return ranked[:limit]

    def trace(self, text: str, context: Mapping[str, Any] | None = None) -> Trace:
        """The reply to a message with everything that led to it."""
        before = load_context(context, self.kb.entries, self.clock())
        text = tidy(text)
        found = self._in_danger(text) or turn.resolutions(text, Conversation(before, self.matcher, self.kb.entries))
        return self._told(text, tuple(self._in_its_language(item) for item in found), before)

    def _told(self, text: str, found: tuple[Resolution, ...], before: Context) -> Trace:
        """What is said to what was made of a message, and what is remembered of it."""
        today = self.clock()
        reply = respond.respond(found, self.kb, today, calibrated=self.fit.calibrated, misses=before.misses)
        after = remember(before, Turn(text, found, reply), self.kb.entries, self.limits.threshold, today)
        return Trace(found, replace(reply, context=dump(after)))

    @property
    def matcher(self) -> Matcher:
        """What the questions of a message are looked up with."""
        settings = self.kb.settings
        read = cache(partial(query.read, lexicon=self.lexicon, mended=True))
        find = cache(partial(candidates.find, index=self.index))
        return Matcher(self.index, self.lexicon, self.fit, self.limits, settings.options, read, find, settings.addressee)

    def _in_danger(self, text: str) -> tuple[Resolution, ...]:
        """The resolution of a message that tells of danger in words that mean nothing else, in any language; nothing for others."""
        cry = distress.find(text, self.kb.languages.values(), [item for item in self.kb.talk.values() if item.phrases])
        if cry is None:
            return ()
        if cry.language == "en":
            wording = candidates.first_wording(cry.line, self.index)
            found = resolution(Span(text, 0), match.match(query.read(wording, self.lexicon), self.matcher), "cried")
        else:
            found = resolution(Span(text, 0), NOTHING_SAID, "language", Help(cry.language, cry.line))
        return (replace(found, asked=safe(text).strip()),)

    def _in_its_language(self, found: Resolution) -> Resolution:
        """The resolution, or, where nothing matched but a greeting or the like, why: the message is in another language, or in none."""
        if not self._may_be_foreign(found):
            return found
        strange = {*found.match.strange, *(item.typed for item in found.corrections)}
        typed = typed_words(found.asked)
        words = without_politeness(typed)
        if not detection.worth_asking(found.asked, words, strange, len(typed) - len(words)):
            return found
        code = detection.language_of(found.asked, self.kb.languages)
        if code is None:
            return found
        if code == detection.NONE:
            return replace(found, corrections=(), outcome=NoAnswer("gibberish", language=code), how="language")
        return replace(found, corrections=(), outcome=NoAnswer("other-language", self._named_in(found), language=code), how="language")

    def _may_be_foreign(self, found: Resolution) -> bool:
        match found.outcome:
            case Answered(best):
                return KINDS[best.candidate.target.kind].idle
            case Clarify():
                return found.match.evidence[0].score < self.limits.threshold
            case NoAnswer():
                return not is_outside(found.outcome)
        return False

    def _named_in(self, found: Resolution) -> tuple[Evidence, ...]:
        """The entries about what a message in another language names as the base does."""
        said = own_terms(query.read(found.asked, self.lexicon, mended=True), self.kb.settings.addressee, self.index)
        return nearest(match.match(self.matcher.read(" ".join(said)), self.matcher).evidence, self.limits, self.kb.settings.options)

    def explain(self, text: str, context: Mapping[str, Any] | None = None) -> "tuple[Explanation, ...]":
        """The decision on each question of a message with all that it rests on, as plain values from which it can be replayed."""
        return self.explained(self.trace(text, context))

    def explained(self, traced: Trace) -> "tuple[Explanation, ...]":
        """The same of a trace."""
        from bot.explain import Parameters, explain  # only a curator asks

        force = Parameters(self.limits, self.fit, self.kb.settings.options, self.kb.version)
        return tuple(explain(item, self.index, force) for item in traced.resolutions)

    def show(self, entry_id: str, context: Mapping[str, Any] | None = None) -> Trace | None:
        """An entry as it is answered, as if it had been chosen in a conversation; None if there is no such entry."""
        if entry_id not in self.kb.entries:
            return None
        before = load_context(context, self.kb.entries, self.clock())
        return self._told("", (chosen(Chosen(entry_id), Span("", 0), self.kb.entries[entry_id].question),), before)

    def person(self, context: Mapping[str, Any] | None = None) -> Reply:
        """The reply to somebody who asks for a person without words, by a button; the conversation goes on from where it was."""
        before, today = load_context(context, self.kb.entries, self.clock()), self.clock()
        reply = respond.person(self.kb, today, calibrated=self.fit.calibrated)
        return replace(reply, context=dump(replace(before, misses=0, day=today.isoformat())))
