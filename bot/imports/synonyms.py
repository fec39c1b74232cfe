"""Lists of synonyms, one after the other -> those that a base can keep together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.english.tokens import plain_words
from bot.kb.links import synonym_faults

Phrase = tuple[str, ...]


@dataclass(slots=True)
class Lists:
    """The synonyms kept so far by their first word, which counts for all, and where each phrase stands: as a first word, or as
    (first word, synonym). A new list is compared only with what shares a phrase with it: there may be many thousands."""

    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)
    firsts: dict[Phrase, str] = field(default_factory=dict)
    homes: dict[Phrase, tuple[str, str]] = field(default_factory=dict)

    def add(self, texts: Sequence[str]) -> str:
        """Keeps a list of words for one thing. Gives the reason why it cannot; "" if it does."""
        words = tuple(dict.fromkeys(" ".join(word.split()) for word in texts if plain_words(word)))
        if len(words) < 2 or words[0] in self.kept:
            return "too few"
        first, *others = words
        fault = next((fault for _, fault, _ in synonym_faults(self._near(words) | {first: others})), "")
        if not fault:
            self.kept[first] = tuple(others)
            self.firsts[plain_words(first)] = first
            self.homes.update({plain_words(other): (first, other) for other in others})
        return fault

    def _near(self, words: Sequence[str]) -> dict[str, list[str]]:
        """The part of the lists that shares a phrase with some words."""
        found: dict[str, list[str]] = {}
        for phrase in map(plain_words, words):
            if phrase in self.firsts:
                found.setdefault(self.firsts[phrase], [])
            if phrase in self.homes:
                first, other = self.homes[phrase]
                found.setdefault(first, []).append(other)
        return found
