"""A query -> the few entries that are most like it."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.english.thesaurus import meant_words, sentence_vector
from bot.matching.coverage import Coverage, coverage
from bot.matching.index import DIMENSIONS, Index, Target, length_norm, mark, saturation
from bot.matching.query import Query, Words, named
from bot.matching.scope import doubt
from bot.matching.sparse import Floats, Ints, holds, products, row, total, weight
from bot.matching.vectors import Vectors, vectors

FEW = 8
"""How many candidates are weighed. The best never depends on how many a caller asks for."""

EXCLUDED = 0.5
"""How like a wording that an entry excludes a query must be to be excluded with it."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An owner that is like the query. `words`, `pieces` and `pairs` tell how much, in each view (`meaning`: in the
    thesaurus, which counts `trust` times a view); `nearest` is the cosine with the
    wording most like the query, whose number is `wording`; `coverage` is the share of the query's weight whose stems stand in some
    wording of the owner (all 0..1), `missing` are the stems that stand in none;
    `uncovered`, `foreign`, `numbers`, `opposed` and `unsaid` tell what of the question it does not hold (see coverage). `lacks` is how much
    a word counts that its wordings have in common and the question lacks (0..1; see common_words), `lacked` the number of its stem.
    `doubt` is that of the reading (see scope), `near` how near the owner is to what was talked about just before (0..1; 0: nothing was),
    and `unnamed` tells that the message names something that the owner does not; `drops`, that it says several names and the owner does
    not hold one of them.

    `number` is that of the owner in the index, `reading` that of the reading that it is like. `excluded_by` is the number of a wording
    that the owner excludes and that is more like the query than its best own one.
    """

    target: Target
    number: int
    reading: int
    words: float
    ngrams: float
    skip_bigrams: float
    meaning: float
    trust: float
    nearest: float
    wording: int
    coverage: float
    missing: Words = ()
    uncovered: float = 0.0
    foreign: Words = ()
    numbers: Words = ()
    opposed: Words = ()
    unsaid: str | None = None
    lacks: float = 0.0
    lacked: int | None = None
    doubt: float = 0.0
    near: float = 0.0
    unnamed: bool = False
    drops: bool = False
    excluded_by: int | None = None


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How like a reading every owner is: a row for each view (words, pieces, pairs, meaning), a column for each owner."""

    reading: Words
    asked: Vectors
    views: Floats


def find(query: Query, index: Index, few: int = FEW) -> tuple[Candidate, ...]:
    """The candidates of a query, the most similar first; equal ones in order of id. Empty if no wording shares anything."""
    if not index.targets or not any(query.readings):
        return ()
    meaning = _meaning(query, index)
    found = [_likeness(reading, meaning, index, slotted=number > 0) for number, reading in enumerate(query.readings)]
    candidates = _best(found, query, index, few)
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
    likeness = _likeness(query.readings[0], _meaning(query, index), index, slotted=False)
    target = target_of(wording, index)
    likeness.views[:, target] = (
        _words_without(query.readings[0], target, index),
        _cosine_without(float(likeness.views[1, target]), float(index.pieces_sizes[target])),
        _cosine_without(float(likeness.views[2, target]), float(index.pairs_sizes[target])),
        _cosine_without(float(likeness.views[3, target]), float(index.meanings.sizes[target])),
    )
    return _best([likeness], query, index, few, wording)


def target_of(wording: int, index: Index) -> int:
    """The number of the owner that a wording leads to."""
    return int(index.first.searchsorted(wording, "right")) - 1


def span_of(target: int, index: Index) -> Span:
    """The wordings of an owner: the first, and the one after the last."""
    own = len(index.wordings) - len(index.excludes)
    return int(index.first[target]), int(index.first[target + 1]) if target + 1 < len(index.first) else own


def first_wording(name: str, index: Index) -> str:
    """The first wording of the owner of an id. Raises StopIteration if there is none."""
    return index.wordings[span_of(_number_of(name, index), index)[0]]


def _number_of(name: str, index: Index) -> int:
    return next(at for at, target in enumerate(index.targets) if target.id == name)


def wordings_of(kinds: Sequence[str], index: Index) -> Iterator[str]:
    """Every wording that leads to an owner of one of some kinds."""
    for number, target in enumerate(index.targets):
        if target.kind in kinds:
            yield from index.wordings[slice(*span_of(number, index))]


