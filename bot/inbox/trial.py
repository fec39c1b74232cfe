"""A change before it is taken -> what it would change for others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

import numpy as np

from bot.engine import Bot
from bot.english.tokens import plain_words
from bot.errors import Problem
from bot.evaluate.compare import Difference, decision, questions
from bot.grouping.likeness import Floats, Scale, scale_of, vectors
from bot.imports.merge import Change
from bot.inbox.changes import Base, with_changes
from bot.kb.files import content_hash
from bot.knowledge import KnowledgeBase
from bot.load import examine
from bot.matching import build_index
from bot.matching.query import lexicon

MOST = 150
"""Known questions that are asked again, those most like the new wording: a second's work over the base that ships. What is less like it is
moved by the rarity of words alone."""

_NEAR = 3


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Questions whose decision should not change unasked: those of the base, of its test files, and whatever else is known. `said` are the
    words of those of the base, `rows` the vectors of all on `scale`."""

    texts: tuple[str, ...]
    said: frozenset[tuple[str, ...]]
    scale: Scale
    rows: Floats

    def most_like(self, texts: Sequence[str], most: int = MOST) -> tuple[str, ...]:
        """Those most like any of some texts, at most so many."""
        if not self.texts or not texts:
            return ()
        alike = (self.rows @ vectors(texts, self.scale).T).max(axis=1)
        return tuple(self.texts[at] for at in np.argsort(-alike, kind="stable")[:most])


def known(bot: Bot, further: Iterable[str] = ()) -> Known:
    """What is known: the wordings of a bot's base, and further questions."""
    own = questions(bot)
    texts = tuple(dict.fromkeys((*own, *further)))
    scale = scale_of(texts)
    return Known(texts, frozenset(map(plain_words, own)), scale, vectors(texts, scale))


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What changes would do. `problems`: the errors for which they cannot be taken. `own`: how the questions of the item itself would be
    decided otherwise; `others`: which known questions would, of so many `asked` again. `near`: entries that a new wording is like besides
    its own, with their scores in the base as it is (0..100). `base`, `bot`: after the changes; those of before if there are problems."""

    problems: tuple[Problem, ...]
    own: tuple[Difference, ...]
    others: tuple[Difference, ...]
    asked: int
    near: tuple[tuple[str, float], ...]
    base: Base
    bot: Bot


Decide = Callable[[str], str]
"""The decision on a question, in words; asked once for each."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a trial stands on: the bot as it is and what it decides, its base, and the questions that are watched."""

    bot: Bot
    base: Base
    known: Known
    decide: Decide

    @classmethod
    def of(cls, bot: Bot, base: Base, known: Known) -> "Asking":
        """The same, with decisions remembered from one trial to the next."""
        return cls(bot, base, known, cache(partial(decision, bot)))


def tried(now: Asking, changes: Sequence[Change], wordings: Sequence[str], item: Sequence[str], own: str = "") -> Trial:
    """The trial of some changes, which bring new `wordings` to the entry `own` (none: to no entry), for an item's questions."""
    bot, base = now.bot, now.base
    files = with_changes(base.files, changes)
    kb, problems = examine(files, base.folder, content_hash(files, base.folder), date.min, ("error",))
    errors = tuple(problem for problem in problems if problem.level == "error")
    near = _near(bot, wordings, own)
    if errors:
        return Trial(errors, (), (), 0, near, base, bot)
    later = rebuilt(bot, kb)
    again = [text for text in now.known.most_like([*wordings, *item]) if text not in item]
    own_ones, others = (_differences(now.decide, later, texts) for texts in (item, again))
    return Trial((), own_ones, others, len(again), near, Base(base.folder, files, kb), later)


def rebuilt(bot: Bot, kb: KnowledgeBase) -> Bot:
    """The bot of another base, with the fit of its scores as it was: to fit them anew takes ten times as long, and one wording does not
    move it."""
    return replace(bot, kb=kb, index=build_index.build(kb), lexicon=lexicon(kb))


def _differences(before: Decide, later: Bot, asked: Sequence[str]) -> tuple[Difference, ...]:
    told = (Difference(text, before(text), decision(later, text)) for text in asked)
    return tuple(one for one in told if one.old != one.new)


def _near(bot: Bot, wordings: Sequence[str], own: str) -> tuple[tuple[str, float], ...]:
    """The entries that wordings are like enough to be asked back about, besides their own."""
    best: Mapping[str, float] = {}
    for text in wordings:
        best = {**best, **{name: max(score, best.get(name, 0.0)) for name, score in bot.rank(text) if name != own}}
    close = ((name, score) for name, score in best.items() if score >= bot.limits.ask)
    return tuple(sorted(close, key=lambda pair: (-pair[1], pair[0])))[:_NEAR]
