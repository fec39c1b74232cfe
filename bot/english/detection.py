"""A message -> the language that it is in, if that is another than English. The recogniser is loaded when a message needs it."""

import re
from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.english.wordlist import is_word

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

NONE = "zxx"
"""The code of no language at all (ISO 639-2): keys struck at random."""

FEWEST = 4
"""Words that a message must have to be worth recognising: fewer, with typing errors in them, are like those of many languages."""

STRANGE = 0.25
"""The share of words that the base does not use from which on a message may be in another language. Half of them would be too many:
a base knows names and "la", "de", "me" or "per" from its own wordings."""

SURE = 0.5
"""The least chance to name a language: it may be shared with one that is next to the same (Croatian, Serbian), not with English."""

ENGLISH = 0.1
"""The most chance of English, however it is spelt, beside it."""

FOREIGN = 0.45
"""The share of words that are no English and that nothing mends from which on a message is in another language. Chosen on
tests/content/languages.yaml, whose English rows have 0.44 at most."""

LONGEST = 2_000
"""Characters by which a language is recognised: more tell no more."""

_ENGLISH = ("en", "pcm")  # who writes Nigerian Pidgin reads English


def language_of(text: str, known: Collection[str]) -> str | None:
    """The ISO 639-1 code, one of `known`, of the language of a text; "zxx" if it is in none at all; None if it is in English or that is
    not sure. Meant for messages that are worth_asking: the fewer words, the worse the guess."""
    ranked = _recogniser(frozenset(known)).rank(plain(text))
    code, chance = ranked[0]
    english = sum(part for name, part in ranked if name in _ENGLISH)
    return code if code not in _ENGLISH and chance >= SURE and english <= ENGLISH else None


_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_MARKS = re.compile(r"[\d_]+|([^\w\s])\1+")


def plain(text: str) -> str:
    """The text in small letters without links, addresses, numbers and runs of signs: the recogniser judges by bytes, and each of these
    speaks for some language or other."""
    return " ".join(_MARKS.sub(" ", _LINK.sub(" ", text[:LONGEST].lower())).split())


def in_english(words: Sequence[str], knows: Callable[[str], bool]) -> bool:
    """Whether a message is to be taken for English: most of its words are English, or are known to the base, once its typing errors are
    mended. Romanised Hindi, Bengali or Arabic is no language that the recogniser knows."""
    strange = sum(not (knows(word) or is_word(word) or word.isdigit()) for word in words)
    return len(words) < FEWEST or strange <= FOREIGN * len(words)


def worth_asking(text: str, words: Sequence[str], strange: Collection[str], greeted: int = 0) -> bool:
    """Whether a message may be in another language. `words` are those that were read in it, `strange` those of them that the base does
    not use, `greeted` how many words of greeting stand around them. Of a message in another script none are read: its letters are
    counted, as not all scripts part words."""
    if not words:
        return sum(map(str.isalpha, text)) >= FEWEST
    unknown = sum(word in strange for word in words)
    accents = unknown > 0 and any(char.isalpha() and not char.isascii() for char in text)
    return len(words) + greeted >= FEWEST and (accents or unknown >= STRANGE * len(words))


@lru_cache(maxsize=4)
def _recogniser(known: frozenset[str]) -> "LanguageIdentifier":
    """A recogniser of English, of no language, and of those that are known. It judges as the library's own does once restricted to them,
    but that one keeps all languages and takes 85 MB; this one takes 25."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    wanted = known | {*_ENGLISH, NONE}
    columns = [at for at, code in enumerate(whole.nb_classes) if code in wanted]
    return LanguageIdentifier(
        whole.nb_ptc[:, columns],
        whole.nb_pc[columns],
        [whole.nb_classes[at] for at in columns],
        Transitions.of(whole.tk_nextmove, whole.tk_row[0]),
        array("i", whole.tk_output),
        norm_probs=True,
        tk_row=whole.tk_row,
    )


@dataclass(frozen=True, slots=True)
class Transitions:
    """The rows of a table of states, 256 numbers each, of which only those are kept that differ from the row of the first state, `usual`:
    a fifth of them (A. Aho and M. Corasick, 1975: most bytes begin a word anew). Row r has differing numbers at the places
    letters[starts[r]:starts[r + 1]]."""

    usual: Sequence[int]
    starts: Sequence[int]
    letters: bytes
    numbers: Sequence[int]

    @classmethod
    def of(cls, table: "array[int]", first: int) -> "Transitions":
        """The rows of a whole table, one after the other; `first` is the number of the row of the first state."""
        rows = np.frombuffer(table, f"u{table.itemsize}").reshape(-1, 256)
        places = np.flatnonzero(rows != rows[first])
        starts = np.searchsorted(places, np.arange(len(rows) + 1) << 8)
        letters = (places & 255).astype(np.uint8).tobytes()
        return cls(rows[first].tolist(), array("L", starts.tolist()), letters, array(table.typecode, rows.ravel()[places].tobytes()))

    def __getitem__(self, place: int) -> int:
        """The number at a place of the whole table."""
        row, letter = place >> 8, place & 255
        at = self.letters.find(letter, self.starts[row], self.starts[row + 1])
        return self.usual[letter] if at < 0 else self.numbers[at]
