"""A knowledge base -> its index. Reckoned in whole arrays, so that a hundred thousand questions take seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from sys import intern
from typing import Any

import numpy as np

from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.knowledge import ENTRY_KINDS, OUTSIDE_KINDS, KnowledgeBase, subject_of
from bot.matching.entities import names_of
from bot.matching.index import APART, Index, Target, frequency, mark, pieces_of, saturation, share
from bot.matching.sparse import Floats, Ints, Sparse, entries, sparse, stacked, summed
from bot.matching.synonyms import synonyms_of

NAME_WEIGHT = 0.4
"""What a name that fills a slot counts beside a word of matter that is as rare: "is Kosovo in it" asks less about Kosovo than about
being in it, though no word may be rarer."""

RARE = 1.5
"""What is added to each side when words in and out of scope are counted, so that a word met once or twice decides nothing."""

BATCH = 2_000
"""Wordings that are spread into pieces at a time."""

Placed = tuple[str, str, int]
"""A wording, the file that it stands in and the line (0: unknown)."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The wordings as numbers of stems, one after the other: token t is a stem of wording `wording[t]`, which leads to owner
    `owner[wording[t]]` (-1: to none). `names` are the stems that fill a slot by themselves; `shares` tell for each stem what it counts."""

    stems: dict[str, int]
    names: frozenset[str]
    shares: Floats
    number: Ints
    wording: Ints
    target: Ints
    targets: int


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look at owners: how rare each term is, who holds it, and the size of each owner."""

    rarity: Floats
    holders: Sparse
    sizes: Floats


@dataclass(frozen=True, slots=True)
class _Held:
    """Which term stands how often in which wording, no place twice, in order of wording."""

    wording: Ints
    term: Ints
    times: Floats


def build(kb: KnowledgeBase) -> Index:
    """The index of a base. It does not depend on the order of files, entries or alternates."""
    groups = _groups(kb)
    excluded = [(number, text) for number, (target, _) in enumerate(groups) for text in _excluded(kb, target)]
    wordings = [wording for _, group in groups for wording in group] + [(text, "", 0) for _, text in excluded]
    sizes = [len(group) for _, group in groups]
    synonyms = synonyms_of(kb.synonyms)
    readings = [tuple(map(intern, synonyms.read(stems(plain_words(text)))[0])) for text, _, _ in wordings]
    tokens, marks = _tokens(readings, sizes, _names(kb)), np.array([mark(reading) for reading in readings[: sum(sizes)]], np.uint32)
    del readings  # what follows needs the memory
    targets = [target for target, _ in groups]
    return _index(targets, wordings, [number for number, _ in excluded], tokens, marks, _sides(targets, kb))


def _names(kb: KnowledgeBase) -> frozenset[str]:
    """The stems that are by themselves the name of a value which fills a slot."""
    names = names_of({name: entity for name, entity in kb.entities.items() if not entity.naming}).numbers
    return frozenset(stems([name for name in names if " " not in name]))


def _sides(targets: Sequence[Target], kb: KnowledgeBase) -> list[str]:
    """The kind of each owner, "" for small talk that every base has: it tells nothing of what lies outside this one."""
    return ["" if target.id in kb.talk and kb.talk[target.id].default else target.kind for target in targets]


def _index(
    targets: Sequence[Target], wordings: Sequence[Placed], excludes: Sequence[int], tokens: _Tokens, marks: Ints, sides: Sequence[str]
) -> Index:
    own = tokens.target[tokens.target >= 0]
    held = _held(tokens.wording, tokens.number, len(tokens.stems))
    skip_bigrams, near, far = _pairs(tokens)
    ngrams, of_stem = _pieces(tokens)
    spread = partial(_pieces_held, of_stem=of_stem)
    views = _words(held, tokens), _centroids(held, len(ngrams), tokens, spread), _centroids(far, len(skip_bigrams), tokens, _same)
    rarity = np.concatenate([view.rarity for view in views])
    files, file = _files(wordings)
    return Index(
        targets=tuple(targets),
        wordings=tuple(text for text, _, _ in wordings),
        files=files,
        file=file,
        lines=np.array([line for _, _, line in wordings], dtype=np.int32),
        first=own.searchsorted(np.arange(len(targets))).astype(np.int32),
        excludes=tuple(excludes),
        stems=tokens.stems,
        ngrams=ngrams,
        skip_bigrams=skip_bigrams,
        rarity=rarity,
        holders=stacked([view.holders for view in views]),
        words_sizes=views[0].sizes,
        pieces_sizes=views[1].sizes,
        pairs_sizes=views[2].sizes,
        pieces_of=of_stem,
        rows=_rows(held, near, rarity, len(tokens.stems) + len(ngrams), len(wordings)),
        marks=np.sort(marks),
        marked=np.argsort(marks, kind="stable").astype(np.int32),
        odds=_odds(held, sides, tokens),
    )


