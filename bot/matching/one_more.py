"""An index and a lexicon -> the same with one entry more, in milliseconds: for a preview of what somebody writes.

Beside an index that is built anew of all entries:
  - rarity is that of all entries, and the new entry is weighed by it; the weights of the other entries stay as they were, so that a word
    which few of them use weighs a little more there;
  - the fit of scores and the trust in the thesaurus stay as they were: scores differ by a few points;
  - the new entry stands last, and so comes after what is exactly as like a question;
  - the messages that it excludes lead to no other entry, and the wordings of default small talk stay though it asks the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.english.tokens import plain_words
from bot.knowledge import Entry, KnowledgeBase, subjects_of
from bot.matching.build_index import Held, Tokens, built, occurrences, odds_of, own_of, pairs, pieces_held, rows_of, sides_of, sums_of, unit
from bot.matching.common_words import common
from bot.matching.index import DIMENSIONS, Index, Meanings, saturation, share
from bot.matching.query import Lexicon
from bot.matching.sparse import Floats, Ints, Sparse, entries, inserted, renumbered, summed
from bot.matching.spelling import with_words


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The terms of two indexes together, numbered as in each of them. `stems` and `terms` give, for the old index and the new entry, the
    numbers of their stems and of all their terms; `fresh` are those of stems that only the new entry has."""

    names: dict[str, int]
    ngrams: Floats
    pairs: Ints
    stems: tuple[Ints, Ints]
    terms: tuple[Ints, Ints]
    fresh: Ints

    @property
    def size(self) -> int:
        return len(self.names) + len(self.ngrams) + len(self.pairs)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The new entry, weighed by the rarity of all: which of its terms it holds, how firmly, its wordings, and its size in each view."""

    terms: Ints
    weights: Floats
    rows: Sparse
    sizes: tuple[float, float, float]


def lexicon_with(lexicon: Lexicon, entry: Entry) -> Lexicon:
    """The lexicon with the words of an entry."""
    words = {word for text in entry.questions for word in plain_words(text)}
    return replace(lexicon, speller=with_words(lexicon.speller, words))


def index_with(index: Index, lexicon: Lexicon, kb: KnowledgeBase, entry: Entry) -> Index:
    """The index with an entry of a base, which is not in it yet; the lexicon is that of the base."""
    alone, tokens = built(replace(kb, entries={entry.id: entry}, talk={}), lexicon)
    known = _vocabulary(index, alone)
    rarity = _rarity(index, alone, known)
    own = _weighed(index, alone, tokens, rarity[known.terms[1]])
    wider = renumbered(index.rows, known.terms[0], known.size)
    rows = inserted(wider, _rows_at(index, alone), renumbered(own.rows, known.terms[1], known.size))
    more = _with_wordings(index, alone, subjects_of(kb.entries)[entry.id])
    return replace(
        more,
        stems=known.names,
        ngrams=known.ngrams,
        skip_bigrams=known.pairs,
        rarity=rarity,
        holders=_holders(index, own, known),
        words_sizes=np.append(index.words_sizes, own.sizes[0]),
        pieces_sizes=np.append(index.pieces_sizes, own.sizes[1]),
        pairs_sizes=np.append(index.pairs_sizes, own.sizes[2]),
        pieces_of=_pieces_of(index, alone, known),
        meanings=_meanings(index, alone.meanings, known),
        rows=rows,
        common=_common(index, (alone, tokens), rarity, known),
        odds=_odds(rows, more.first, sides_of(more.targets, kb), len(more.wordings) - len(more.excludes), len(known.names)),
    )


def _with_wordings(index: Index, alone: Index, subject: str) -> Index:
    """The index with the wordings of the new entry and where they stand; what is looked up is still that of the old one."""
    before, count = len(index.wordings) - len(index.excludes), len(alone.wordings) - len(alone.excludes)
    at, marks = _rows_at(index, alone), index.marks.searchsorted(alone.marks)
    files = tuple(dict.fromkeys((*index.files, *alone.files)))
    return replace(
        index,
        targets=(*index.targets, replace(alone.targets[0], subject=subject)),
        wordings=(*index.wordings[:before], *alone.wordings[:count], *index.wordings[before:], *alone.wordings[count:]),
        files=files,
        file=np.insert(index.file, at, np.array([files.index(file) for file in alone.files])[alone.file]),
        lines=np.insert(index.lines, at, alone.lines),
        first=np.append(index.first, np.int32(before)),
        excludes=(*index.excludes, *(len(index.targets) for _ in alone.excludes)),
        marks=np.insert(index.marks, marks, alone.marks),
        marked=np.insert(index.marked, marks, alone.marked + before),
    )


def _rows_at(index: Index, alone: Index) -> Ints:
    """Before which of the old wordings each new one stands: after all that lead to an owner, or after all that are excluded."""
    ends = len(index.wordings) - len(index.excludes), len(index.wordings)
    return np.repeat(ends, [len(alone.wordings) - len(alone.excludes), len(alone.excludes)])


def _vocabulary(index: Index, alone: Index) -> _Vocabulary:
    names = {stem: number for number, stem in enumerate(sorted(dict.fromkeys((*index.stems, *alone.stems))))}
    stems = tuple(np.array([names[stem] for stem in one.stems], np.int64) for one in (index, alone))
    fresh = np.array([number for stem, number in names.items() if stem not in index.stems], np.int64)
    ngrams = _joined(index.ngrams, alone.ngrams)
    keys = [_keys(one, numbers, len(names)) for one, numbers in zip((index, alone), stems, strict=True)]
    found = _joined(keys[0], keys[1])
    terms = [
        np.concatenate([numbers, ngrams.searchsorted(one.ngrams) + len(names), found.searchsorted(own) + len(names) + len(ngrams)])
        for one, numbers, own in zip((index, alone), stems, keys, strict=True)
    ]
    return _Vocabulary(names, ngrams, found, (stems[0], stems[1]), (terms[0], terms[1]), fresh)


def _joined(old: Floats, new: Floats) -> Floats:
    """Two arrays in order as one."""
    places = old.searchsorted(new)
    fresh = np.ones(len(new), bool)
    fresh[places < len(old)] = old[places[places < len(old)]] != new[places < len(old)]
    return np.insert(old, places[fresh], new[fresh])


def _keys(index: Index, stems: Ints, size: int) -> Ints:
    """The keys of the pairs of an index whose stems have other numbers among so many."""
    first, second = np.divmod(index.skip_bigrams, max(len(index.stems), 1))
    keys: Ints = stems[first] * size + stems[second]
    return keys


def _rarity(index: Index, alone: Index, known: _Vocabulary) -> Floats:
    """The rarity of all terms: ln(1 + owners / holders), times what the term counts."""
    owners, holders = len(index.targets), np.zeros(known.size)
    holders[known.terms[0]] = np.diff(index.holders.starts)
    counts = np.ones(known.size)
    counts[known.fresh] = [share(stem) for stem in known.names if stem not in index.stems]
    counts[known.terms[0]] = index.rarity / np.log1p(owners / np.maximum(holders[known.terms[0]], 1))
    holders[known.terms[1]] += np.diff(alone.holders.starts)
    return np.asarray(counts * np.log1p((owners + 1) / np.maximum(holders, 1)), np.float32)


def _weighed(index: Index, alone: Index, tokens: Tokens, rarity: Floats) -> _Weighed:
    stems, before = len(alone.stems), len(alone.stems) + len(alone.ngrams)
    held = occurrences(tokens.wording, tokens.number, stems)
    _, near, far = pairs(tokens)
    _, own = own_of(held, tokens)
    _, words, times = summed(np.zeros(len(own.term), np.int64), own.term, own.times, stems)
    size = float(times.sum())
    firm = saturation(times, np.array(size), (float(index.words_sizes.sum()) + size) / (len(index.targets) + 1))
    pieces = _centroid(pieces_held(own, alone.pieces_of), rarity[stems:before], tokens)
    bigrams = _centroid(own_of(far, tokens)[1], rarity[before:], tokens)
    return _Weighed(
        np.concatenate([words, pieces[0] + stems, bigrams[0] + before]),
        np.concatenate([rarity[words] * firm, pieces[1], bigrams[1]]),
        rows_of(held, near, rarity, before, len(alone.wordings)),
        (size, pieces[2], bigrams[2]),
    )


def _centroid(held: Held, rarity: Floats, tokens: Tokens) -> tuple[Ints, Floats, float]:
    """(terms, weights, size) of the sum of the vectors of the new entry's wordings."""
    of, terms, sums = sums_of(held, rarity, tokens)
    return terms, unit(of, sums) if len(of) else sums, float(np.sqrt((sums * sums).sum()))


