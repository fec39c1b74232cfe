"""A query and some targets -> the word that a target's wordings have in common and the query lacks.

"How do I wash a wool jumper" and "wash wool" have "wool" in common: who asks how to wash curtains says neither it nor a word that is used
like it, and so may mean something else. It is the other side of coverage, which tells what a target lacks of a query.
"""

from collections.abc import Sequence

import numpy as np

from bot.english.stems import stems
from bot.english.thesaurus import stands_for
from bot.matching.index import DIMENSIONS, Index, rarest
from bot.matching.query import Query
from bot.matching.sparse import Floats, Ints, Sparse, entries, row, sparse, summed

SHARED = 0.3
"""The share of a target's wordings from which on a word is one that they have in common. With .4 a tenth more questions out of scope are
answered by bases of twenty entries."""

LEAST = 0.05
"""What a common word weighs at least to be kept: less changes no decision."""

Lack = tuple[float, int | None]
"""How much a target's most telling common word counts that a query lacks (0..1), and the number of its stem; (0.0, None): it lacks none."""


def common(targets: Ints, terms: Ints, sizes: Ints, rarity: Floats, owners: int) -> Sparse:
    """The words that the wordings of each target have in common, a row for each target: what each weighs (0..1), which is the share of the
    wordings that have it times how rare it is among so many owners. `targets` and `terms` are the occurrences of stems in wordings, none
    twice in one; `sizes` tell how many wordings each target has."""
    target, term, count = summed(targets, terms, np.ones(len(terms)), len(rarity))
    share = count / np.maximum(sizes, 1)[target]
    weight = share * rarity[term] / rarest(owners)
    kept = (share >= SHARED) & (weight >= LEAST)
    return sparse(target[kept], term[kept], weight[kept], (len(sizes), len(rarity)))


def lacking(query: Query, directions: Floats, targets: Ints, index: Index) -> list[Lack]:
    """What each target has in common and a query lacks. `directions` are those of the query's words of matter in the thesaurus."""
    said = {index.stems[stem] for reading in query.readings for stem in (*reading, *stems(query.mended)) if stem in index.stems}
    rows = [row(index.common, int(target)) for target in targets]
    numbers = np.concatenate(rows).astype(np.int64) if rows else np.zeros(0, np.int64)
    weights = index.common.weights[entries(index.common, targets)[0]].astype(float)
    weights[[number in said for number in numbers.tolist()]] = 0.0
    unsaid = np.flatnonzero(weights)
    if len(unsaid) and len(directions):
        cosines = index.meanings.stems.reshape(-1, DIMENSIONS).take(numbers[unsaid], axis=0) @ directions.T
        weights[unsaid] *= 1 - stands_for(cosines.max(axis=1))
    return _most(weights, numbers, [len(some) for some in rows])


def _most(weights: Floats, numbers: Ints, lengths: Sequence[int]) -> list[Lack]:
    """The heaviest word of each row."""
    found: list[Lack] = []
    start = 0
    for length in lengths:
        here = weights[start : start + length]
        at = int(here.argmax()) if length else -1
        most = float(here[at]) if length else 0.0
        found.append((most, int(numbers[start + at])) if most > 0 else (0.0, None))
        start += length
    return found
