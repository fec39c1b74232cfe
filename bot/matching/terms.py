"""The words of a message in another language that are the base's own: it may name a thing as the base does ("red notice", "Georgia")."""

import numpy as np

from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.wordlist import is_word
from bot.english.words import STOP_WORDS
from bot.matching.index import Index
from bot.matching.query import Query, Words

SHORTEST = 3
"""Letters of a word that counts as one of a pair: shorter ones stand in most languages."""


def own_terms(asked: Query, addressee: str, index: Index) -> Words:
    """The words that are a name of the base, the organisation, or next to a word with which they stand in its wordings. A word alone may be
    one of the other language that merely looks like an English one ("me", "gift"). Of the organisation alone it is asked what that is."""
    words = asked.words
    named = {place for mention in asked.mentions for place in range(mention.start, mention.end)}
    own = {place for place, word in enumerate(words) if word in plain_words(addressee)} | named
    pairs = {place for place in range(len(words) - 1) if _pair(words[place], words[place + 1], index)}
    found = tuple(word for place, word in enumerate(words) if place in own | pairs or place - 1 in pairs)
    return ("what", "is", *plain_words(addressee)) if found and set(found) <= set(plain_words(addressee)) else found


def _pair(one: str, other: str, index: Index) -> bool:
    """Whether two words that say something stand side by side, or nearly, in a wording of the base."""
    if {one, other} & STOP_WORDS or min(len(one), len(other)) < SHORTEST or not (is_word(one) and is_word(other)):
        return False
    first, second = (index.stems.get(stem, -1) for stem in stems((one, other)))
    key = first * len(index.stems) + second
    if min(first, second) < 0:
        return False
    at = int(np.searchsorted(index.skip_bigrams, key))
    return at < len(index.skip_bigrams) and int(index.skip_bigrams[at]) == key
