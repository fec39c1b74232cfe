"""A query -> the few entries that are most like it."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from bot.index import Index, Owner, firmness, mark, slack
from bot.query import Query, Words, named
from bot.scope import doubt
from bot.sparse import Floats, Ints, holds, products, row, total, weight
from bot.vectors import Vectors, vectors

FEW = 8
"""How many candidates are weighed. The best never depends on how many a caller asks for."""

EXCLUDED = 0.5
"""How like a wording that an entry excludes a query must be to be excluded with it."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An owner that is like the query. `words`, `pieces` and `pairs` tell how much, in each view; `nearest` is the cosine with the
    wording most like the query, whose number is `wording`; `coverage` is the share of the query's weight whose stems stand in some
    wording of the owner (all 0..1), `missing` are the stems that stand in none. `doubt` is that of the reading (bot.scope), `near` how
    near the owner is to what was talked about just before (0..1; 0: nothing was), and `unnamed` tells that the message names something
    that the owner does not; `drops`, that it says several names and the owner does not hold one of them.

    `number` is that of the owner in the index, `reading` that of the reading that it is like. `excluded_by` is the number of a wording
    that the owner excludes and that is more like the query than its best own one.
    """

    owner: Owner
    number: int
    reading: int
    words: float
    pieces: float
    pairs: float
    nearest: float
    wording: int
    coverage: float
    missing: Words = ()
    doubt: float = 0.0
    near: float = 0.0
    unnamed: bool = False
    drops: bool = False
    excluded_by: int | None = None


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How like a reading every owner is: a row for each view (words, pieces, pairs), a column for each owner."""

    reading: Words
    asked: Vectors
    views: Floats


def find(query: Query, index: Index, few: int = FEW) -> tuple[Candidate, ...]:
    """The candidates of a query, the most similar first; equal ones in order of id. Empty if no wording shares anything."""
    if not index.owners or not any(query.readings):
        return ()
    found = [_likeness(reading, index, slotted=number > 0) for number, reading in enumerate(query.readings)]
    candidates = _best(found, index, few)
    if len(query.mentions) > 1:
        said = named(query)
        candidates = tuple(replace(item, drops=bool(said & set(item.missing))) for item in candidates)
    if not query.names:
        return candidates
    return tuple(replace(item, unnamed=not _names(item, query, index)) for item in candidates)


def find_without(wording: int, query: Query, index: Index, few: int = FEW) -> tuple[Candidate, ...]:
    """The candidates of a query of one reading, as if a wording did not stand in the base (it is the query itself).

    Exact for the three views and the nearest wording of its owner, but for the rounding of weights. What the wording adds to the
    rarity of terms, to odds and to coverage is left in.
    """
    likeness = _likeness(query.readings[0], index, slotted=False)
    owner = owner_of(wording, index)
    likeness.views[:, owner] = (
        _words_without(query.readings[0], owner, index),
        _cosine_without(float(likeness.views[1, owner]), float(index.pieces_sizes[owner])),
        _cosine_without(float(likeness.views[2, owner]), float(index.pairs_sizes[owner])),
    )
    return _best([likeness], index, few, wording)


def owner_of(wording: int, index: Index) -> int:
    """The number of the owner that a wording leads to."""
    return int(index.first.searchsorted(wording, "right")) - 1


def span_of(owner: int, index: Index) -> Span:
    """The wordings of an owner: the first, and the one after the last."""
    own = len(index.wordings) - len(index.excludes)
    return int(index.first[owner]), int(index.first[owner + 1]) if owner + 1 < len(index.first) else own


def wordings_of(kinds: Sequence[str], index: Index) -> Iterator[str]:
    """Every wording that leads to an owner of one of some kinds."""
    for number, owner in enumerate(index.owners):
        if owner.kind in kinds:
            yield from index.wordings[slice(*span_of(number, index))]


def _likeness(reading: Words, index: Index, *, slotted: bool) -> _Likeness:
    """A reading with names replaced speaks only to owners that have a place for the name: elsewhere the name itself has to be
    accounted for."""
    asked = vectors(reading, index)
    views = (asked.words, asked.pieces, asked.pairs)
    groups = np.repeat(np.arange(len(views)), [len(view.terms) for view in views])
    terms, factors = (np.concatenate(parts) for parts in ([view.terms for view in views], [view.factors for view in views]))
    found = total(index.holders, terms, factors, groups, len(views))
    return _Likeness(reading, asked, found * placed(reading, index) if slotted else found)


def placed(reading: Words, index: Index) -> Floats:
    """1 for every owner that holds one of the placeholders of a reading, 0 for the others."""
    mask = np.zeros(len(index.owners))
    for number in {index.stems[stem] for stem in reading if stem.startswith("{") and stem in index.stems}:
        mask[row(index.holders, number)] = 1
    return mask


def _cosine_without(cosine: float, size: float) -> float:
    """The cosine of a unit vector v with a sum S of length `size` after v was taken out of the sum: (S.v - 1) / |S - v|."""
    dot = cosine * size
    return (dot - 1) / math.sqrt(max(size * size - 2 * dot + 1, 1e-6)) if dot > 1 else 0.0


