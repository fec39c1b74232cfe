"""A reading of a query -> its vector in each view of the index."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.index import APART, Index, Names, frequency, pieces_of, rarest, share
from bot.matching.sparse import Floats, Ints, entries

Words = tuple[str, ...]

_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Vector:
    """What is looked up in a view: the numbers of the terms that the index knows, and the factor of each."""

    terms: Ints
    factors: Floats


@dataclass(frozen=True, slots=True)
class Vectors:
    """A reading in every view; the numbers of its known stems, what they weigh (their rarity) and what all its stems weigh together. A
    term that no owner holds is as rare as can be; it has no place in a vector, but it makes the others weigh less."""

    stems: Ints
    weights: Floats
    weight: float
    words: Vector
    ngrams: Vector
    skip_bigrams: Vector
    wording: Vector


@dataclass(frozen=True, slots=True)
class _Terms:
    """Terms of a reading: numbers (_UNKNOWN for those that no owner holds), how often each stands there, the rarity of each."""

    numbers: Ints
    counts: Floats
    rarity: Floats


def vectors(reading: Words, index: Index) -> Vectors:
    """The vectors of a reading. Those of pieces, pairs and the wording have length one; the factors of words are such that an owner
    that holds every stem as firmly as can be comes to one (BM25, divided by the most that the query can reach)."""
    numbers = [index.stems.get(stem, _UNKNOWN) for stem in reading]
    counts = Counter(zip(reading, numbers, strict=True))
    stems = _terms([number for _, number in counts], list(counts.values()), index)
    for at, (stem, number) in enumerate(counts):
        if number < 0:
            stems.rarity[at] *= share(stem)
    near, skip_bigrams = _pairs(numbers, (1,), index), _pairs(numbers, tuple(range(1, APART + 1)), index)
    known = stems.numbers >= 0
    weight = float(stems.rarity.sum())
    return Vectors(
        stems=stems.numbers[known],
        weights=stems.rarity[known],
        weight=weight,
        words=Vector(stems.numbers[known], np.full(int(known.sum()), 1 / (weight or 1.0))),
        ngrams=_unit(_pieces(counts, stems, index)),
        skip_bigrams=_unit(skip_bigrams),
        wording=_unit(_joined(stems, near)),
    )


def _terms(numbers: Sequence[int] | Ints, counts: Sequence[int] | Floats, index: Index) -> _Terms:
    places = np.asarray(numbers, np.int64)
    rarity = np.where(places >= 0, index.rarity[places], rarest(len(index.targets)))
    return _Terms(places, np.asarray(counts, float), rarity)


def _joined(one: _Terms, other: _Terms) -> _Terms:
    return _Terms(
        np.concatenate([one.numbers, other.numbers]),
        np.concatenate([one.counts, other.counts]),
        np.concatenate([one.rarity, other.rarity]),
    )


def _pairs(numbers: Sequence[int], distances: Sequence[int], index: Index) -> _Terms:
    """The pairs of stems that stand so many places apart. One with an unknown stem is unknown and counts by itself."""
    size, before = len(index.stems), len(index.stems) + len(index.ngrams)
    both = [pair for apart in distances for pair in zip(numbers, numbers[apart:], strict=False)]
    keys = Counter(first * size + second for first, second in both if first >= 0 and second >= 0)
    strange = len(both) - sum(keys.values())
    found = _place(index.skip_bigrams, np.fromiter(keys, np.int64, len(keys)), before).tolist()
    return _terms([*found, *[_UNKNOWN] * strange], [*keys.values(), *[1] * strange], index)


def _pieces(counts: Mapping[tuple[str, int], int], stems: _Terms, index: Index) -> _Terms:
    """The pieces of all stems; those of stems that the index does not know are cut here."""
    known = stems.numbers >= 0
    places, lengths = entries(index.pieces_of, stems.numbers[known])
    numbers: Ints = index.pieces_of.columns[places] + np.int64(len(index.stems))
    times = index.pieces_of.weights[places] * np.repeat(stems.counts[known], lengths)
    strange = Counter(piece.encode() for (stem, number), count in counts.items() if number < 0 for piece in pieces_of(stem) * count)
    if strange:
        numbers = np.concatenate([numbers, _place(index.ngrams, np.array(list(strange), "S5"), len(index.stems))])
        times = np.concatenate([times, list(strange.values())])
    order = np.argsort(numbers, kind="stable")
    numbers, times = numbers[order], times[order]
    # The same piece of several stems is one term; of the unknown each counts by itself.
    first = np.flatnonzero(np.concatenate([[True], (numbers[1:] != numbers[:-1]) | (numbers[1:] < 0)])) if len(numbers) else order
    return _terms(numbers[first], np.add.reduceat(times, first) if len(first) else times, index)


def _place(names: Ints | Names, wanted: Ints | Names, before: int) -> Ints:
    """The numbers of the wanted among terms that are numbered from `before` on, in order; _UNKNOWN for what is not there."""
    if not len(names):
        return np.full(len(wanted), _UNKNOWN)
    at = np.minimum(names.searchsorted(wanted), len(names) - 1)
    return np.where(names[at] == wanted, at + before, _UNKNOWN)


def _unit(terms: _Terms) -> Vector:
    """The vector of length one over terms that stand so many times (TF-IDF: Salton and Buckley); the unknown count in its length only."""
    weights = frequency(terms.counts) * terms.rarity
    length = math.sqrt(float(weights @ weights)) or 1.0
    known = terms.numbers >= 0
    return Vector(terms.numbers[known], weights[known] / length)
