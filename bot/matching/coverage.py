"""A query and some targets -> how much of what is asked each target does not hold.

A word counts as held where the target's wordings have it or a synonym; else as far as a word of the wordings is used alike (by the
thesaurus), or where the target's own answer has it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.english.aspects import asked_aspect
from bot.english.opposites import contraries
from bot.english.stems import stems
from bot.english.thesaurus import stands_for, vectors
from bot.english.words import ASKED_ANYHOW, STOP_WORDS
from bot.kinds import KINDS
from bot.matching.common_words import Lack, lacking
from bot.matching.index import DIMENSIONS, FULL_TRUST, Index
from bot.matching.query import Query
from bot.matching.sparse import Floats, Ints, holds, holds_any, row

Bools = npt.NDArray[np.bool_]

TOLD = 0.7
"""What it counts that the answer has a word, where the wordings have none like it."""

UNKNOWN = 0.9
"""What a word weighs that the thesaurus does not know: about as much as the name of a thing."""

TELLING = 0.6
"""The weight from which on a word that the base does not know at all is an object of its own ("divorce", "Zoom"), not a word of the frame
("year" weighs .48, "please" .2). Chosen on the public sets and first-day bases: of right answers 4 to 16 % have such a word, of questions
out of scope 21 to 70 %. Only where entries have few wordings: in a base with some 65 an entry the words that are unknown are slang and
slips (12 of 487 right answers of tests/content/questions.yaml have one)."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of matter in a query, their vectors of length one (n, DIMENSIONS), their weights (n), and the stems that each counts as."""

    words: tuple[str, ...]
    known: Bools
    directions: Floats
    weights: Floats
    stems: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a target does not hold of a query. `missing`: the share (0..1) of the weight of the words of matter. `foreign`: those words that
    the base does not know at all and that are used like none of the target's. `numbers`: the numbers and codes that the target does not
    hold although it holds another one; `opposed`: the words whose contrary
    it holds, and not them. `unsaid`: the aspect that is asked (see bot.english.aspects) and that an entry does not hold. `lacks` tells what
    the target's wordings have in common and the query does not say (see common_words)."""

    missing: float = 0.0
    foreign: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    unsaid: str | None = None
    lacks: Lack = (0.0, None)


def coverage(query: Query, targets: Ints, index: Index) -> list[Coverage]:
    """The coverage of a query by each of some targets."""
    asked = _asked(query)
    total = float(asked.weights.sum())
    numbers, opposed, unsaid = _numbers(query, targets, index), _opposed(query, targets, index), _unsaid(query, targets, index)
    lacks = lacking(query, asked.directions, targets, index)
    if not total or not len(targets):
        return [Coverage(0.0, (), *parts) for parts in zip(numbers, opposed, unsaid, lacks, strict=True)]
    covered = _covered(asked, targets, index)
    missing = (asked.weights @ (1 - covered) / total).tolist()
    few = index.meanings.trust > FULL_TRUST / 2
    telling = [place for place in range(len(asked.words)) if few and asked.known[place] and asked.weights[place] >= TELLING]
    strange = [place for place in telling if asked.words[place] not in ASKED_ANYHOW and not _known(asked.stems[place], index)]
    foreign = [tuple(asked.words[place] for place in strange if not covered[place, at]) for at in range(len(targets))]
    return [Coverage(*parts) for parts in zip(missing, foreign, numbers, opposed, unsaid, lacks, strict=True)]


def _known(stems: Sequence[str], index: Index) -> bool:
    """Whether an entry holds one of some stems: what only small talk and the list of what lies outside hold, the base does not know."""
    return any(stem in index.meanings.told or _in_entry(index.stems.get(stem, -1), index) for stem in stems)


def _in_entry(stem: int, index: Index) -> bool:
    return stem >= 0 and any(KINDS[index.targets[at].kind].is_entry for at in row(index.holders, stem).tolist())


def _numbers(query: Query, targets: Ints, index: Index) -> list[tuple[str, ...]]:
    """The numbers of a query that each target lacks while it holds another of the kind."""
    found: list[tuple[str, ...]] = [() for _ in targets]
    words = [word for word in dict.fromkeys(query.mended) if any(map(str.isdigit, word))]
    holding = {kind: _held(_of_kind(kind, index), targets, index) for kind in dict.fromkeys(map(_kind, words))}
    for word in words:
        own = [index.meanings.numbers[word]] if word in index.meanings.numbers else []
        lacking = ~_held(own, targets, index) & holding[_kind(word)]
        found = [(*lacked, word) if lacks else lacked for lacked, lacks in zip(found, lacking.tolist(), strict=True)]
    return found


def _of_kind(kind: str, index: Index) -> list[int]:
    """The numbers of a kind that a base knows: in a list of parts these may be thousands, so they are looked up once for a query."""
    return [number for stem, number in index.meanings.numbers.items() if _kind(stem) == kind]