def _holders(index: Index, own: _Weighed, known: _Vocabulary) -> Sparse:
    """Who holds which term: new terms are rows of their own, and the new entry comes last in the row of each of its terms."""
    width = len(index.targets) + 1
    lengths = np.zeros(known.size, np.int64)
    lengths[known.terms[0]] = np.diff(index.holders.starts)
    ends, terms = np.cumsum(lengths), known.terms[1][own.terms]
    lengths[terms] += 1
    same = renumbered(index.holders, None, width)
    return Sparse(
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        np.insert(same.columns, ends[terms], len(index.targets)),
        np.insert(same.weights, ends[terms], own.weights),
        width,
    )


def _pieces_of(index: Index, alone: Index, known: _Vocabulary) -> Sparse:
    before = len(known.names)
    old, new = (
        renumbered(one.pieces_of, terms[len(one.stems) : len(one.stems) + len(one.ngrams)] - before, len(known.ngrams))
        for one, terms in zip((index, alone), known.terms, strict=True)
    )
    return inserted(old, _places(known), new, np.flatnonzero(np.isin(known.stems[1], known.fresh)))


def _common(index: Index, new: tuple[Index, Tokens], rarity: Floats, known: _Vocabulary) -> Sparse:
    """The words that the wordings of each owner have in common; those of the new entry come last."""
    (alone, tokens), number, width = new, len(index.targets), len(known.names)
    targets, own = own_of(occurrences(tokens.wording, tokens.number, len(alone.stems)), tokens)
    sizes = np.array([len(alone.wordings) - len(alone.excludes)])
    row = common(targets, own.term, sizes, rarity[known.stems[1]], number + 1)
    return inserted(renumbered(index.common, known.stems[0], width), np.array([number]), renumbered(row, known.stems[1], width))


