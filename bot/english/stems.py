"""English words -> stems."""

import re
from collections.abc import Sequence

import Stemmer

# The stemmer takes "authorized" for a form of "author", but "authorised" for a word of its own.
_IZE = re.compile(r"(?<=[a-z]{3}i)z(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")


def stems(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of lower-case English words (Snowball's Porter2: M. F. Porter, 2001), -ize and -ise being one; names in braces stay as
    they are.

    A stemmer of its own for each call, because PyStemmer's objects must not be shared between threads.
    """
    return tuple(Stemmer.Stemmer("english", 0).stemWords([_IZE.sub("s", word) for word in words]))
