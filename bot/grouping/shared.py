"""A group of questions -> what they share, in words, and the most typical of them: why they are one group, for whoever has to judge it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.english.stems import stems
from bot.english.thesaurus import likeness
from bot.english.thesaurus import vectors as vectors_of_words
from bot.english.words import STOP_WORDS
from bot.grouping.likeness import Scale, vectors, words_of

_ALIKE = 0.4
"""The cosine from which on a word is told as one that is used like another: "parcel" and "package" have 0.8, "refund" and "money" 0.5."""

_LEAST = 0.5
"""The share of the questions that hold a word, or one used like it, which is told as shared."""

_MOST = 3
"""Words that are told, and words that are told of each as used like it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A word that questions share, as most of them write it, and what others of them say in its place, most frequent first."""

    word: str
    alike: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"'{self.word}'" + (f" (also: {', '.join(self.alike)})" if self.alike else "")


def shared(questions: Sequence[str]) -> tuple[Shared, ...]:
    """What at least half of some questions share, most of them first; empty if it is no word that tells something."""
    texts = [[word for word in dict.fromkeys(words_of(text)) if word not in STOP_WORDS and word.isalpha()] for text in questions]
    forms: dict[str, Counter[str]] = {}
    for words in texts:
        for word, stem in zip(words, stems(words), strict=True):
            forms.setdefault(stem, Counter())[word] += 1
    alike_to = _likenesses(texts)
    found: list[tuple[int, Shared]] = []
    told: set[str] = set()
    for stem, written in sorted(forms.items(), key=lambda item: (-item[1].total(), item[0]))[: 4 * _MOST]:
        word = min(written, key=lambda form: (-written[form], form))
        others = _used_like(alike_to[word], stem, texts)
        held, alike = written.total() + others.total(), sorted(others, key=lambda other: (-others[other], other))[:_MOST]
        if written.total() > 1 and held >= _LEAST * len(texts) and not told & {stem, *stems(alike)}:
            told.update((stem, *stems(alike)))
            found.append((held, Shared(word, tuple(alike))))
    return tuple(item for _, item in sorted(found, key=lambda item: -item[0])[:_MOST])


def typical(questions: Sequence[str], times: Sequence[int], scale: Scale) -> int:
    """The place of the question that is most like all of a group, each as often as it was asked; of equal ones the shortest."""
    rows = vectors(questions, scale)
    alike = rows @ (rows * np.array(times, np.float32)[:, None]).sum(axis=0)
    return min(range(len(questions)), key=lambda at: (-round(float(alike[at]), 4), len(questions[at]), at))


def _likenesses(texts: Sequence[Sequence[str]]) -> dict[str, dict[str, float]]:
    """How like each other the words of some texts are used (cosine)."""
    words = sorted({word for own in texts for word in own})
    rows = vectors_of_words(words)[0]
    return {word: dict(zip(words, row, strict=True)) for word, row in zip(words, likeness(rows, rows).tolist(), strict=True)}


def _used_like(alike: Mapping[str, float], stem: str, texts: Sequence[Sequence[str]]) -> Counter[str]:
    """What those texts say in the place of a word that do not hold its stem: how many say each. `alike`: how like it other words are."""
    others: Counter[str] = Counter()
    for words in texts:
        best = max(words, key=lambda word: alike[word], default=None)
        if best and alike[best] >= _ALIKE and stem not in stems(words):
            others[best] += 1
    return others
