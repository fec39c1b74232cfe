"""Names in a message -> slots: which country, which organisation is meant."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from bot.english.tokens import plain_words
from bot.english.wordlist import is_word
from bot.knowledge import Entity, Value
from bot.matching.synonyms import longest_by_first

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a message: words[start:end] mean one of `values` (several if the name is ambiguous)."""

    entity: str
    start: int
    end: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of every entity: its words as text -> the numbers of the values that bear it. Codes are names too.

    `shouted` are the names that count in capitals only: codes, and names that are English words in small letters
    ("is", "it" and "no" are codes; "US" and "CAR" are names).
    """

    values: tuple[Value, ...]
    numbers: dict[str, tuple[int, ...]]
    shouted: dict[str, bool]
    longest: dict[str, int]

    def find(self, words: Sequence[str], capitals: Container[str] = ()) -> tuple[Mention, ...]:
        """The names in `words`, from left to right, the longest first, none inside another. `capitals`: words typed in capitals."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._at(words, at, capitals)
            if mention:
                found.append(mention)
            at = mention.end if mention else at + 1
        return tuple(found)

    def _at(self, words: Sequence[str], start: int, capitals: Container[str]) -> Mention | None:
        for size in range(self.longest.get(words[start], 0), 0, -1):
            name = " ".join(words[start : start + size])
            if name in self.numbers and (name not in self.shouted or name in capitals):
                values = tuple(self.values[number] for number in self.numbers[name])
                return Mention(values[0].entity, start, start + size, values)
        return None


def names_of(entities: Mapping[str, Entity]) -> Names:
    """The names of all entities; a name given twice belongs to the value that comes first in order of names."""
    values = tuple(value for entity in entities.values() for value in entity.values)
    names: dict[str, tuple[int, ...]] = {}
    shouted: dict[str, bool] = {}
    for number, value in enumerate(values):
        for name in (value.name, *value.also):
            text = " ".join(plain_words(name))
            names.setdefault(text, (number,))
            if name.isupper() and is_word(name.lower()):
                shouted[text] = True
    for number, value in enumerate(values):
        code = (value.code or "").lower()
        if code and code not in names:
            names[code], shouted[code] = (number,), True
    names |= _ambiguous(entities, values)
    return Names(values, names, shouted, longest_by_first(names))


def _ambiguous(entities: Mapping[str, Entity], values: Sequence[Value]) -> dict[str, tuple[int, ...]]:
    """The names that mean several values. A code of no value is left out: a faulty base is indexed too, to find its other faults."""
    by_code = {(value.entity, value.code): number for number, value in enumerate(values) if value.code}
    return {
        " ".join(plain_words(name)): tuple(by_code[entity.name, code] for code in codes if (entity.name, code) in by_code)
        for entity in entities.values()
        for name, codes in entity.ambiguous.items()
    }


def slotted(words: Sequence[str], mentions: Sequence[Mention]) -> Words:
    """The words with every mention replaced by its entity: ("is", "{planet}", "in", "reach")."""
    found: list[str] = []
    at = 0
    for mention in mentions:
        found.extend(words[at : mention.start])
        found.append("{" + mention.entity + "}")
        at = mention.end
    return (*found, *words[at:])
