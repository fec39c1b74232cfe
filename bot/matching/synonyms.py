"""Words and phrases that count as others, as the curator lists them: canonical word -> the words that count as it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
            size = self._match(words, at) if words[at] in self.longest else 0
            if size:
                phrase = " ".join(words[at : at + size])
                found.extend(self.canonical[phrase].split())
                fired.append((" ".join((typed or words)[at : at + size]), self.canonical[phrase]))
            else:
                found.append(words[at])
            at += size or 1
        return tuple(found), tuple(fired)

    def _match(self, words: Words, at: int) -> int:
        for size in range(self.longest[words[at]], 0, -1):
            if " ".join(words[at : at + size]) in self.canonical:
                return size
        return 0


Stem = Callable[[Sequence[str]], tuple[str, ...]]


def synonyms_of(listed: Mapping[str, Sequence[str]], stem: Stem = stems) -> Synonyms:
    """The synonyms that a curator lists. Questions and alternates are read alike.

    The lists are checked as they are typed (bot.kb.links), so a stemmer may still give a listed phrase the stem of another list's
    canonical word ("intern" and "international" in PyStemmer 3.0.0), or give phrases of two lists one stem. A canonical word always counts
    as itself, which leaves neither chains nor circles; of two lists that claim a phrase, the one whose canonical word comes first in the
    alphabet has it.
    """
    heads = {_stemmed(word, stem) for word in listed}
    canonical: dict[str, str] = {}
    for word, others in sorted(listed.items()):
        for phrase in (_stemmed(other, stem) for other in others):
            canonical.setdefault(phrase, phrase if phrase in heads else _stemmed(word, stem))
    return Synonyms(canonical, longest_by_first(canonical))


def _stemmed(phrase: str, stem: Stem) -> str:
    return " ".join(stem(plain_words(phrase)))


def longest_by_first(phrases: Iterable[str]) -> dict[str, int]:
    """For each first word of the phrases, the number of words of the longest phrase that begins with it."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first, size = phrase.split(" ", 1)[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), size)
    return longest
