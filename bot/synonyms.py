"""Words and phrases that count as others, as the curator lists them: canonical word -> the words that count as it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.text import plain_words

Phrase = tuple[str, ...]


class Synonyms:
    """Replaces every listed phrase by its canonical words, the longest first. Questions and alternates are read alike."""

    def __init__(self, listed: Mapping[str, Sequence[str]]) -> None:
        self.canonical: dict[Phrase, Phrase] = {}
        for word, others in listed.items():
            for other in others:
                self.canonical[plain_words(other)] = plain_words(word)
        self._longest = dict.fromkeys((phrase[0] for phrase in self.canonical), 0)
        for phrase in self.canonical:
            self._longest[phrase[0]] = max(self._longest[phrase[0]], len(phrase))

    def read(self, words: Phrase) -> tuple[Phrase, tuple[tuple[str, str], ...]]:
        """The words with synonyms replaced, and which fired: (typed, counts as)."""
        found: list[str] = []
        fired: list[tuple[str, str]] = []
        at = 0
        while at < len(words):
            size = self._match(words, at)
            if size:
                phrase = words[at : at + size]
                found.extend(self.canonical[phrase])
                fired.append((" ".join(phrase), " ".join(self.canonical[phrase])))
            else:
                found.append(words[at])
            at += size or 1
        return tuple(found), tuple(fired)

    def _match(self, words: Phrase, at: int) -> int:
        for size in range(self._longest.get(words[at], 0), 0, -1):
            if words[at : at + size] in self.canonical:
                return size
        return 0


def synonym_faults(listed: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """(canonical word, fault, mend) for a word listed twice and for words that lead in a circle or a chain."""
    home: dict[Phrase, str] = {}
    heads = {plain_words(word): word for word in listed}
    for word, others in listed.items():
        for other in others:
            phrase = plain_words(other)
            if not phrase:
                yield word, f"{word}: '{other}' holds no word.", "Write words."
            elif phrase in home:
                yield word, f"{word}: '{other}' counts as '{home[phrase]}' already.", "Keep it in one place."
            elif phrase in heads:
                kind = "a circle" if heads[phrase] == word or word in listed.get(heads[phrase], ()) else "a chain"
                yield word, f"{word}: '{other}' is a canonical word itself: {kind}.", "Join the two lists."
            home.setdefault(phrase, word)
