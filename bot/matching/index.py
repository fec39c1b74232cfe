"""What an index is: arrays in which the entries most like a query are found at once.

Three views of every owner, each over all its wordings together:
  words    stems, weighted as in BM25 (S. Robertson and H. Zaragoza, 2009);
  pieces   3 to 5 letters of each word with its borders, which forgive endings and typing errors;
  pairs    two stems in order, at most three places apart, which hold what is said about what.
Pieces and pairs are the sum of the wordings' TF-IDF vectors (G. Salton and C. Buckley, 1988), brought to length one: a centroid
(J. Rocchio, 1971). Rarity counts entries, not wordings: a word in many alternates of one entry is typical of it, not common.
Beside them every single wording is kept as a TF-IDF vector of its stems and neighbouring pairs: the nearest one tells why.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from zlib import crc32

import numpy as np

from bot.english.stems import stems
from bot.english.words import STOP_WORDS
from bot.matching.sparse import Floats, Ints, Sparse

Names = np.ndarray[Any, np.dtype[np.bytes_]]
Number = TypeVar("Number", float, Floats)

STOP_WEIGHT = 0.3
"""What a stop word or a placeholder counts beside a word of matter that is as rare: that a country is named says little."""

SATURATION = 1.2
LENGTH = 0.75
"""k1 and b of BM25, at values that Robertson and Zaragoza name as usual."""

DIMENSIONS = 128
"""Numbers of a vector of the thesaurus."""

FULL_TRUST = 3.4
"""What the likeness in the thesaurus counts at most: as much as all other views together. Chosen on public sets
(tests/measure/public.py)."""

APART = 3
"""How many places apart two stems may stand to be a pair."""

_SHORTEST, _LONGEST = 3, 5  # letters of a piece, borders included
_PLACEHOLDER = re.compile(r"\{\w+\}")
_STOP_STEMS = frozenset(stems(sorted(STOP_WORDS)))


@dataclass(frozen=True, slots=True)
class Target:
    """Who a wording leads to: an entry or a piece of small talk."""

    id: str
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the thesaurus and the answers tell of a base. `targets` and `stems` are their directions, one after the other (DIMENSIONS
    numbers each), `sizes` the lengths of the sums that those of targets come from. `trust` is what this view counts (0..FULL_TRUST), `told`
    tells which targets' answers hold which stems, `numbers` which stems are numbers or codes, `held` which stems each target holds,
    `aspects` which targets hold which aspects of their subject (see bot.english.aspects)."""

    targets: Floats
    sizes: Floats
    trust: float
    stems: Floats
    told: dict[str, tuple[int, ...]]
    numbers: dict[str, int]
    held: Sparse
    aspects: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Index:
    """Wordings are questions, alternates and claims; they stand on `lines` of `files[file]` (line 0: unknown).
    `first[o]` is the first wording of owner o; the wordings of an owner stand together. After all of them come the
    wordings that owners exclude: wording `len(wordings) - len(excludes) + n` is excluded by owner `excludes[n]`;
    `excludes` is in order.

    Terms are numbered through: stems, then pieces (`pieces`, in order), then pairs (`pairs`, in order: stems a, b have the key
    a * len(stems) + b). `rarity` is that of each term. `holders` has a row for each term: the owners that hold it. The sizes of an
    owner are the number of its stems and the lengths of the sums that its centroids were made of. `pieces_of` has
    a row for each stem: its pieces and how often it has each. `rows` has a row for each wording: its stems and
    pairs of neighbours. `common` has a row for each owner: the stems that its wordings have in common (see common_words).
    `marks` are those of all wordings that lead to an owner (see mark), in order; they belong to the wordings `marked`.
    `odds` tell of each stem how much it speaks for a question that the base is about (see build_index); empty if the base lists nothing
    that it is not about.
    """

    targets: tuple[Target, ...]
    wordings: tuple[str, ...]
    files: tuple[str, ...]
    file: Ints
    lines: Ints
    first: Ints
    excludes: tuple[int, ...]
    stems: dict[str, int]
    ngrams: Names
    skip_bigrams: Ints
    rarity: Floats
    holders: Sparse
    words_sizes: Floats
    pieces_sizes: Floats
    pairs_sizes: Floats
    pieces_of: Sparse
    meanings: Meanings
    rows: Sparse
    common: Sparse
    marks: Ints
    marked: Ints
    odds: Floats


def pieces_of(stem: str) -> list[str]:
    """Every piece of 3 to 5 characters of a stem with its borders marked by a space; a placeholder has none."""
    if _PLACEHOLDER.fullmatch(stem):
        return []
    padded = f" {stem} "
    return [padded[at : at + size] for size in range(_SHORTEST, _LONGEST + 1) for at in range(len(padded) - size + 1)]


def share(term: str) -> float:
    """What a stem counts beside a word of matter that is as rare."""
    return STOP_WEIGHT if term in _STOP_STEMS or _PLACEHOLDER.fullmatch(term) else 1.0


def mark(reading: Sequence[str]) -> int:
    """A number by which a wording of the same stems is found: CRC-32 of its stems. Two different readings rarely share it."""
    return crc32(" ".join(reading).encode())


def rarest(targets: int) -> float:
    """The rarity of a term that at most one owner uses: ln(1 + owners / 1)."""
    return math.log(1 + targets)


def saturation(times: Number, size: Number, mean: float) -> Number:
    """BM25's weight of a stem that an owner holds so many times, as a share of its rarity (0..1); without the factor k1 + 1."""
    firm: Number = times / (times + length_norm(size, mean))
    return firm


def length_norm(size: Number, mean: float) -> Number:
    """How often an owner of so many stems must hold one to hold it half firmly; owners have `mean` stems each."""
    needed: Number = SATURATION * (1 - LENGTH + LENGTH * size / max(mean, 1.0))
    return needed


def frequency(times: Floats) -> Floats:
    """What a term counts that stands so many times in one text: 1 + ln(times) (Salton and Buckley)."""
    found: Floats = 1 + np.log(times)
    return found
