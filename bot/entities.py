"""Names in a message -> slots: which country, which organisation is meant."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from bot.english import is_word
from bot.knowledge import Entity, Value
from bot.text import plain_words

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a message: words[start:end] mean one of `values` (several if the name is ambiguous)."""

    entity: str
    start: int
    end: int
    values: tuple[Value, ...]


class Names:
    """Every name of every entity, found longest first. Codes count in capitals only: "is", "it" and "no" are codes too."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.shouted: set[Words] = set()
        self.values: dict[Words, tuple[str, tuple[Value, ...]]] = {}
        for entity in entities.values():
            self._add(entity)
        self._longest: dict[str, int] = {}
        for words in self.values:
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def _add(self, entity: Entity) -> None:
        by_code = {value.code: value for value in entity.values if value.code}
        for value in entity.values:
            for name in (value.name, *value.also):
                words = plain_words(name)
                self.values.setdefault(words, (entity.name, (value,)))
                if name.isupper() and is_word(name.lower()):
                    self.shouted.add(words)
        for code, value in by_code.items():
            if (code.lower(),) not in self.values:
                self.values[(code.lower(),)] = (entity.name, (value,))
                self.shouted.add((code.lower(),))
        for name, codes in entity.ambiguous.items():
            self.values[plain_words(name)] = (entity.name, tuple(by_code[code] for code in codes))

    def find(self, words: Sequence[str], capitals: Container[str] = ()) -> tuple[Mention, ...]:
        """The names in `words`, from left to right, none inside another.

        A code, or a name that is an English word when it is not in capitals ("US", "CAR"), counts only if it is among `capitals`.
        """
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._at(words, at, capitals)
            if mention:
                found.append(mention)
            at = mention.end if mention else at + 1
        return tuple(found)

    def _at(self, words: Sequence[str], start: int, capitals: Container[str]) -> Mention | None:
        for size in range(self._longest.get(words[start], 0), 0, -1):
            name = tuple(words[start : start + size])
            known = self.values.get(name)
            if known and (name not in self.shouted or name[0] in capitals):
                return Mention(known[0], start, start + size, known[1])
        return None


def slotted(words: Sequence[str], mentions: Sequence[Mention]) -> Words:
    """The words with every mention replaced by its entity: ("is", "{country}", "in", "interpol")."""
    found: list[str] = []
    at = 0
    for mention in mentions:
        found.extend(words[at : mention.start])
        found.append("{" + mention.entity + "}")
        at = mention.end
    return (*found, *words[at:])
