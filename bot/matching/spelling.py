"""Typing errors -> the word of the knowledge base that was meant.

Bounded on purpose (users of other systems got "mental" for "dental"): only towards words that the base knows, never for short
words, never when the typed string is itself a word, and by at most one or two keystrokes.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from bot.english.wordlist import is_word
from bot.matching.sparse import Ints

SHORTEST = 4
"""Letters that a word must have to be corrected."""

NAME = 6
"""Letters up to which an unknown word is a name as likely as a slip ("elon", "soros", "guzman"): only a common word is meant by it."""

COMMON_SHARE = 60
MOST_COMMON = 5
"""A word is common if one owner of wordings in so many uses it, and in any case if so many do. Chosen on the corrections of
tests/content/questions.yaml: of those of short words, the wrong ones lead to words of at most 4 of 320 owners, the right ones to others."""

CHANGED = 2
"""Letters that two slips bring in or take away at most: with more of them it is another word ("giraftar" is Hindi, not "gibraltar"). Of 757
corrections of a set with typing errors that loses three, two of them wrong; of 342 of the labelled questions, none."""

_TWO_SLIPS = 8  # letters from which on two slips are allowed (F. Damerau, 1964: four errors in five are a single slip)


_DOUBLED = re.compile(r"(.)\1")


@dataclass(frozen=True, slots=True)
class Speller:
    """The words that may be meant, in order of length and letters: those of n letters from starts[n] on. Of each word how many entries
    use it and, as bits, which letters it has. `common`: how many must use a word for a short one to be read as it."""

    words: tuple[str, ...]
    starts: Ints
    uses: Ints
    letters: Ints
    common: int = 1

    def knows(self, word: str) -> bool:
        """Whether a word is one of those that may be meant."""
        first, last = self._of_length(len(word), len(word))
        at = bisect_left(self.words, word, first, last)
        return at < last and self.words[at] == word

    def correct(self, word: str) -> str:
        """The word itself, or the known word that was meant."""
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word) or is_word(word):
            return word
        near = [item for item in self._near(word, 2 if len(word) >= _TWO_SLIPS else 1) if self._is_meant(word, item[-1], -item[-2])]
        return min(near)[-1] if near else word

    def _is_meant(self, word: str, known: str, uses: int) -> bool:
        """Whether a word is a slip for a known one, and not a name: it is long, or that is common, or only a doubled letter differs."""
        return len(word) > NAME or uses >= self.common or _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", known)

    def _near(self, word: str, slips: int) -> list[tuple[int, int, int, bool, int, str]]:
        """(slips, minus how many times ten as common, kind of slip, other first letter, minus how common, word) for each word within
        reach: the likeliest is the least. Of words that are about as common, letters that changed places come before one too few or too
        many, and those before another letter (K. Kukich, 1992, finds that few slips change a word's length by more than one)."""
        from rapidfuzz import process  # loaded only when something is misspelt
        from rapidfuzz.distance import OSA

        found = []
        for known, distance, number in process.extract(
            word, self._similar(word, slips), scorer=OSA.distance, score_cutoff=slips, limit=None
        ):
            other = known[0] != word[0] or _apart(word, known) > CHANGED
            if known.isalpha() and not (distance == 2 and other):
                kind = 0 if sorted(known) == sorted(word) else 1 if len(known) != len(word) else 2
                uses = int(self.uses[number])
                found.append((int(distance), -len(str(uses)), kind, known[0] != word[0], -uses, known))
        return found

    def _similar(self, word: str, slips: int) -> dict[int, str]:
        """The known words of about the same length and letters: a slip brings in or takes away one letter, or one of each."""
        first, last = self._of_length(len(word) - slips, len(word) + slips)
        apart = np.bitwise_count(self.letters[first:last] ^ np.uint32(_letters(word)))
        return {int(number): self.words[number] for number in first + np.flatnonzero(apart <= 2 * slips)}

    def _of_length(self, least: int, most: int) -> tuple[int, int]:
        longest = len(self.starts) - 2
        return int(self.starts[min(least, longest + 1)]), int(self.starts[min(most, longest) + 1])


def speller_of(known: Mapping[str, int], owners: int = 0) -> Speller:
    """The speller of a base whose words are `known` (word -> number of entries that use it); `owners`: of how many entries and others."""
    words = sorted(known, key=lambda word: (len(word), word))
    sizes = np.bincount([len(word) for word in words], minlength=1)
    return Speller(
        words=tuple(words),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        uses=np.array([known[word] for word in words], np.int32),
        letters=np.array([_letters(word) for word in words], np.uint32),
        common=min(MOST_COMMON, 1 + owners // COMMON_SHARE),
    )


def with_words(speller: Speller, words: Collection[str]) -> Speller:
    """The speller with the words of one entry more."""
    places = {word: bisect_left(speller.words, word, *speller._of_length(len(word), len(word))) for word in words}
    fresh = sorted((word for word in words if not speller.knows(word)), key=lambda word: (len(word), word))
    at, uses = np.array([places[word] for word in fresh], np.int64), speller.uses.copy()
    uses[[place for word, place in places.items() if speller.knows(word)]] += 1
    known, sizes = list(speller.words), np.bincount([len(word) for word in fresh], minlength=len(speller.starts) - 1)
    for place, word in zip(reversed(at.tolist()), reversed(fresh), strict=True):
        known.insert(place, word)
    sizes[: len(speller.starts) - 1] += np.diff(speller.starts)
    return replace(
        speller,
        words=tuple(known),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        uses=np.insert(uses, at, 1),
        letters=np.insert(speller.letters, at, [_letters(word) for word in fresh]),
    )


def _apart(one: str, other: str) -> int:
    """How many letters only one of two words has."""
    return (_letters(one) ^ _letters(other)).bit_count()


def _letters(word: str) -> int:
    """A bit for each letter that a word has; what is no letter from a to z shares one."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) - ord("a") if "a" <= char <= "z" else 26)
    return bits
