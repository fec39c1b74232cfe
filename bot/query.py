"""A message -> what is asked: its words with typing errors mended, the names in it, and the readings to look up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.english import STOP_WORDS, stems
from bot.entities import Mention, Names, slotted
from bot.knowledge import KnowledgeBase
from bot.reply import Correction
from bot.spelling import Speller
from bot.synonyms import Synonyms
from bot.text import capitals, plain_words, safe, typed_words

MOST_WORDS = 600
"""Words of a message that are read: a page and a half of text."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A message as it was understood. `readings` are stems: the words themselves and, where names were found,
    the words with each name replaced by its entity. `names` are the stems of each mention of a naming entity."""

    asked: str
    words: Words
    corrections: tuple[Correction, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    mentions: tuple[Mention, ...] = ()
    readings: tuple[Words, ...] = ()
    names: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the knowledge base knows about words."""

    speller: Speller
    names: Names
    synonyms: Synonyms
    naming: frozenset[str]


def lexicon(kb: KnowledgeBase, known: Mapping[str, int]) -> Lexicon:
    """The lexicon of a base; `known` maps every word of its questions to the number of entries that use it."""
    names = Names(kb.entities)
    synonyms = Synonyms(kb.synonyms)
    words = dict.fromkeys(STOP_WORDS, 1) | dict.fromkeys(_flat(names.values), 1)
    words |= dict.fromkeys(_flat(synonyms.canonical), 1) | dict(known)
    naming = frozenset(entity.name for entity in kb.entities.values() if entity.naming)
    return Lexicon(Speller(words), names, synonyms, naming)


def _flat(phrases: Iterable[Words]) -> Iterable[str]:
    return (word for phrase in phrases for word in phrase)


def known_words(kb: KnowledgeBase) -> dict[str, int]:
    """Every word of the questions of a base -> the number of entries and small talk that use it."""
    counts: dict[str, int] = {}
    wordings = [entry.questions for entry in kb.entries.values()] + [talk.alternates for talk in kb.talk.values()]
    for questions in wordings:
        for word in {word for question in questions for word in plain_words(question)}:
            counts[word] = counts.get(word, 0) + 1
    return counts


def read(text: str, lexicon: Lexicon) -> Query:
    """The query that a message of any form is."""
    words = typed_words(text)[:MOST_WORDS]
    mended = tuple(lexicon.speller.correct(word) for word in words)
    corrections = tuple(Correction(typed, read) for typed, read in dict(zip(words, mended, strict=True)).items() if typed != read)
    mentions = lexicon.names.find(mended, capitals(text))
    literal, fired = lexicon.synonyms.read(mended)
    readings = [stems(literal)]
    if mentions:
        readings.append(stems(lexicon.synonyms.read(slotted(mended, mentions))[0]))
    names = tuple(_name(mended, mention, lexicon) for mention in mentions if mention.entity in lexicon.naming)
    return Query(safe(text).strip(), words, corrections, fired, mentions, tuple(readings), names)


def _name(words: Words, mention: Mention, lexicon: Lexicon) -> Words:
    return stems(lexicon.synonyms.read(words[mention.start : mention.end])[0])
