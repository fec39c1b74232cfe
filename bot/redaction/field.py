"""What the rules have to know of a base: which of its words point to a person, and which are not anybody's name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.wordlist import is_word
from bot.english.words import STOP_WORDS
from bot.knowledge import KnowledgeBase
from bot.matching.spelling import Speller, speller_of
from bot.redaction.words import CALENDAR, FOREIGN_WORDS, GIVEN_NAMES, HONORIFICS, NOT_NAMES, NOT_PEOPLE, PROPER_NOUNS, ROLES, TITLES

Stems = tuple[str, ...]

_NEVER = CALENDAR | FOREIGN_WORDS | NOT_NAMES | NOT_PEOPLE | STOP_WORDS | HONORIFICS | frozenset(ROLES) | frozenset(TITLES)
"""Words that are not part of a name, whatever stands around them."""


@dataclass(frozen=True, slots=True)
class Field:
    """The words of a base. `cues`: words or phrases, as stems, next to which people are named; `words`: lower-case words of its own texts
    and entities, which are not hidden as names; `addressee`: whom people believe that they write to, in lower case."""

    cues: frozenset[Stems] = frozenset()
    words: frozenset[str] = field(default=frozenset(), repr=False)
    addressee: str = ""
    speller: Speller = field(default_factory=lambda: speller_of({}), repr=False)

    def is_unusual(self, word: str) -> bool:
        """Whether a word may be somebody's name: a given name, or neither English nor the base's."""
        low = bare(word)
        return low in GIVEN_NAMES or not (low in NOT_PEOPLE or self.has(low) or is_word(low) or is_word(word.lower().replace("’", "'")))

    def may_be_name(self, word: str) -> bool:
        """Whether a word, or a part of it with a hyphen or apostrophe, may be somebody's name where a name is likely: proper nouns of
        English count too."""
        return any(len(part) > 1 and self._part_may_be_name(part) for part in plain_words(word))

    def is_slip(self, low: str) -> bool:
        """Whether a lower-case word is not English and one or two keystrokes from a word of the base."""
        return low not in GIVEN_NAMES and self.speller.correct(low) != low

    def has(self, low: str) -> bool:
        """Whether a lower-case word, or its singular, is the base's own."""
        return low in self.words or low.removesuffix("s") in self.words

    def is_official(self, handle: str) -> bool:
        """Whether the lower-case name of an account is the addressee's or that of an institution in the base."""
        mine = bool(self.addressee) and (handle == self.addressee or handle.startswith(f"{self.addressee}_"))
        return mine or (self.has(handle) and handle not in GIVEN_NAMES)

    def is_ordinary(self, low: str) -> bool:
        """Whether a lower-case word is the base's or never part of a name, so that its capital says nothing."""
        return low in _NEVER or self.has(low)

    def _part_may_be_name(self, low: str) -> bool:
        if low in _NEVER:
            return False
        return low in GIVEN_NAMES or (not self.has(low) and (low in PROPER_NOUNS or not is_word(low)))


def field_of(kb: KnowledgeBase) -> Field:
    """The field of a base: the cues of its settings, the words of its texts and of the names of its entities."""
    own = Counter(word for text in _texts(kb) for word in plain_words(text))
    return Field(
        frozenset(stems(plain_words(cue)) for cue in kb.settings.name_cues), frozenset(own), kb.settings.addressee.lower(), speller_of(own)
    )


def bare(word: str) -> str:
    """The word in lower case, without apostrophes and a full stop at its end."""
    return word.lower().rstrip(".").replace("'", "").replace("’", "")


def _texts(kb: KnowledgeBase) -> Iterator[str]:
    for entry in kb.entries.values():
        yield from (entry.question, entry.answer, *entry.by_status.values(), *entry.claims, *entry.denials, *entry.facts)
        yield from filter(None, (entry.claim, entry.why, entry.remember))
    for talk in kb.talk.values():
        yield talk.answer
    for word, same in kb.synonyms.items():
        yield from (word, *same)
    yield from _names(kb)


def _names(kb: KnowledgeBase) -> Iterable[str]:
    for entity in kb.entities.values():
        yield from entity.ambiguous
        for value in entity.values:
            yield from (value.name, *value.also)