def _files(wordings: Sequence[Placed]) -> tuple[tuple[str, ...], Ints]:
    """(the files in order, the number of that of each wording)."""
    files = sorted({file for _, file, _ in wordings})
    number = {file: at for at, file in enumerate(files)}
    return tuple(files), np.array([number[file] for _, file, _ in wordings], np.int32)


def _groups(kb: KnowledgeBase) -> list[tuple[Target, list[Placed]]]:
    """Owners in order of id, each with its wordings in order of their text."""
    found: dict[str, list[Placed]] = {}
    for entry in kb.entries.values():
        found[entry.id] = [(text, place.file, place.line if entry.places else 0) for text, place in entry.wordings()]
        found[entry.id] += [(entry.claim, entry.file, entry.places.get("claim", (0, 0))[0])] if entry.claim else []
    for entry in kb.entries.values():
        for exclusion in entry.exclusions:
            if exclusion.see in found:
                found[exclusion.see].append((exclusion.say, "", 0))
    groups = [(Target(entry.id, entry.kind, subject_of(entry, kb.entries)), found[entry.id]) for entry in kb.entries.values()]
    for talk in kb.talk.values():
        groups.append((Target(talk.id, talk.kind, talk.id), [(text, "", 0) for text in talk.alternates]))
    return [(target, sorted(wordings)) for target, wordings in sorted(groups, key=lambda group: group[0].id)]


def _excluded(kb: KnowledgeBase, target: Target) -> list[str]:
    entry = kb.entries.get(target.id)
    return sorted(exclusion.say for exclusion in entry.exclusions) if entry and target.kind in ENTRY_KINDS else []


def _tokens(readings: Sequence[Words], sizes: Sequence[int], names: frozenset[str]) -> _Tokens:
    known = {stem: number for number, stem in enumerate(sorted({stem for reading in readings for stem in reading}))}
    lengths = [len(reading) for reading in readings]
    target = np.full(len(readings), -1)
    target[: sum(sizes)] = np.repeat(np.arange(len(sizes)), sizes)
    number = np.fromiter((known[stem] for reading in readings for stem in reading), np.int64, sum(lengths))
    return _Tokens(
        known,
        names,
        np.array([NAME_WEIGHT if stem in names else share(stem) for stem in known]),
        number,
        np.repeat(np.arange(len(readings)), lengths),
        target,
        len(sizes),
    )


def _held(wordings: Ints, terms: Ints, width: int, times: Floats | None = None) -> _Held:
    return _Held(*summed(wordings, terms, np.ones(len(terms)) if times is None else times, width))


def _pairs(tokens: _Tokens) -> tuple[Ints, _Held, _Held]:
    """(keys of all pairs in order, pairs of neighbours, pairs at most APART places apart)."""
    first = [tokens.number[:-apart] for apart in range(1, APART + 1)]
    second = [tokens.number[apart:] for apart in range(1, APART + 1)]
    wording = [tokens.wording[apart:] for apart in range(1, APART + 1)]
    within = [tokens.wording[:-apart] == of for apart, of in enumerate(wording, 1)]
    found = [(one * len(tokens.stems) + two)[same] for one, two, same in zip(first, second, within, strict=True)]
    keys, numbers = np.unique(np.concatenate(found), return_inverse=True)
    of = np.concatenate([of[same] for of, same in zip(wording, within, strict=True)])
    near = len(found[0])
    return keys, _held(of[:near], numbers[:near], len(keys)), _held(of, numbers, len(keys))


def _pieces(tokens: _Tokens) -> tuple[Any, Sparse]:
    """(the pieces of all stems in order, which stem has which). Names that fill a slot have none."""
    of_stem = [[] if stem in tokens.names else [piece.encode() for piece in pieces_of(stem)] for stem in tokens.stems]
    names = np.array(sorted({piece for ngrams in of_stem for piece in ngrams}), "S5")
    number = {piece: number for number, piece in enumerate(names.tolist())}
    flat = np.fromiter((number[piece] for ngrams in of_stem for piece in ngrams), np.int64)
    stem = np.repeat(np.arange(len(of_stem)), [len(ngrams) for ngrams in of_stem])
    held = summed(stem, flat, np.ones(len(flat)), len(names))
    return names, sparse(*held, (len(of_stem), len(names)))


def _pieces_held(held: _Held, of_stem: Sparse) -> _Held:
    places, lengths = entries(of_stem, held.term)
    times = of_stem.weights[places] * np.repeat(held.times, lengths)
    return _held(np.repeat(held.wording, lengths), of_stem.columns[places], of_stem.width, times)


def _same(held: _Held) -> _Held:
    return held


def _own(held: _Held, tokens: _Tokens) -> tuple[Ints, _Held]:
    """The owners of what is held, and what is held, without the wordings that owners exclude (they stand last)."""
    end = int(held.wording.searchsorted(int((tokens.target >= 0).sum())))
    return tokens.target[held.wording[:end]], _Held(held.wording[:end], held.term[:end], held.times[:end])


