"""Words that are used alike: English words as vectors, from data files that tests/measure/make_thesaurus.py makes.

A vector's direction says what a word is about, its length how much the word tells: a sentence is the sum of its words, and two texts are
alike as far as their sums point the same way. The files are mapped into memory when the first word is looked up, and only the pages of
the words that occur are read.
"""

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.english.stems import stems

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_ISE = re.compile(r"(?<=[a-z]{3}i)s(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
"""British -ise, which is looked up as -ize: both spellings are used alike."""

LONGEST_WORD = 16
"""Characters of a key; longer words are unknown."""
STEM_MARK = "~"
"""Stands before a key that is the stem of several rarer words."""
_SCALE = 2
"""Bytes at the beginning of a row: the scale of its numbers, as a half-precision float. Then two numbers a byte, each plus _ZERO."""
_ZERO = 8
_LARGEST = 7
_TINY = 1e-9
_PAIRS = np.stack([np.arange(256) & 15, np.arange(256) >> 4], axis=1).astype(np.float32) - _ZERO
"""The two numbers of each byte, before they are scaled."""
FAR, CLOSE = 0.25, 0.55
"""The cosines from which on a word begins to stand for another one, and stands for it in full. Chosen on the public sets and first-day
bases by the AUROC of the evidence, in steps of .05."""

_KEPT = 8_192
"""Places of words that are remembered: several times the different words of a large base, below 1 MB."""


def vectors(words: Sequence[str]) -> tuple[Floats, Bools]:
    """The vectors (n, d) of lower-case words, and which of the words are known (n); an unknown word's vector is zero.

    A word without a row of its own has that of its stem.
    """
    places = np.array([_place(word) for word in words], np.intp)
    known = places >= 0
    found = unpack(_files()[1][places[known]])
    rows = np.zeros((len(words), found.shape[1]), np.float32)
    rows[known] = found
    return rows, known


def sentence_vector(words: Sequence[str]) -> Floats:
    """The sum of the vectors of a text's words, of length 1 (d); zero if no word is known."""
    places = np.array([place for word in words if (place := _place(word)) >= 0], np.intp)
    scales, numbers = _parts(_files()[1][places])
    total = scales @ numbers
    return np.asarray(total / max(math.sqrt(total @ total), _TINY), np.float32)


def sentence_vectors(texts: Sequence[Sequence[str]]) -> Floats:
    """The same for several texts, each by its words (n, d). Each word is looked up once."""
    words = sorted({word for text in texts for word in text})
    rows, number = vectors(words)[0], {word: place for place, word in enumerate(words)}
    sums = [rows[[number[word] for word in text]].sum(axis=0) for text in texts]
    return _unit(np.array(sums, np.float32).reshape(len(texts), rows.shape[1]))


def meant_words(words: Sequence[str]) -> list[str]:
    """The words of a text that the thesaurus can know: placeholders and numbers are left out."""
    return [word for word in words if word.isalpha()]


def likeness(some: Floats, others: Floats) -> Floats:
    """The cosine of each of some vectors (n, d) with each of others (m, d): (n, m), -1 to 1, 0 where a vector is zero."""
    return np.asarray(_unit(some) @ _unit(others).T, np.float32)


def stands_for(cosines: Floats) -> Floats:
    """How far a word stands for another one (0..1) whose vectors have such a cosine."""
    return np.asarray(np.minimum(np.maximum(cosines - FAR, 0.0) / (CLOSE - FAR), 1.0))


def nearest(words: Sequence[str], others: Sequence[str]) -> list[tuple[str, float]]:
    """For each word the one of the others that is used most alike, with their cosine; ("", 0.0) if none of them is known."""
    if not others:
        return [("", 0.0)] * len(words)
    cosines = likeness(vectors(words)[0], vectors(others)[0])
    best = cosines.argmax(axis=1)
    return [(others[at], float(row[at])) if row[at] > 0 else ("", 0.0) for row, at in zip(cosines, best, strict=True)]


def pack(rows: Floats) -> Bytes:
    """Rows of numbers (n, d), d even, as they are kept: (n, 2 + d / 2), see _SCALE."""
    scales = (np.abs(rows).max(axis=1, keepdims=True) / _LARGEST).astype(np.float16)
    codes = np.clip(np.round(rows / np.maximum(scales.astype(np.float32), 1e-6)), -_LARGEST, _LARGEST).astype(np.int8) + _ZERO
    pairs = codes[:, ::2] | codes[:, 1::2] << 4
    return np.concatenate([scales.view(np.uint8), pairs.astype(np.uint8)], axis=1)


def unpack(kept: Bytes) -> Floats:
    """The numbers (n, d) of rows as they are kept."""
    scales, numbers = _parts(kept)
    return np.asarray(numbers * scales[:, None], np.float32)


def _parts(kept: Bytes) -> tuple[Floats, Floats]:
    """The scale of each row (n), and its numbers before they are scaled (n, d)."""
    scales = np.frombuffer(kept[:, :_SCALE].tobytes(), np.float16).astype(np.float32)
    return scales, _PAIRS.take(kept[:, _SCALE:], axis=0).reshape(len(kept), 2 * (kept.shape[1] - _SCALE))


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), _TINY), np.float32)


@lru_cache(maxsize=_KEPT)
def _place(word: str) -> int:
    """The row of a word, or -1."""
    stem = stems([word])[0]
    keys = [_ISE.sub("z", word), word, STEM_MARK + stem, stem]
    return next((place for key in keys if (place := _search(key)) >= 0), -1)


def _search(key: str) -> int:
    if len(key) > LONGEST_WORD or not key.isascii():
        return -1
    names, wanted = _files()[0], np.array(key.encode(), f"S{LONGEST_WORD}")
    place = int(names.searchsorted(wanted))
    return place if place < len(names) and names[place] == wanted else -1


@cache
def _files() -> tuple[Any, Bytes]:
    """The keys in order (n) and the rows (n, 2 + d / 2), both mapped."""
    folder = Path(__file__).parent
    words, rows = (np.load(folder / name, mmap_mode="r") for name in ("thesaurus_words.npy", "thesaurus.npy"))
    return np.asarray(words), np.asarray(rows)  # still mapped, without the slow indexing of numpy.memmap
