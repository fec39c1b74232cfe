"""English words -> stems."""

import re
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

# The stemmer takes "authorized" for a form of "author", but "authorised" for a word of its own.
_IZE = re.compile(r"(?<=[a-z]{3}i)z(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")


_FEW = 32
"""Words of a message at a time; more are those of a base, each of which is asked for once."""

_KEPT = 8_192
"""Stems that are remembered: several times the words that people use, below 2 MB."""


def stems(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of lower-case English words (Snowball's Porter2: M. F. Porter, 2001), -ize and -ise being one; names in braces stay as
    they are."""
    return tuple(map(_stem, words)) if len(words) <= _FEW else _stemmed(words)


@lru_cache(maxsize=_KEPT)
def _stem(word: str) -> str:
    return _stemmed((word,))[0]


def _stemmed(words: Sequence[str]) -> tuple[str, ...]:
    """A stemmer of its own for each call, because PyStemmer's objects must not be shared between threads."""
    return tuple(Stemmer.Stemmer("english", 0).stemWords([_IZE.sub("s", word) for word in words]))
