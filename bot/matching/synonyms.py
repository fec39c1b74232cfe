"""Words and phrases that count as others, as the curator lists them: canonical word -> the words that count as it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.english.stems import stems
from bot.english.tokens import plain_words

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Phrase -> canonical words, both as stems with single spaces, and for each first stem the longest phrase that begins with it."""

    canonical: dict[str, str]
    longest: dict[str, int]

    def read(self, words: Words, typed: Words = ()) -> tuple[Words, tuple[tuple[str, str], ...]]:
        """The stems of a text with every listed phrase replaced, the longest first, and which fired: (as typed, stems it counts as)."""
        found: list[str] = []
        fired: list[tuple[str, str]] = []
        at = 0
        while at < len(words):
            size = self._match(words, at)
            if size:
                phrase = " ".join(words[at : at + size])
                found.extend(self.canonical[phrase].split())
                fired.append((" ".join((typed or words)[at : at + size]), self.canonical[phrase]))
            else:
                found.append(words[at])
            at += size or 1
        return tuple(found), tuple(fired)

    def _match(self, words: Words, at: int) -> int:
        for size in range(self.longest.get(words[at], 0), 0, -1):
            if " ".join(words[at : at + size]) in self.canonical:
                return size
        return 0


def synonyms_of(listed: Mapping[str, Sequence[str]]) -> Synonyms:
    """The synonyms that a curator lists. Questions and alternates are read alike."""
    canonical = {_stemmed(other): _stemmed(word) for word, others in listed.items() for other in others}
    return Synonyms(canonical, longest_by_first(canonical))


def _stemmed(phrase: str) -> str:
    return " ".join(stems(plain_words(phrase)))


def longest_by_first(phrases: Iterable[str]) -> dict[str, int]:
    """For each first word of the phrases, the number of words of the longest phrase that begins with it."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first, size = phrase.split(" ", 1)[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), size)
    return longest
