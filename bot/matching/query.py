"""A message -> what is asked: its words with typing errors mended, the names in it, and the readings to look up."""

from collections.abc import Container
from dataclasses import dataclass, replace

from bot.english.courtesy import without_politeness
from bot.english.stems import stems
from bot.english.tokens import MOST_WORDS, capitals, plain_words, safe, typed_words
from bot.english.words import STOP_WORDS
from bot.knowledge import KnowledgeBase
from bot.matching.entities import Mention, Names, names_of, slotted
from bot.matching.spelling import Speller, speller_of
from bot.matching.synonyms import Synonyms, synonyms_of
from bot.reply import Correction

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A message as it was understood. `words` are those that were typed, without polite phrases, `mended` the same with typing errors
    mended, one for one. `readings` are stems: the mended words and, where names were found, the words with each name replaced by its
    entity. `names` are the stems of each mention of a naming entity."""

    asked: str
    words: Words
    mended: Words = ()
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
    return Lexicon(speller_of(words | _used(kb), len(kb.entries) + len(kb.talk)), names, synonyms, naming)


def _used(kb: KnowledgeBase) -> dict[str, int]:
    """Every word of the wordings of a base -> the number of entries and small talk that use it."""
    counts: dict[str, int] = {}
    wordings = [entry.questions for entry in kb.entries.values()] + [talk.alternates for talk in kb.talk.values()]
    for questions in wordings:
        for word in {word for question in questions for word in plain_words(question)}:
            counts[word] = counts.get(word, 0) + 1
    return counts


def read(text: str, lexicon: Lexicon, *, mended: bool = False) -> Query:
    """The query that a text of any form is. `mended`: its typing errors were mended before."""
    words = without_politeness(typed_words(text)[:MOST_WORDS])
    corrected = words if mended else tuple(lexicon.speller.correct(word) for word in words)
    corrections = tuple(Correction(typed, read) for typed, read in dict(zip(words, corrected, strict=True)).items() if typed != read)
    return replace(of_words(corrected, lexicon, capitals(text)), asked=safe(text).strip(), words=words, corrections=corrections)


def of_words(words: Words, lexicon: Lexicon, capitals: Container[str] = ()) -> Query:
    """The query that mended words are; `capitals` are those that were typed in capitals."""
    mentions = lexicon.names.find(words, capitals)
    literal, fired = lexicon.synonyms.read(stems(words), words)
    readings = [literal]
    if mentions:
        readings.append(lexicon.synonyms.read(stems(slotted(words, mentions)))[0])
    names = tuple(_name(words, mention, lexicon) for mention in mentions if mention.entity in lexicon.naming)
    return Query(" ".join(words), words, words, (), fired, mentions, tuple(readings), names)


def joined(before: Query, after: Query, lexicon: Lexicon) -> Query:
    """The query that two queries are, one said after the other."""
    found = of_words((*before.mended, *after.mended)[:MOST_WORDS], lexicon, shouted(before) | shouted(after))
    return replace(found, asked=f"{before.asked} {after.asked}")


def shouted(query: Query) -> frozenset[str]:
    """The words of a query that are names, and so count as names again where its words are put together anew."""
    return frozenset(word for mention in query.mentions for word in query.mended[mention.start : mention.end])


def named(query: Query) -> frozenset[str]:
    """The stems of every name that a query says."""
    return frozenset(stem for mention in query.mentions for stem in stems(query.mended[mention.start : mention.end]))


def wording_query(text: str, lexicon: Lexicon) -> Query:
    """The query that a wording of the base itself is: nothing to mend, placeholders as they stand."""
    words = plain_words(text)
    return Query(text, words, words, readings=(lexicon.synonyms.read(stems(words))[0],))


def _name(words: Words, mention: Mention, lexicon: Lexicon) -> Words:
    return lexicon.synonyms.read(stems(words[mention.start : mention.end]))[0]
