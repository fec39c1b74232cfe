"""A knowledge base -> its index. Reckoned in whole arrays, so that a hundred thousand questions take seconds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Any

import numpy as np

from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.kinds import KINDS
from bot.knowledge import KnowledgeBase, subjects_of
from bot.matching.build_meanings import Said, meanings_of
from bot.matching.common_words import common
from bot.matching.entities import Names, names_of
from bot.matching.index import APART, Index, Meanings, Target, frequency, mark, pieces_of, saturation, share
from bot.matching.query import Lexicon
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
class Tokens:
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
class Held:
    """Which term stands how often in which wording, no place twice, in order of wording."""

    wording: Ints
    term: Ints
    times: Floats


def build(kb: KnowledgeBase) -> Index:
    """The index of a base. It does not depend on the order of files, entries or alternates."""
    return built(kb)[0]


def built(kb: KnowledgeBase, words: Lexicon | None = None) -> tuple[Index, Tokens]:
    """The index of a base, and the stems of its wordings that it was built from; `words` is its lexicon, if there is one already."""
    groups = _groups(kb)
    excluded = [(number, text) for number, (target, _) in enumerate(groups) for text in _excluded(kb, target)]
    wordings = [wording for _, group in groups for wording in group] + [(text, "", 0) for _, text in excluded]
    sizes = [len(group) for _, group in groups]
    synonyms, names = (words.synonyms, words.names) if words else (synonyms_of(kb.synonyms), names_of(kb.entities))
    readings = [synonyms.read(words)[0] for words in _stemmed([text for text, _, _ in wordings])]
    tokens, marks = _tokens(readings, sizes, _names(names, kb)), np.array([mark(reading) for reading in readings[: sum(sizes)]], np.uint32)
    del readings  # what follows needs the memory
    targets = [target for target, _ in groups]
    meanings = meanings_of(_said([text for text, _, _ in wordings], tokens), targets, kb)
    return _index(targets, wordings, [number for number, _ in excluded], tokens, marks, meanings, sides_of(targets, kb)), tokens


def _said(texts: Sequence[str], tokens: Tokens) -> Said:
    own = tokens.target[tokens.target >= 0]
    held = tokens.target[tokens.wording] >= 0
    target, stem, _ = summed(tokens.target[tokens.wording][held], tokens.number[held], np.ones(int(held.sum())), len(tokens.stems))
    return Said(texts[: len(own)], own, tokens.stems, tokens.names, (target, stem))


def _stemmed(texts: Sequence[str]) -> Iterator[Words]:
    """The stems of each text. Each word is stemmed once for the whole base, which is faster and keeps one string for each stem."""
    words = [plain_words(text) for text in texts]
    known = list(dict.fromkeys(chain.from_iterable(words)))
    stem = dict(zip(known, stems(known), strict=True))
    return (tuple(stem[word] for word in some) for some in words)


def sides_of(targets: Sequence[Target], kb: KnowledgeBase) -> list[str]:
    """The kind of each target, "" for small talk that every base has: it tells nothing of what lies outside this one."""
    return ["" if target.id in kb.talk and kb.talk[target.id].default else target.kind for target in targets]


def _names(names: Names, kb: KnowledgeBase) -> frozenset[str]:
    """The stems that are by themselves the name of a value which fills a slot."""
    slots = {entity.name for entity in kb.entities.values() if not entity.naming}
    filling = [name for name, values in names.numbers.items() if any(names.values[value].entity in slots for value in values)]
    return frozenset(stems([name for name in filling if " " not in name]))


def _index(
    targets: Sequence[Target],
    wordings: Sequence[Placed],
    excludes: Sequence[int],
    tokens: Tokens,
    marks: Ints,
    meanings: Meanings,
    sides: Sequence[str],
) -> Index:
    own, files = tokens.target[tokens.target >= 0], _files(wordings)
    held, (ngrams, of_stem) = occurrences(tokens.wording, tokens.number, len(tokens.stems)), _pieces(tokens)
    skip_bigrams, near, far = pairs(tokens)
    spread = partial(pieces_held, of_stem=of_stem)
    views = _words(held, tokens), _centroids(held, len(ngrams), tokens, spread), _centroids(far, len(skip_bigrams), tokens, _same)
    rarity = np.concatenate([view.rarity for view in views])
    return Index(
        targets=tuple(targets),
        wordings=tuple(text for text, _, _ in wordings),
        files=files[0],
        file=files[1],
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
        meanings=meanings,
        rows=rows_of(held, near, rarity, len(tokens.stems) + len(ngrams), len(wordings)),
        common=_common(held, rarity, tokens),
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
    subjects = subjects_of(kb.entries)
    groups = [(Target(entry.id, entry.kind, subjects[entry.id]), found[entry.id]) for entry in kb.entries.values()]
    for talk in kb.talk.values():
        groups.append((Target(talk.id, talk.kind, talk.id), [(text, "", 0) for text in talk.alternates]))
    return [(target, sorted(wordings)) for target, wordings in sorted(groups, key=lambda group: group[0].id)]


def _excluded(kb: KnowledgeBase, target: Target) -> list[str]:
    entry = kb.entries.get(target.id)
    return sorted(exclusion.say for exclusion in entry.exclusions) if entry and KINDS[target.kind].is_entry else []


def _tokens(readings: Sequence[Words], sizes: Sequence[int], names: frozenset[str]) -> Tokens:
    known = {stem: number for number, stem in enumerate(sorted({stem for reading in readings for stem in reading}))}
    lengths = [len(reading) for reading in readings]
    target = np.full(len(readings), -1)
    target[: sum(sizes)] = np.repeat(np.arange(len(sizes)), sizes)
    number = np.fromiter((known[stem] for reading in readings for stem in reading), np.int64, sum(lengths))
    return Tokens(
        known,
        names,
        np.array([NAME_WEIGHT if stem in names else share(stem) for stem in known]),
        number,
        np.repeat(np.arange(len(readings)), lengths),
        target,
        len(sizes),
    )


def occurrences(wordings: Ints, terms: Ints, width: int, times: Floats | None = None) -> Held:
    return Held(*summed(wordings, terms, np.ones(len(terms)) if times is None else times, width))


def pairs(tokens: Tokens) -> tuple[Ints, Held, Held]:
    """(keys of all pairs in order, pairs of neighbours, pairs at most APART places apart)."""
    first = [tokens.number[:-apart] for apart in range(1, APART + 1)]
    second = [tokens.number[apart:] for apart in range(1, APART + 1)]
    wording = [tokens.wording[apart:] for apart in range(1, APART + 1)]
    within = [tokens.wording[:-apart] == of for apart, of in enumerate(wording, 1)]
    found = [(one * len(tokens.stems) + two)[same] for one, two, same in zip(first, second, within, strict=True)]
    keys, numbers = np.unique(np.concatenate(found), return_inverse=True)
    of = np.concatenate([of[same] for of, same in zip(wording, within, strict=True)])
    near = len(found[0])
    return keys, occurrences(of[:near], numbers[:near], len(keys)), occurrences(of, numbers, len(keys))


def _pieces(tokens: Tokens) -> tuple[Any, Sparse]:
    """(the pieces of all stems in order, which stem has which). Names that fill a slot have none."""
    of_stem = [[] if stem in tokens.names else [piece.encode() for piece in pieces_of(stem)] for stem in tokens.stems]
    names = np.array(sorted({piece for ngrams in of_stem for piece in ngrams}), "S5")
    number = {piece: number for number, piece in enumerate(names.tolist())}
    flat = np.fromiter((number[piece] for ngrams in of_stem for piece in ngrams), np.int64)
    stem = np.repeat(np.arange(len(of_stem)), [len(ngrams) for ngrams in of_stem])
    held = summed(stem, flat, np.ones(len(flat)), len(names))
    return names, sparse(*held, (len(of_stem), len(names)))


def pieces_held(held: Held, of_stem: Sparse) -> Held:
    places, lengths = entries(of_stem, held.term)
    times = of_stem.weights[places] * np.repeat(held.times, lengths)
    return occurrences(np.repeat(held.wording, lengths), of_stem.columns[places], of_stem.width, times)


def _same(held: Held) -> Held:
    return held


def own_of(held: Held, tokens: Tokens) -> tuple[Ints, Held]:
    """The owners of what is held, and what is held, without the wordings that owners exclude (they stand last)."""
    end = int(held.wording.searchsorted(int((tokens.target >= 0).sum())))
    return tokens.target[held.wording[:end]], Held(held.wording[:end], held.term[:end], held.times[:end])


def _rarity(holders: Ints, tokens: Tokens) -> Floats:
    """ln(1 + owners / holders) of each term (inverse entry frequency)."""
    return np.log1p(tokens.targets / np.maximum(holders, 1))


def _words(held: Held, tokens: Tokens) -> _View:
    """BM25's weight of each stem for each owner, over all its wordings, without the factor k1 + 1: at most the stem's rarity."""
    targets, own = own_of(held, tokens)
    target, term, times = summed(targets, own.term, own.times, len(tokens.stems))
    holders = np.bincount(term, minlength=len(tokens.stems))
    rarity = (tokens.shares * _rarity(holders, tokens)).astype(np.float32)
    sizes = np.bincount(target, times, tokens.targets)
    firm = saturation(times, sizes[target], sizes.sum() / (len(sizes) or 1))
    return _View(rarity, sparse(term, target, rarity[term] * firm, (len(rarity), tokens.targets)), sizes)


def _centroids(held: Held, terms: int, tokens: Tokens, spread: Callable[[Held], Held]) -> _View:
    """The sum of the vectors of an owner's wordings, of length one. `spread` makes the terms of this view of what is held; it is done
    batch by batch and twice over, first to count holders, as all terms of a large base at once would not fit."""
    parts = batches(held, tokens)
    holders = np.zeros(terms, np.int64)
    for batch in parts:
        part = spread(batch)
        _, term, _ = summed(tokens.target[part.wording], part.term, part.times, terms)
        holders += np.bincount(term, minlength=terms)
    rarity = _rarity(holders, tokens).astype(np.float32)
    target, term, weight = (np.empty(int(holders.sum()), kind) for kind in (np.int32, np.int32, np.float32))
    squares, filled = np.zeros(tokens.targets), 0
    for batch in parts:
        of, terms_held, sums = sums_of(spread(batch), rarity, tokens)
        here = slice(filled, filled + len(of))
        target[here], term[here], weight[here] = of, terms_held, unit(of, sums)
        squares += np.bincount(of, sums * sums, tokens.targets)
        filled = here.stop
    return _View(rarity, sparse(term, target, weight, (terms, tokens.targets)), np.sqrt(squares))


def sums_of(held: Held, rarity: Floats, tokens: Tokens) -> tuple[Ints, Ints, Floats]:
    """(owner, term, weight) of the sums of unit vectors."""
    weights = unit(held.wording, frequency(held.times) * rarity[held.term])
    return summed(tokens.target[held.wording], held.term, weights, len(rarity))


def batches(held: Held, tokens: Tokens, size: int = BATCH) -> list[Held]:
    """What is held by the wordings of so many owners at a time that there are about `size` of them."""
    own = tokens.target[tokens.target >= 0]
    starts = own.searchsorted(np.unique(own[::size])) if len(own) else np.zeros(0, np.int64)
    cuts = held.wording.searchsorted(np.concatenate([starts, [len(own)]]))
    return [Held(held.wording[a:b], held.term[a:b], held.times[a:b]) for a, b in pairwise(cuts) if b > a]


def rows_of(held: Held, near: Held, rarity: Floats, before: int, wordings: int) -> Sparse:
    """The vector of each wording, of length one, over stems and pairs of neighbours, which are numbered after `before` other terms."""
    wording = np.concatenate([held.wording, near.wording])
    term = np.concatenate([held.term, near.term + before])
    weights = frequency(np.concatenate([held.times, near.times])) * rarity[term]
    return sparse(wording, term, unit(wording, weights), (wordings, len(rarity)))


def _common(held: Held, rarity: Floats, tokens: Tokens) -> Sparse:
    """The stems that the wordings of each owner have in common."""
    targets, own = own_of(held, tokens)
    sizes = np.bincount(tokens.target[tokens.target >= 0], minlength=tokens.targets)
    return common(targets, own.term, sizes, rarity[: len(tokens.stems)], tokens.targets)


def _odds(held: Held, sides: Sequence[str], tokens: Tokens) -> Floats:
    targets, found = own_of(held, tokens)
    return odds_of((targets, found.term), tokens.target[tokens.target >= 0], sides, len(tokens.stems))


def odds_of(held: tuple[Ints, Ints], owners: Ints, kinds: Sequence[str], stems: int) -> Floats:
    """The logarithm of the odds that a wording with a stem belongs to an entry and not to something outside the base, each side
    counting alike (a weight of evidence: S. Robertson and K. Sparck Jones, 1976), with RARE wordings added to both. `held` are the owner
    and the stem of each stem of each wording, `owners` those of the wordings; of what has no kind ("") nothing is told."""
    (targets, terms), of = held, np.array(kinds)
    sides = ([name for name, one in KINDS.items() if one.is_entry], [name for name, one in KINDS.items() if one.tells_against])
    inside, outside = (terms[np.isin(of, names)[targets]] for names in sides)
    wordings = [np.isin(of, names)[owners].sum() for names in sides]
    if not all(wordings):
        return np.zeros(0, np.float32)
    counts = [np.bincount(terms, minlength=stems) for terms in (inside, outside)]
    odds = np.log((counts[0] + RARE) / (counts[1] * wordings[0] / wordings[1] + RARE))
    return np.asarray(odds, np.float32)


def unit(rows: Ints, weights: Floats) -> Floats:
    """Weights brought to length one in each row; rows are in any order."""
    lengths = np.sqrt(np.bincount(rows, weights * weights))
    return weights / np.maximum(lengths, 1e-9)[rows]
