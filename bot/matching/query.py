"""A message -> what is asked: its words with typing errors mended, the names in it, and the readings to look up."""

from dataclasses import dataclass

from bot.english.courtesy import without_politeness
from bot.english.stems import stems
from bot.english.tokens import capitals, plain_words, safe, typed_words
from bot.english.words import STOP_WORDS
from bot.knowledge import KnowledgeBase
from bot.matching.entities import Mention, Names, names_of, slotted
from bot.matching.spelling import Speller, speller_of
from bot.matching.synonyms import Synonyms, synonyms_of
from bot.reply import Correction

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
    """What the knowledge base knows about words. `naming` are the entities whose values an answer must name too."""

    speller: Speller
    names: Names
    synonyms: Synonyms
    naming: tuple[str, ...]


def lexicon(kb: KnowledgeBase) -> Lexicon:
    """The lexicon of a base. Spelling is mended towards the words of its questions, names and synonyms, and stop words."""
    names, synonyms = names_of(kb.entities), synonyms_of(kb.synonyms)
    words = dict.fromkeys(STOP_WORDS, 1)
    for phrase in (*names.numbers, *(other for others in kb.synonyms.values() for other in others)):
        words |= dict.fromkeys(plain_words(phrase), 1)
    naming = tuple(entity.name for entity in kb.entities.values() if entity.naming)
    return Lexicon(speller_of(words | _used(kb)), names, synonyms, naming)


def _used(kb: KnowledgeBase) -> dict[str, int]:
    """Every word of the wordings of a base -> the number of entries and small talk that use it."""
    counts: dict[str, int] = {}
    wordings = [entry.questions for entry in kb.entries.values()] + [talk.alternates for talk in kb.talk.values()]
    for questions in wordings:
        for word in {word for question in questions for word in plain_words(question)}:
            counts[word] = counts.get(word, 0) + 1
    return counts


def read(text: str, lexicon: Lexicon) -> Query:
    """The query that a message of any form is."""
    words = without_politeness(typed_words(text)[:MOST_WORDS])
    mended = tuple(lexicon.speller.correct(word) for word in words)
    corrections = tuple(Correction(typed, read) for typed, read in dict(zip(words, mended, strict=True)).items() if typed != read)
    mentions = lexicon.names.find(mended, capitals(text))
    literal, fired = lexicon.synonyms.read(stems(mended), mended)
    readings = [literal]
    if mentions:
        readings.append(lexicon.synonyms.read(stems(slotted(mended, mentions)))[0])
    names = tuple(_name(mended, mention, lexicon) for mention in mentions if mention.entity in lexicon.naming)
    return Query(safe(text).strip(), words, corrections, fired, mentions, tuple(readings), names)


def named(query: Query) -> frozenset[str]:
    """The stems of every name that a query says."""
    return frozenset(stem for mention in query.mentions for stem in stems(query.words[mention.start : mention.end]))


def wording_query(text: str, lexicon: Lexicon) -> Query:
    """The query that a wording of the base itself is: nothing to mend, placeholders as they stand."""
    words = plain_words(text)
    return Query(text, words, readings=(lexicon.synonyms.read(stems(words))[0],))


def _name(words: Words, mention: Mention, lexicon: Lexicon) -> Words:
    return lexicon.synonyms.read(stems(words[mention.start : mention.end]))[0]
