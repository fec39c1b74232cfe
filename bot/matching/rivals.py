"""The wordings of a base that may be nearer to another subject than to their own, found in whole arrays.

Looking up every wording of a large base takes minutes. Most need no look, because no target of another subject can be nearer than their
own: the views of whole targets are computed here for all of them at once, and the last part of the likeness, that to the nearest single
wording, is 1 for the own target (the wording itself) and has an upper bound for the others.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bot.english.thesaurus import meant_words, sentence_vectors
from bot.english.tokens import plain_words
from bot.kinds import KINDS
from bot.matching.build_index import Held, Tokens, batches, occurrences, pairs, pieces_held, unit
from bot.matching.evidence import WORDING
from bot.matching.index import DIMENSIONS, Index, frequency
from bot.matching.query import Query
from bot.matching.sparse import Floats, Ints, entries, total

BATCH = 300
"""Wordings at a time: few enough that their rows (a number for each target, some ten times) stay in the processor's cache."""

SLACK = 0.004
"""By how much the own target must be ahead. Weights are stored with half precision (relative error 2**-11), so that the sum of three views
and the cosine of a wording with itself may be off by 0.001 each."""


Wording = tuple[str, str]
"""The id of an entry and one of its wordings."""


def contested(index: Index, tokens: Tokens) -> dict[Wording, Query]:
    """The wordings of entries to which a target of another subject may be as near as the entry, each as the query that it is."""
    stems, found = tuple(tokens.stems), {}
    for wordings, likeness in _likenesses(index, tokens):
        for wording in _close(wordings, likeness, index, tokens).tolist():
            first, last = tokens.wording.searchsorted([wording, wording + 1])
            text, reading = index.wordings[wording], tuple(stems[number] for number in tokens.number[first:last])
            words = plain_words(text)
            found[index.targets[tokens.target[wording]].id, text] = Query(text, words, words, readings=(reading,))
    return found


def _close(wordings: Ints, likeness: Floats, index: Index, tokens: Tokens) -> Ints:
    """Those of some wordings to which a target of another subject may be as near as their own."""
    subjects = np.unique([target.subject for target in index.targets], return_inverse=True)[1]
    for most in (lambda _: 1.0, lambda some: _nearest_at_most(some, index)):  # a rough bound for all, a finer one for what is left
        targets, rows = tokens.target[wordings], np.arange(len(wordings))
        others = np.where(subjects[targets][:, None] == subjects, -1.0, likeness + WORDING * most(wordings)).max(axis=1)
        close = others > likeness[rows, targets] + WORDING - SLACK
        wordings, likeness = wordings[close], likeness[close]
    return wordings


def _nearest_at_most(wordings: Ints, index: Index) -> Floats:
    """The most that the cosine of each wording with a wording of each target can be: the length of its unit vector over the stems and pairs
    that the target holds at all (by the inequality of Cauchy and Schwarz)."""
    places, lengths = entries(index.rows, wordings)
    terms, squares = index.rows.columns[places], index.rows.weights[places].astype(float) ** 2
    held = replace(index.holders, weights=np.ones_like(index.holders.weights))
    return np.sqrt(total(held, terms, squares, np.repeat(np.arange(len(wordings)), lengths), len(wordings)))


def _likenesses(index: Index, tokens: Tokens) -> Iterator[tuple[Ints, Floats]]:
    """(some wordings of entries, the sum of the views of whole targets: a row for each wording, a column for each target)."""
    of_words, of_pieces = _by_stem(index)
    of_entry = np.array([KINDS[target.kind].is_entry for target in index.targets])
    skip_bigrams = pairs(tokens)[2]
    for held in batches(occurrences(tokens.wording, tokens.number, len(tokens.stems)), tokens, BATCH):
        held = _part(held, of_entry[tokens.target[held.wording]])
        wordings, at = np.unique(held.wording, return_inverse=True)
        if len(wordings):
            near = _of_wordings(skip_bigrams, wordings)
            views = _words_and_pieces(held, at, (of_words, of_pieces), index) + _pairs(near, wordings, index)
            yield wordings, views + index.meanings.trust * _alike(wordings, index)


def _alike(wordings: Ints, index: Index) -> Floats:
    """How like each wording is to each target in the thesaurus."""
    words = [meant_words(plain_words(index.wordings[wording])) for wording in wordings.tolist()]
    return np.maximum(sentence_vectors(words) @ index.meanings.targets.reshape(-1, DIMENSIONS).T, 0.0)


def _by_stem(index: Index) -> tuple[Floats, Floats]:
    """What each stem adds to the views of words and of pieces, before division by the length of the reading: rows of targets."""
    size = len(index.stems)
    words = total(index.holders, np.arange(size), np.ones(size), np.arange(size), size).astype(np.float32)
    stems = np.repeat(np.arange(size), np.diff(index.pieces_of.starts))
    terms = index.pieces_of.columns.astype(np.int64) + size
    pieces = total(index.holders, terms, index.pieces_of.weights * index.rarity[terms], stems, size).astype(np.float32)
    return words, pieces


def _words_and_pieces(held: Held, at: Ints, of_stem: tuple[Floats, Floats], index: Index) -> Floats:
    """The sum of the two views. `at` numbers the wordings of what is held from 0."""
    size, weights = int(at[-1]) + 1, np.bincount(at, index.rarity[held.term])
    found = pieces_held(Held(at, held.term, held.times), index.pieces_of)
    terms, rows = found.term + len(index.stems), found.wording
    counted = frequency(found.times)
    lengths = np.sqrt(np.bincount(rows, (counted * index.rarity[terms]) ** 2, size))
    words, pieces = (factor.astype(np.float32)[:, None] for factor in (1 / weights[at], held.times / np.maximum(lengths, 1e-9)[at]))
    values = of_stem[0][held.term] * words + of_stem[1][held.term] * pieces
    sums = np.add.reduceat(values, np.flatnonzero(np.diff(at, prepend=-1)), axis=0)
    # A piece of several stems counts once, with the logarithm of how often it stands there: less than the sum over its stems.
    often = found.times > 1
    excess = ((counted - found.times) * index.rarity[terms])[often] / lengths[rows[often]]
    return np.asarray(sums + total(index.holders, terms[often], excess, rows[often], size))


def _pairs(held: Held, wordings: Ints, index: Index) -> Floats:
    terms = held.term + len(index.stems) + len(index.ngrams)
    row = wordings.searchsorted(held.wording)
    return total(index.holders, terms, unit(row, frequency(held.times) * index.rarity[terms]), row, len(wordings))


def _of_wordings(held: Held, wordings: Ints) -> Held:
    """What some wordings hold; what is held is in order of wording."""
    first, last = held.wording.searchsorted([wordings[0], wordings[-1] + 1])
    return _part(held, first + np.flatnonzero(np.isin(held.wording[first:last], wordings)))


def _part(held: Held, which: Ints) -> Held:
    return Held(held.wording[which], held.term[which], held.times[which])
