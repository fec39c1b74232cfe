"""Typing errors -> the word of the knowledge base that was meant.

Bounded on purpose (users of other systems got "mental" for "dental"): only towards words that the base knows, never for short
words, never when the typed string is itself a word, and by at most one or two keystrokes.
"""

from collections.abc import Iterable, Mapping

from bot.english import is_word

SHORTEST = 4
"""Letters that a word must have to be corrected."""

_TWO_SLIPS = 8  # letters from which on two slips are allowed (F. Damerau, 1964: four errors in five are a single slip)


class Speller:
    """Finds the known word nearest to a typed one. `known` maps a word to how many entries use it."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(known):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)

    def correct(self, word: str) -> str:
        """The word itself, or the known word that was meant."""
        if len(word) < SHORTEST or not word.isalpha() or word in self._known or is_word(word):
            return word
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        near = self._near(word, slips)
        return min(near)[-1] if near else word

    def _near(self, word: str, slips: int) -> list[tuple[int, bool, bool, int, str]]:
        """(slips, other letters, other first letter, minus how common, word) for each word within reach: the likeliest is the least."""
        from rapidfuzz.distance import OSA  # loaded only when something is misspelt

        found = []
        for known in self._of_length(range(len(word) - slips, len(word) + slips + 1)):
            distance = OSA.distance(word, known, score_cutoff=slips)
            if distance <= slips and not (distance == slips == 2 and known[0] != word[0]):
                found.append((distance, sorted(known) != sorted(word), known[0] != word[0], -self._known[known], known))
        return found

    def _of_length(self, lengths: range) -> Iterable[str]:
        return (word for length in lengths for word in self._by_length.get(length, ()))
