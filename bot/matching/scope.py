"""The words of a message -> what they tell of whether the base is about it."""

import math

from bot.english.stems import stems
from bot.english.words import STOP_WORDS
from bot.matching.index import Index
from bot.matching.query import Query, Words

SURE = 3.0
"""From which log odds on the words of a message leave no doubt that it is about the base's field (20 to 1)."""


def doubt(reading: Words, index: Index) -> float:
    """How far the words of a reading stay behind SURE (0: not at all): the sum of their log odds, by the root of their number, as words
    of one message do not speak independently. Without a list of what lies outside the base there is nothing to doubt with."""
    if not len(index.odds):
        return 0.0
    numbers = {index.stems[stem] for stem in reading if stem in index.stems}
    odds = sum(float(index.odds[number]) for number in numbers)
    return max(0.0, SURE - odds / math.sqrt(len(numbers) or 1))


def strange(query: Query, index: Index) -> tuple[str, ...]:
    """The typed words that no wording of the base uses, in order; names and stop words aside."""
    unknown = {stem for reading in query.readings[:1] for stem in reading if stem not in index.stems}
    named = {word for mention in query.mentions for word in query.words[mention.start : mention.end]}
    found = (word for word in dict.fromkeys(query.words) if word not in STOP_WORDS and word not in named)
    return tuple(word for word in found if stems((word,))[0] in unknown)
