"""Typing errors -> the word of the knowledge base that was meant.

Bounded on purpose (users of other systems got "mental" for "dental"): only towards words that the base knows, never for short
words, never when the typed string is itself a word, and by at most one or two keystrokes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.english import is_word

SHORTEST = 4
"""Letters that a word must have to be corrected."""

_TWO_SLIPS = 8  # letters from which on two slips are allowed (F. Damerau, 1964: four errors in five are a single slip)


@dataclass(frozen=True, slots=True)
class Speller:
    """The words that may be meant, in order, each with the number of entries that use it."""

    known: dict[str, int]

    def correct(self, word: str) -> str:
        """The word itself, or the known word that was meant."""
        if len(word) < SHORTEST or not word.isalpha() or word in self.known or is_word(word):
            return word
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        near = self._near(word, slips)
        return min(near)[-1] if near else word

    def _near(self, word: str, slips: int) -> list[tuple[int, bool, bool, int, str]]:
        """(slips, other letters, other first letter, minus how common, word) for each word within reach: the likeliest is the least."""
        from rapidfuzz import process  # loaded only when something is misspelt
        from rapidfuzz.distance import OSA

        found = []
        for known, distance, _ in process.extract(word, self.known.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None):
            if known.isalpha() and not (distance == slips == 2 and known[0] != word[0]):
                found.append((int(distance), sorted(known) != sorted(word), known[0] != word[0], -self.known[known], known))
        return found


def speller_of(known: Mapping[str, int]) -> Speller:
    """The speller of a base whose words are `known` (word -> number of entries that use it)."""
    return Speller(dict(sorted(known.items())))