def _places(known: _Vocabulary) -> Ints:
    """Before which of the old stems each fresh one stands."""
    return known.stems[0].searchsorted(known.fresh)


def _meanings(index: Index, alone: Meanings, known: _Vocabulary) -> Meanings:
    old, number = index.meanings, len(index.targets)
    fresh = np.isin(known.stems[1], known.fresh)
    stems = np.insert(old.stems.reshape(-1, DIMENSIONS), _places(known), alone.stems.reshape(-1, DIMENSIONS)[fresh], axis=0)
    width = len(known.names)
    return Meanings(
        targets=np.concatenate([old.targets, alone.targets]),
        sizes=np.concatenate([old.sizes, alone.sizes]),
        trust=old.trust,
        stems=stems.ravel(),
        told=old.told | {stem: (*old.told.get(stem, ()), number) for stem in alone.told},
        numbers={stem: known.names[stem] for stem in (old.numbers | alone.numbers)},
        held=inserted(renumbered(old.held, known.stems[0], width), np.array([number]), renumbered(alone.held, known.stems[1], width)),
        aspects={name: (*held, *(number for _ in alone.aspects[name])) for name, held in old.aspects.items()},
    )


def _odds(rows: Sparse, first: Ints, sides: Sequence[str], wordings: int, stems: int) -> Floats:
    """The odds of all stems: which wording holds which stands in its row."""
    owners = np.repeat(np.arange(len(first)), np.diff([*first, wordings]))
    places, lengths = entries(rows, np.arange(wordings))
    held = rows.columns[places] < stems
    return odds_of((np.repeat(owners, lengths)[held], rows.columns[places][held]), owners, sides, stems)
