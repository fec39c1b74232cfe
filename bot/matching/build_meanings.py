"""A knowledge base -> what its index holds of the thesaurus: directions of targets and stems, and how far the thesaurus is trusted."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.english.aspects import ASPECTS, held_aspects
from bot.english.sentences import split
from bot.english.stems import stems as stemmed
from bot.english.thesaurus import meant_words, sentence_vectors, vectors
from bot.english.tokens import plain_words
from bot.kinds import KINDS
from bot.knowledge import Entry, KnowledgeBase
from bot.matching.coverage import words_of_matter
from bot.matching.index import DIMENSIONS, FULL_TRUST, Meanings, Target
from bot.matching.sparse import Floats, Ints, sparse

BATCH = 2_000
"""Wordings whose vectors are held at a time."""

FEW_WORDINGS = 4
"""Wordings an entry up to which the thesaurus counts in full."""

LEAST_TRUST = 0.06
"""The share of FULL_TRUST that it counts at least. On a base with 15 wordings an entry (hint3_sofmattress) and on the one that ships, with
some 65, more of it ranks worse and none of it too: of 0, .06, .12, .18 and .25 this one was best on both."""


def _told(targets: Sequence[Target], kb: KnowledgeBase) -> dict[str, tuple[int, ...]]:
    """Which targets' answers hold which stems of matter."""
    found: dict[str, list[int]] = {}
    for number, target in enumerate(targets):
        entry = kb.entries.get(target.id)
        for stem in sorted(set(stemmed(words_of_matter(plain_words(entry.answer))))) if entry else ():
            found.setdefault(stem, []).append(number)
    return {stem: tuple(numbers) for stem, numbers in sorted(found.items())}


def _aspects(targets: Sequence[Target], kb: KnowledgeBase) -> dict[str, tuple[int, ...]]:
    """Which targets hold which aspects of their subject."""
    found: dict[str, list[int]] = {name: [] for name in ASPECTS}
    for number, target in enumerate(targets):
        for name in _held(kb.entries[target.id]) if target.id in kb.entries else ():
            found[name].append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


_FEWEST = 3
"""Words that an answer has at least, to say what it does not hold: fewer stand for a text that is kept elsewhere."""


def _held(entry: Entry) -> frozenset[str]:
    """The aspects that an entry holds. Dates of several sentences may stand in one line, so each line is read by its sentences."""
    texts = (entry.answer, *entry.by_status.values(), entry.more, entry.why, entry.remember, *entry.points, *entry.steps, *entry.facts)
    told = [part.text for text in texts if text for part in split(text)]
    if sum(len(plain_words(text)) for text in told) < _FEWEST:
        return frozenset(ASPECTS)
    return held_aspects([plain_words(text) for text in entry.questions], told)


def _sums(texts: Sequence[str], of_texts: Ints, count: int) -> Floats:
    """The sum of the unit vectors of each target's wordings: a row for each target."""
    sums = np.zeros((count, DIMENSIONS), np.float32)
    for start in range(0, len(texts), BATCH):
        rows = sentence_vectors([meant_words(plain_words(text)) for text in texts[start : start + BATCH]])
        np.add.at(sums, of_texts[start : start + BATCH], rows)
    return sums


@dataclass(frozen=True, slots=True)
class Said:
    """The wordings of a base, each with the number of the target that it leads to; the stems of the index with their numbers, and `names`,
    those that fill a slot. `held` are pairs (targets, stems): which target holds which stem, in order, no pair twice."""

    wordings: Sequence[str]
    targets: Ints
    stems: Mapping[str, int]
    names: Container[str]
    held: tuple[Ints, Ints]


def meanings_of(said: Said, targets: Sequence[Target], kb: KnowledgeBase) -> Meanings:
    """What the thesaurus and the answers tell of a base."""
    sums = _sums(said.wordings, said.targets, len(targets))
    sizes = np.sqrt((sums * sums).sum(axis=1))
    return Meanings(
        targets=(sums / np.maximum(sizes, 1e-9)[:, None]).ravel(),
        sizes=sizes,
        trust=_trust(said.targets, targets),
        stems=_directions(said.stems, said.names),
        told=_told(targets, kb),
        numbers={stem: number for stem, number in said.stems.items() if any(map(str.isdigit, stem))},
        aspects=_aspects(targets, kb),
        held=sparse(*said.held, np.ones(len(said.held[0])), (len(targets), len(said.stems))),
    )


def _directions(known: Iterable[str], names: Container[str]) -> Floats:
    """The directions of the stems in the thesaurus, one after the other; zeros for names that fill a slot and what it does not know."""
    words = [stem if stem.isalpha() and stem not in names else "" for stem in known]
    rows, _ = vectors(words)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1), 1e-9)[:, None], np.float32).ravel()


def _trust(of_wordings: Ints, targets: Sequence[Target]) -> float:
    """What the thesaurus counts in a base: as much as all other views where entries have up to FEW_WORDINGS wordings, less with the square
    of their number: the words that many wordings bring tell by themselves what an entry is about."""
    entries = [number for number, target in enumerate(targets) if KINDS[target.kind].is_entry]
    wordings = float(np.median(np.bincount(of_wordings, minlength=len(targets))[entries])) if entries else 1.0
    return FULL_TRUST * min(1.0, max(LEAST_TRUST, (FEW_WORDINGS / wordings) ** 2))
