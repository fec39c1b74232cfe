"""A query -> the few entries whose wordings are most like it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.index import Floats, Index, Owner, View, char_terms, rarest, similar, unit, word_terms
from bot.query import Query, Words

FEW = 8
"""How many candidates are weighed. The best never depends on how many a caller asks for."""

# How the four views add up, in shares of one. Chosen once on public question sets (tests/measure/fit.py), for no set in particular.
BEST_WORDING_WORDS = 1 / 7
BEST_WORDING_CHARS = 1 / 7
CENTROID_WORDS = 2 / 7
CENTROID_CHARS = 3 / 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """An owner whose wordings are like the query. `similarity` is the weighted sum of four cosines (0..1).

    `number` is that of the owner in the index, `wording` that of the wording most like the query, and `reading` that of the
    reading that it is like.
    """

    owner: Owner
    number: int
    similarity: float
    wording: int
    reading: int
    excluded_by: int | None = None


@dataclass(frozen=True, slots=True)
class _Likeness:
    """The similarities of one reading with every wording and every owner."""

    wordings: Floats
    owners: Floats


def find(query: Query, index: Index, few: int = FEW) -> tuple[Candidate, ...]:
    """The candidates of a query, the most similar first; equal ones in order of id. Empty if no wording shares anything."""
    if not index.owners or not any(query.readings):
        return ()
    readings = [_likeness(reading, index, slotted=number > 0) for number, reading in enumerate(query.readings)]
    totals = np.max([likeness.owners for likeness in readings], axis=0)
    order = np.argsort(-totals, kind="stable")[:few]
    return tuple(_candidate(int(owner), readings, index) for owner in order if totals[owner] > 0)


def _likeness(reading: Words, index: Index, *, slotted: bool) -> _Likeness:
    """How like a reading everything is. A reading with names replaced speaks only to owners that have a place for the name: elsewhere
    the name itself has to be accounted for."""
    words = similar(index.words.postings, vector(index.words, word_terms(reading), len(index.owners)))
    chars = similar(index.chars.postings, vector(index.chars, char_terms(reading), len(index.owners)))
    first = index.words.owners
    wordings = BEST_WORDING_WORDS * words[:first] + BEST_WORDING_CHARS * chars[:first]
    owners = np.maximum.reduceat(wordings[: len(index.wordings) - len(index.excludes)], index.first)
    owners = owners + CENTROID_WORDS * words[first:] + CENTROID_CHARS * chars[first:]
    if slotted:
        owners = owners * holders(reading, index)
    return _Likeness(wordings, owners)


def holders(reading: Words, index: Index) -> Floats:
    """1 for every owner that holds one of the placeholders of a reading, 0 for the others."""
    mask = np.zeros(len(index.owners), np.float32)
    for term in {term for term in reading if term.startswith("{")}:
        mask[index.words.holders(term)] = 1
    return mask


def vector(view: View, terms: Sequence[str], owners: int) -> dict[int, float]:
    """The unit vector of a query's terms in a view."""
    return unit(view, Counter(terms), rarest(owners))


def _candidate(owner: int, readings: Sequence[_Likeness], index: Index) -> Candidate:
    reading = int(np.argmax([likeness.owners[owner] for likeness in readings]))
    likeness = readings[reading]
    start, end = _span(owner, index)
    wording = start + int(np.argmax(likeness.wordings[start:end]))
    return Candidate(
        owner=index.owners[owner],
        number=owner,
        similarity=float(likeness.owners[owner]),
        wording=wording,
        reading=reading,
        excluded_by=_excluded_by(owner, float(likeness.wordings[wording]), readings, index),
    )


def _span(owner: int, index: Index) -> tuple[int, int]:
    own = len(index.wordings) - len(index.excludes)
    return int(index.first[owner]), int(index.first[owner + 1]) if owner + 1 < len(index.first) else own


def _excluded_by(owner: int, best: float, readings: Sequence[_Likeness], index: Index) -> int | None:
    """The number of a wording that the owner excludes and that is more like the query than its best own wording."""
    own = len(index.wordings) - len(index.excludes)
    rows = range(own + bisect_left(index.excludes, owner), own + bisect_right(index.excludes, owner))
    likest = max(rows, key=lambda row: max(float(likeness.wordings[row]) for likeness in readings), default=None)
    if likest is None or max(float(likeness.wordings[likest]) for likeness in readings) <= best:
        return None
    return likest