def in_wordings(name: str, words: Iterable[str], index: Index) -> frozenset[str]:
    """Those of some stems that stand in a wording of the owner of an id."""
    known = [word for word in words if word in index.stems]
    found = holds(index.holders, np.array([index.stems[word] for word in known], np.int64), np.array([_number_of(name, index)]))
    return frozenset(word for word, held in zip(known, found, strict=True) if held[0])


def _meaning(query: Query, index: Index) -> Floats:
    """How like a query each target is in the thesaurus (0..1). What a name says is left to the other views."""
    names = {place for mention in query.mentions for place in range(mention.start, mention.end)}
    words = meant_words([word for place, word in enumerate(query.mended) if place not in names])
    found = index.meanings.targets.reshape(-1, DIMENSIONS) @ sentence_vector(words)
    return np.maximum(found, 0.0)


def _likeness(reading: Words, meaning: Floats, index: Index, *, slotted: bool) -> _Likeness:
    """A reading with names replaced speaks only to owners that have a place for the name: elsewhere the name itself has to be
    accounted for."""
    asked = vectors(reading, index)
    views = (asked.words, asked.ngrams, asked.skip_bigrams)
    groups = np.repeat(np.arange(len(views)), [len(view.terms) for view in views])
    terms, factors = (np.concatenate(parts) for parts in ([view.terms for view in views], [view.factors for view in views]))
    found = np.vstack([total(index.holders, terms, factors, groups, len(views)), meaning])
    return _Likeness(reading, asked, found * placed(reading, index) if slotted else found)


def placed(reading: Words, index: Index) -> Floats:
    """1 for every owner that holds one of the placeholders of a reading, 0 for the others."""
    mask = np.zeros(len(index.targets))
    for number in {index.stems[stem] for stem in reading if stem.startswith("{") and stem in index.stems}:
        mask[row(index.holders, number)] = 1
    return mask


def _cosine_without(cosine: float, size: float) -> float:
    """The cosine of a unit vector v with a sum S of length `size` after v was taken out of the sum: (S.v - 1) / |S - v|."""
    dot = cosine * size
    return (dot - 1) / math.sqrt(max(size * size - 2 * dot + 1, 1e-6)) if dot > 1 else 0.0


def _words_without(reading: Words, target: int, index: Index) -> float:
    """The owner's share of the words of a reading after the reading was taken out of its wordings."""
    mean, size = float(index.words_sizes.sum()) / len(index.targets), float(index.words_sizes[target])
    held = most = 0.0
    for stem, taken in Counter(reading).items():
        rarity = float(index.rarity[index.stems[stem]])
        firm = weight(index.holders, index.stems[stem], target) / (rarity or 1.0)
        times = round(length_norm(size, mean) * firm / max(1 - firm, 1e-3)) - taken
        held += rarity * saturation(float(times), size - len(reading), mean) if times > 0 else 0.0
        most += rarity
    return held / (most or 1.0)


def _best(found: Sequence[_Likeness], query: Query, index: Index, few: int, without: int | None = None) -> tuple[Candidate, ...]:
    counts = np.array([1.0, 1.0, 1.0, index.meanings.trust])
    sums = np.stack([counts @ likeness.views for likeness in found])
    targets = _highest(sums.max(axis=0), few)
    readings = dict(zip(targets.tolist(), sums[:, targets].argmax(axis=0).tolist(), strict=True))
    if without is None:
        readings |= _verbatim(found, index)
    held_of = dict(zip(readings, coverage(query, np.array(list(readings), np.int64), index), strict=True))
    candidates: list[Candidate] = []
    for number, likeness in enumerate(found):
        own = {target: held_of[target] for target, reading in readings.items() if reading == number}
        if own:
            candidates += _of_reading(number, own, likeness, index, without)
    return tuple(sorted(candidates, key=lambda one: (-one.words - one.ngrams - one.skip_bigrams - one.trust * one.meaning, one.number)))


def _verbatim(found: Sequence[_Likeness], index: Index) -> dict[int, int]:
    """The owners that one of the readings is a wording of, whatever else they hold, each with that reading."""
    targets: dict[int, int] = {}
    for number, likeness in enumerate(found):
        wanted = mark(likeness.reading)
        for at in range(*index.marks.searchsorted(np.array([wanted, wanted + 1], np.int64)).tolist()):
            targets.setdefault(target_of(int(index.marked[at]), index), number)
    return targets


