"""Questions -> vectors whose products tell how like each other they are, and what is common to all of them, which tells nothing."""

import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.english.courtesy import without_politeness
from bot.english.stems import stems
from bot.english.thesaurus import meant_words, sentence_vectors
from bot.english.tokens import MOST_WORDS, typed_words
from bot.english.words import STOP_WORDS

Floats = npt.NDArray[np.float32]

LEXICAL = 1 / 3
"""What the words themselves count beside what they mean in the thesaurus. The best of 0, 1/3 and 1/2 on clinc150, stackfaq and askubuntu
(tests/measure/grouping.py)."""

_PLACES, _SIGNS = 256, 8
"""The words' half of a vector, and in how many of its places a stem stands. Stems share places by chance: that adds some 0.02 to a
likeness, a tenth of what groups are parted by."""

_MANY = 100
"""Questions from which on more than half of their mean counts as what they have in common: that of a few is what they ask."""

_TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """What a set of questions has in common: `centre`, the mean of their meanings (d), and `rarity`, how much each stem tells. A stem that
    is not in it is as rare as can be, `rarest`. Where all ask about cards, "card" tells nothing."""

    centre: Floats
    rarity: Mapping[str, float]
    rarest: float


def scale_of(questions: Sequence[str]) -> Scale:
    """The scale of a set of questions."""
    words = [words_of(text) for text in questions]
    held = Counter(stem for own in words for stem in set(told_stems(own)))
    count = len(words)
    rarity = {stem: math.log((count + 1) / (times + 1)) + 1 for stem, times in held.items()}
    meanings = sentence_vectors([meant_words(own) for own in words])
    centre = meanings.sum(axis=0) / (count + _MANY)
    return Scale(np.asarray(centre, np.float32), rarity, math.log(count + 1) + 1)


def vectors(questions: Sequence[str], scale: Scale) -> Floats:
    """The vectors (n, d) of some questions: their product is 1 for two of the same words, about 0 for two of no connection. That of a
    question without a known word is zero."""
    words = [words_of(text) for text in questions]
    meanings = sentence_vectors([meant_words(own) for own in words])
    told = meanings.any(axis=1, keepdims=True)  # what says nothing is not alike for all of it saying as little
    meanings = _unit((meanings - scale.centre) * told)
    lexical = _lexical([told_stems(own) for own in words], scale)
    return np.hstack([meanings * np.float32(math.sqrt(1 - LEXICAL)), lexical * np.float32(math.sqrt(LEXICAL))])


def words_of(text: str) -> tuple[str, ...]:
    """The words of a question without the polite phrases around it."""
    return without_politeness(typed_words(text)[:MOST_WORDS])


def told_stems(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of the words that tell something; of all words if none does."""
    return tuple(stem for stem, word in zip(stems(words), words, strict=True) if word not in STOP_WORDS) or stems(words)


def _lexical(texts: Sequence[Sequence[str]], scale: Scale) -> Floats:
    """TF-IDF vectors (Salton and Buckley) of length about 1, folded into a few places (n, _PLACES): a stem stands in some of them, with a
    sign, as its hash says, so that all stems together need no more (random projection: Achlioptas 2003)."""
    known = sorted({stem for stems_of in texts for stem in stems_of})
    place = {stem: at for at, stem in enumerate(known)}
    codes = np.stack([_code(stem) for stem in known]) if known else np.zeros((0, _PLACES), np.float32)
    rows = np.zeros((len(texts), _PLACES), np.float32)
    for at, own in enumerate(texts):
        counts = Counter(own)
        weights = np.array([times * scale.rarity.get(stem, scale.rarest) for stem, times in counts.items()], np.float32)
        rows[at] = weights @ codes[[place[stem] for stem in counts]] / max(float(np.linalg.norm(weights)), _TINY)
    return rows


def _code(stem: str) -> Floats:
    """The places and signs of a stem: the same in every process."""
    row = np.zeros(_PLACES, np.float32)
    for number in range(_SIGNS):
        mixed = zlib.crc32(f"{number} {stem}".encode())
        row[mixed % _PLACES] += 1.0 if mixed & 1 << 20 else -1.0
    return row / np.float32(math.sqrt(_SIGNS))


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY), np.float32)