def _words_without(reading: Words, owner: int, index: Index) -> float:
    """The owner's share of the words of a reading after the reading was taken out of its wordings."""
    mean, size = float(index.words_sizes.sum()) / len(index.owners), float(index.words_sizes[owner])
    held = most = 0.0
    for stem, taken in Counter(reading).items():
        rarity = float(index.rarity[index.stems[stem]])
        firm = weight(index.holders, index.stems[stem], owner) / (rarity or 1.0)
        times = round(slack(size, mean) * firm / max(1 - firm, 1e-3)) - taken
        held += rarity * firmness(float(times), size - len(reading), mean) if times > 0 else 0.0
        most += rarity
    return held / (most or 1.0)


def _best(found: Sequence[_Likeness], index: Index, few: int, without: int | None = None) -> tuple[Candidate, ...]:
    sums = np.stack([likeness.views.sum(axis=0) for likeness in found])
    owners = _highest(sums.max(axis=0), few)
    readings = dict(zip(owners.tolist(), sums[:, owners].argmax(axis=0).tolist(), strict=True))
    if without is None:
        readings |= _verbatim(found, index)
    candidates: list[Candidate] = []
    for number, likeness in enumerate(found):
        own = [owner for owner, reading in readings.items() if reading == number]
        if own:
            candidates += _of_reading(number, np.array(own), likeness, index, without)
    return tuple(sorted(candidates, key=lambda one: (-one.words - one.pieces - one.pairs, one.number)))


def _verbatim(found: Sequence[_Likeness], index: Index) -> dict[int, int]:
    """The owners that one of the readings is a wording of, whatever else they hold, each with that reading."""
    owners: dict[int, int] = {}
    for number, likeness in enumerate(found):
        wanted = mark(likeness.reading)
        for at in range(*index.marks.searchsorted(np.array([wanted, wanted + 1], np.int64)).tolist()):
            owners.setdefault(owner_of(int(index.marked[at]), index), number)
    return owners


def _highest(values: Floats, few: int) -> Ints:
    """The places of the highest values above nought, at most so many; of equal ones the first."""
    if len(values) > 10 * few:
        least = np.partition(values, -few)[-few]
        places = np.flatnonzero(values >= least)
    else:
        places = np.arange(len(values))
    order = places[np.argsort(-values[places], kind="stable")][:few]
    return order[values[order] > 0]


def _of_reading(number: int, owners: Ints, likeness: _Likeness, index: Index, without: int | None) -> list[Candidate]:
    """The candidates that are like one of the readings."""
    spans = [span_of(int(owner), index) for owner in owners]
    barred = [_excluded(int(owner), index) for owner in owners]
    nearest = _nearest(likeness.asked, [*spans, *barred], index)
    for (first, last), values in zip(spans, nearest, strict=False):
        if without is not None and first <= without < last:
            values[without - first] = 0.0
    parts, held = likeness.views[:, owners].T.tolist(), holds(index.holders, likeness.asked.stems, owners)
    coverage, doubted = (likeness.asked.weights @ held / (likeness.asked.weight or 1.0)).tolist(), doubt(likeness.reading, index)
    return [
        Candidate(
            owner=index.owners[owner],
            number=owner,
            reading=number,
            words=parts[at][0],
            pieces=parts[at][1],
            pairs=parts[at][2],
            nearest=max(nearest[at]),
            wording=spans[at][0] + nearest[at].index(max(nearest[at])),
            coverage=coverage[at],
            missing=_missing(likeness, held[:, at], index),
            doubt=doubted,
            excluded_by=_nearer(barred[at], nearest[len(spans) + at], max(nearest[at]), likeness.asked, index),
        )
        for at, owner in enumerate(owners.tolist())
    ]


def _nearest(asked: Vectors, spans: Sequence[Span], index: Index) -> list[list[float]]:
    """For each span of wordings their cosines with a reading."""
    rows = np.array([row for span in spans for row in range(*span)])
    found = iter(products(index.rows, rows, asked.wording.terms, asked.wording.factors).tolist())
    return [list(islice(found, last - first)) for first, last in spans]


def _missing(likeness: _Likeness, held: Ints, index: Index) -> Words:
    numbers = set(likeness.asked.stems[held].tolist())
    return tuple(stem for stem in dict.fromkeys(likeness.reading) if index.stems.get(stem) not in numbers)


def _names(candidate: Candidate, query: Query, index: Index) -> bool:
    """Whether the owner names whatever the message names (another organisation, say)."""
    stems = [index.stems.get(stem) for name in query.names for stem in name]
    if None in stems:
        return False
    return bool(holds(index.holders, np.array(stems, np.int64), np.array([candidate.number])).all())


def _excluded(owner: int, index: Index) -> Span:
    """The wordings that an owner excludes."""
    own = len(index.wordings) - len(index.excludes)
    return own + bisect_left(index.excludes, owner), own + bisect_right(index.excludes, owner)


def _nearer(span: Span, nearest: Sequence[float], best: float, asked: Vectors, index: Index) -> int | None:
    """The wording of a span that is nearest, if it is near at all, nearer than the best, and its rarest word was said: "benefits of a gym
    membership" keeps nobody from asking for those of membership."""
    if not nearest or max(nearest) <= max(best, EXCLUDED):
        return None
    wording = span[0] + nearest.index(max(nearest))
    terms = row(index.rows, wording)
    stems = terms[terms < len(index.stems)]
    return wording if stems[index.rarity[stems].argmax()] in asked.stems else None