def _highest(values: Floats, few: int) -> Ints:
    """The places of the highest values above nought, at most so many; of equal ones the first."""
    if len(values) > 10 * few:
        least = np.partition(values, -few)[-few]
        places = np.flatnonzero(values >= least)
    else:
        places = np.arange(len(values))
    order = places[np.argsort(-values[places], kind="stable")][:few]
    return order[values[order] > 0]


def _of_reading(number: int, held_of: Mapping[int, Coverage], likeness: _Likeness, index: Index, without: int | None) -> list[Candidate]:
    """The candidates that are like one of the readings; `held_of` tells what each holds of the query."""
    targets, spans = np.array(list(held_of), np.int64), [span_of(target, index) for target in held_of]
    nearest = _nearest(likeness.asked, [*spans, *(_excluded(target, index) for target in held_of)], index, without)
    parts, stems = likeness.views[:, targets].T.tolist(), holds(index.holders, likeness.asked.stems, targets)
    shares, doubted = (likeness.asked.weights @ stems / (likeness.asked.weight or 1.0)).tolist(), doubt(likeness.reading, index)
    return [
        Candidate(
            target=index.targets[target],
            number=target,
            reading=number,
            words=parts[at][0],
            ngrams=parts[at][1],
            skip_bigrams=parts[at][2],
            meaning=parts[at][3],
            trust=index.meanings.trust,
            nearest=nearest[at][0],
            wording=nearest[at][1],
            coverage=shares[at],
            missing=_missing(likeness, stems[:, at], index),
            uncovered=held.missing,
            foreign=held.foreign,
            numbers=held.numbers,
            opposed=held.opposed,
            unsaid=held.unsaid,
            lacks=held.lacks[0] * _larger(spans[at], without),
            lacked=held.lacks[1],
            doubt=doubted,
            excluded_by=_nearer(*nearest[len(spans) + at], nearest[at][0], likeness.asked, index),
        )
        for at, (target, held) in enumerate(held_of.items())
    ]


def _nearest(asked: Vectors, spans: Sequence[Span], index: Index, without: int | None = None) -> list[tuple[float, int]]:
    """For each span of wordings the highest cosine with a reading, and the first wording that has it; (0.0, -1) if the span is empty. One
    wording may count as if it shared nothing."""
    found = products(index.rows, spans, asked.wording.terms, asked.wording.factors)
    best: list[tuple[float, int]] = []
    for values, (first, last) in zip(found, spans, strict=True):
        if without is not None and first <= without < last:
            values[without - first] = 0.0
        at = int(values.argmax()) if len(values) else -1
        best.append((float(values[at]), first + at) if at >= 0 else (0.0, -1))
    return best


def _larger(span: Span, without: int | None) -> float:
    """How much larger the share of an owner's wordings that have a word becomes when one is left out that has it not."""
    first, last = span
    return (last - first) / (last - first - 1) if without is not None and first <= without < last and last - first > 1 else 1.0


def _missing(likeness: _Likeness, held: Ints, index: Index) -> Words:
    numbers = set(likeness.asked.stems[held].tolist())
    return tuple(stem for stem in dict.fromkeys(likeness.reading) if index.stems.get(stem) not in numbers)


def _names(candidate: Candidate, query: Query, index: Index) -> bool:
    """Whether the owner names whatever the message names (another organisation, say)."""
    stems = [index.stems.get(stem) for name in query.names for stem in name]
    if None in stems:
        return False
    return bool(holds(index.holders, np.array(stems, np.int64), np.array([candidate.number])).all())


def _excluded(target: int, index: Index) -> Span:
    """The wordings that an owner excludes."""
    own = len(index.wordings) - len(index.excludes)
    return own + bisect_left(index.excludes, target), own + bisect_right(index.excludes, target)


def _nearer(nearest: float, wording: int, best: float, asked: Vectors, index: Index) -> int | None:
    """The nearest wording that is excluded, if it is near at all, nearer than the best, and its rarest word was said: "benefits of a gym
    membership" keeps nobody from asking for those of membership."""
    if nearest <= max(best, EXCLUDED):
        return None
    terms = row(index.rows, wording)
    stems = terms[terms < len(index.stems)]
    return wording if stems[index.rarity[stems].argmax()] in asked.stems else None