def _opposed(query: Query, targets: Ints, index: Index) -> list[tuple[str, ...]]:
    """The words of a query whose contrary each target holds, and not them."""
    found: list[tuple[str, ...]] = [() for _ in targets]
    for word in dict.fromkeys(query.mended):
        contrary = [index.stems[stem] for stem in stems(contraries(word)) if stem in index.stems]
        if not contrary:
            continue
        own = [index.stems[stem] for stem in stems((word,)) if stem in index.stems]
        turned = _held(contrary, targets, index) & ~_held(own, targets, index)
        found = [(*words, word) if turns else words for words, turns in zip(found, turned.tolist(), strict=True)]
    return found


def _unsaid(query: Query, targets: Ints, index: Index) -> list[str | None]:
    """The aspect that a query asks, for each target that is an entry and does not hold it."""
    aspect = asked_aspect(query.mended)
    if aspect is None:
        return [None] * len(targets)
    holding = index.meanings.aspects[aspect]
    return [None if _among(at, holding) or not KINDS[index.targets[at].kind].is_entry else aspect for at in targets.tolist()]


def _among(number: int, ordered: Sequence[int]) -> bool:
    """Whether a number is one of some in ascending order, which may be very many."""
    at = bisect_left(ordered, number)
    return at < len(ordered) and ordered[at] == number


def _held(numbers: Sequence[int], targets: Ints, index: Index) -> Bools:
    """Whether each target holds one of some stems."""
    return holds_any(index.holders, np.array(numbers, np.int64), targets)


def _kind(word: str) -> str:
    """What sort of number or code a word is: a year, a number, or a code of letters and digits."""
    if not word.isdigit():
        return "code"
    return "year" if len(word) == 4 and word[:2] in ("19", "20") else "number"


def _asked(query: Query) -> _Asked:
    named = {place for mention in query.mentions for place in range(mention.start, mention.end)}
    words = dict.fromkeys(word for place, word in enumerate(query.mended) if place not in named and _matters(word))
    rows, known = vectors(list(words))
    lengths = np.linalg.norm(rows, axis=1) if len(words) else np.zeros(0)
    directions = rows / np.maximum(lengths, 1e-9)[:, None]
    return _Asked(tuple(words), known, directions, np.where(known, lengths, UNKNOWN), tuple(_counts_as(word, query) for word in words))


def _matters(word: str) -> bool:
    return word not in STOP_WORDS and word.isalpha()


def _counts_as(word: str, query: Query) -> tuple[str, ...]:
    """The stem of a word, and those of the synonyms that it is part of."""
    canonical = (stem for typed, phrase in query.synonyms if word in typed.split() for stem in phrase.split())
    return (*stems((word,)), *canonical)


def _covered(asked: _Asked, targets: Ints, index: Index) -> Floats:
    """How far each target holds each word (0..1): a row for each word."""
    found = _holding(asked, targets, index).astype(float)
    for word in np.flatnonzero(~found.all(axis=1)).tolist():
        told = {target for stem in asked.stems[word] for target in index.meanings.told.get(stem, ())}
        found[word] = np.maximum(found[word], [TOLD * (target in told) for target in targets.tolist()])
    lacking = np.flatnonzero(found.min(axis=1) < TOLD)
    if len(lacking):
        found[lacking] = np.maximum(found[lacking], _alike(asked.directions[lacking], targets, index))
    return found


def _holding(asked: _Asked, targets: Ints, index: Index) -> Bools:
    """Whether each target holds each word: a row for each word. All stems are looked up at once."""
    known = [(place, index.stems[stem]) for place, some in enumerate(asked.stems) for stem in some if stem in index.stems]
    found = np.zeros((len(asked.words), len(targets)), bool)
    if known:
        places, numbers = np.array(known, np.int64).T
        np.logical_or.at(found, places, holds(index.holders, numbers, targets))
    return found


def _alike(directions: Floats, targets: Ints, index: Index) -> Floats:
    """How far the word of each target that is used most like each of some words stands for it (0..1): a row for each word."""
    held = [row(index.meanings.held, target) for target in targets.tolist()]
    lengths = np.array([len(stems) for stems in held])
    best, filled = np.zeros((len(targets), len(directions)), directions.dtype), np.flatnonzero(lengths)
    if len(filled):
        likeness = index.meanings.stems.reshape(-1, DIMENSIONS).take(np.concatenate(held), axis=0) @ directions.T
        best[filled] = np.maximum.reduceat(likeness, (np.cumsum(lengths) - lengths)[filled])
    return stands_for(best.T)


def words_of_matter(words: Sequence[str]) -> list[str]:
    """The words of a text that say what it is about."""
    return [word for word in words if _matters(word)]