def _rarity(holders: Ints, tokens: _Tokens) -> Floats:
    """ln(1 + owners / holders) of each term (inverse entry frequency)."""
    return np.log1p(tokens.targets / np.maximum(holders, 1))


def _words(held: _Held, tokens: _Tokens) -> _View:
    """BM25's weight of each stem for each owner, over all its wordings, without the factor k1 + 1: at most the stem's rarity."""
    targets, own = _own(held, tokens)
    target, term, times = summed(targets, own.term, own.times, len(tokens.stems))
    holders = np.bincount(term, minlength=len(tokens.stems))
    rarity = (tokens.shares * _rarity(holders, tokens)).astype(np.float32)
    sizes = np.bincount(target, times, tokens.targets)
    firm = saturation(times, sizes[target], sizes.sum() / (len(sizes) or 1))
    return _View(rarity, sparse(term, target, rarity[term] * firm, (len(rarity), tokens.targets)), sizes)


def _centroids(held: _Held, terms: int, tokens: _Tokens, spread: Callable[[_Held], _Held]) -> _View:
    """The sum of the vectors of an owner's wordings, of length one. `spread` makes the terms of this view of what is held; it is done
    batch by batch and twice over, first to count holders, as all terms of a large base at once would not fit."""
    batches = _batches(held, tokens)
    holders = np.zeros(terms, np.int64)
    for batch in batches:
        part = spread(batch)
        _, term, _ = summed(tokens.target[part.wording], part.term, part.times, terms)
        holders += np.bincount(term, minlength=terms)
    rarity = _rarity(holders, tokens).astype(np.float32)
    target, term, weight = (np.empty(int(holders.sum()), kind) for kind in (np.int32, np.int32, np.float32))
    squares, filled = np.zeros(tokens.targets), 0
    for batch in batches:
        of, terms_held, sums = _sums(spread(batch), rarity, tokens)
        here = slice(filled, filled + len(of))
        target[here], term[here], weight[here] = of, terms_held, _unit(of, sums)
        squares += np.bincount(of, sums * sums, tokens.targets)
        filled = here.stop
    return _View(rarity, sparse(term, target, weight, (terms, tokens.targets)), np.sqrt(squares))


def _sums(held: _Held, rarity: Floats, tokens: _Tokens) -> tuple[Ints, Ints, Floats]:
    """(owner, term, weight) of the sums of unit vectors."""
    weights = _unit(held.wording, frequency(held.times) * rarity[held.term])
    return summed(tokens.target[held.wording], held.term, weights, len(rarity))


def _batches(held: _Held, tokens: _Tokens) -> list[_Held]:
    """What is held by the wordings of so many owners at a time that there are about BATCH of them."""
    own = tokens.target[tokens.target >= 0]
    starts = own.searchsorted(np.unique(own[::BATCH])) if len(own) else np.zeros(0, np.int64)
    cuts = held.wording.searchsorted(np.concatenate([starts, [len(own)]]))
    return [_Held(held.wording[a:b], held.term[a:b], held.times[a:b]) for a, b in pairwise(cuts) if b > a]


def _rows(held: _Held, near: _Held, rarity: Floats, before: int, wordings: int) -> Sparse:
    """The vector of each wording, of length one, over stems and pairs of neighbours, which are numbered after `before` other terms."""
    wording = np.concatenate([held.wording, near.wording])
    term = np.concatenate([held.term, near.term + before])
    weights = frequency(np.concatenate([held.times, near.times])) * rarity[term]
    return sparse(wording, term, _unit(wording, weights), (wordings, len(rarity)))


def _odds(held: _Held, kinds: Sequence[str], tokens: _Tokens) -> Floats:
    """The logarithm of the odds that a wording with a stem belongs to an entry and not to something outside the base, each side
    counting alike (a weight of evidence: S. Robertson and K. Sparck Jones, 1976), with RARE wordings added to both."""
    targets, own = _own(held, tokens)
    kind = np.array(kinds)[targets]
    inside, outside = (own.term[np.isin(kind, names)] for names in (ENTRY_KINDS, OUTSIDE_KINDS))
    wordings = [np.isin(np.array(kinds)[tokens.target[tokens.target >= 0]], names).sum() for names in (ENTRY_KINDS, OUTSIDE_KINDS)]
    if not all(wordings):
        return np.zeros(0, np.float32)
    counts = [np.bincount(terms, minlength=len(tokens.stems)) for terms in (inside, outside)]
    odds = np.log((counts[0] + RARE) / (counts[1] * wordings[0] / wordings[1] + RARE))
    return np.asarray(odds, np.float32)


def _unit(rows: Ints, weights: Floats) -> Floats:
    """Weights brought to length one in each row; rows are in any order."""
    lengths = np.sqrt(np.bincount(rows, weights * weights))
    return weights / np.maximum(lengths, 1e-9)[rows]
