"""Danger that is told in words which mean nothing else, whatever a message says besides; also in languages that are not read: nobody in
danger is to hear first that a program reads English.

The phrases are data of the base's languages and small talk (bot/defaults/languages.yaml, danger.yaml) and are compared with the words of
the message; nothing is translated.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.english.tokens import LONGEST, MOST_WORDS, fold
from bot.knowledge import Language, SmallTalk

BETWEEN = 4
"""Words that may stand between two words of a phrase: "mein Sohn (ist seit heute morgen) verschwunden"
(tests/content/danger_languages.yaml)."""

CHARACTERS = 6
"""The same in characters, for scripts that do not part words."""

_BREAK = "."
_MARKS = re.compile(r"[.!?;:,\n…。！？،؟।۔、，；]+")
_GAPS = re.compile(r"[\s'\"()\[\]{}<>«»„“”‘*_/\\|-]+")
_UNPARTED = ("CJK", "HIRAGANA", "KATAKANA", "THAI")

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "œ": "oe", "æ": "ae"})
"""Letters that many type without their mark and that Unicode does not take apart."""

_HEAD = 4  # letters by which a phrase is looked for at first

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cry:
    """A language in which danger was told (ISO 639-1), and the line in it that answers; for English, which is read, the id of the small
    talk that does."""

    language: str
    line: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """`pieces`: for each place the words that may stand there; `barred`: those of which none may come next; `heads`: for some places
    the beginnings of those words, one of which a message with the phrase must hold."""

    cry: Cry
    pieces: tuple[Words, ...]
    barred: Words
    heads: tuple[frozenset[str], ...]
    parted: bool


@dataclass(frozen=True, slots=True)
class _Phrases:
    """All phrases. Most are looked for only where one of their heads is held: `by_head` gives their numbers by those of their first piece
    that has some; `spelt` are those of the others that a message in ASCII may hold, `others` all of them."""

    all: tuple[_Phrase, ...]
    by_head: Mapping[str, tuple[int, ...]]
    spelt: frozenset[int]
    others: frozenset[int]

    def likely(self, held: Collection[str], plain: str) -> Iterator[_Phrase]:
        """The phrases that a message may hold, in their order. `held` are the heads of its words, `plain` is its text."""
        numbers = {number for head in held for number in self.by_head.get(head, ())}
        for number in sorted(numbers | (self.spelt if plain.isascii() else self.others)):
            if not any(heads.isdisjoint(held) for heads in self.all[number].heads):
                yield self.all[number]


def find(text: str, languages: Collection[Language], talk: Collection[SmallTalk] = ()) -> Cry | None:
    """The first cry for help in a message of any length, in the order of small talk, of languages and of their phrases; None if there is
    none."""
    plain = _plain(text[:LONGEST])
    words = (_BREAK, *plain.split()[:MOST_WORDS], _BREAK)
    held = {word[:_HEAD] for word in words}
    for phrase in _phrases(tuple(talk), tuple(languages)).likely(held, plain):
        if _stands(phrase, words) if phrase.parted else _runs(phrase.pieces, phrase.barred, plain):
            return phrase.cry
    return None


def _plain(text: str) -> str:
    """Small letters without accents, words parted by blanks, and a full stop by itself for every mark that parts sentences."""
    return _GAPS.sub(" ", _MARKS.sub(f" {_BREAK} ", _folded(text)))


@lru_cache(maxsize=4)
def _phrases(talk: tuple[SmallTalk, ...], languages: tuple[Language, ...]) -> _Phrases:
    given = [(text, Cry("en", item.id)) for item in talk for text in item.phrases]
    given += [
        (text, Cry(language.code, distress.line)) for language in languages for distress in language.distress for text in distress.phrases
    ]
    plain = _folded("\n".join(text for text, _ in given)).split("\n")  # all at once: one by one takes longer than an answer
    phrases = tuple(_phrase(text, folded, cry) for (text, cry), folded in zip(given, plain, strict=False))
    by_head: dict[str, tuple[int, ...]] = {}
    for number, phrase in enumerate(phrases):
        for head in phrase.heads[0] if phrase.heads else ():
            by_head[head] = (*by_head.get(head, ()), number)
    others = frozenset(number for number, phrase in enumerate(phrases) if not phrase.heads)
    return _Phrases(phrases, by_head, frozenset(number for number in others if _in_ascii(phrases[number])), others)


def _in_ascii(phrase: _Phrase) -> bool:
    """Whether a text in ASCII may hold a phrase."""
    return all(any(map(str.isascii, piece)) for piece in phrase.pieces)


def _folded(text: str) -> str:
    return fold(text).translate(_LETTERS)


def _phrase(text: str, folded: str, cry: Cry) -> _Phrase:
    given, _, barred = folded.partition(" -")
    pieces = tuple(tuple(piece.split("|")) for piece in given.split())
    parted = not any(map(_unparted, text.partition(" -")[0]))
    heads = tuple(frozenset(word.rstrip("*")[:_HEAD] for word in piece) for piece in pieces if parted and all(map(_has_head, piece)))
    return _Phrase(cry, pieces, tuple(barred.split("|")) if barred else (), heads, parted)


@cache
def _unparted(char: str) -> bool:
    return not char.isascii() and unicodedata.name(char, "").startswith(_UNPARTED)


def _has_head(word: str) -> bool:
    return word[0] != "*" and (word[-1] != "*" or len(word) > _HEAD)


def _stands(phrase: _Phrase, words: Words) -> bool:
    return any(_goes_on(phrase.pieces, phrase.barred, words, at) for at in range(len(words)))


def _goes_on(pieces: tuple[Words, ...], barred: Words, words: Words, at: int) -> bool:
    """Whether the pieces stand from a place on, other words of the same sentence between them."""
    if not any(_is(words[at], piece) for piece in pieces[0]):
        return False
    if len(pieces) == 1:
        return words[at + 1 : at + 2] == () or words[at + 1] not in barred
    return any(_goes_on(pieces[1:], barred, words, place) for place in _reach(pieces[1], words, at))


def _reach(piece: Words, words: Words, at: int) -> Iterator[int]:
    """The places where the next piece may stand."""
    nearest = piece == (_BREAK,) or words[at] == _BREAK
    for place in range(at + 1, min(at + 2 + (0 if nearest else BETWEEN), len(words))):
        yield place
        if words[place] == _BREAK:
            return


def _is(word: str, piece: str) -> bool:
    """Whether a word is one of a phrase, * standing for the rest of it at either end."""
    if piece[0] == "*":
        return piece.strip("*") in word if piece[-1] == "*" else word.endswith(piece[1:])
    return word.startswith(piece[:-1]) if piece[-1] == "*" else word == piece


def _runs(pieces: tuple[Words, ...], barred: Words, text: str) -> bool:
    """The same in a script that does not part words."""
    for word in pieces[0]:
        for found in re.finditer(re.escape(word), text):
            if _runs_on(pieces[1:], barred, text, found.end()):
                return True
    return False


def _runs_on(pieces: tuple[Words, ...], barred: Words, text: str, end: int) -> bool:
    if not pieces:
        return not (barred and text.startswith(barred, end))
    for word in pieces[0]:
        at = text.find(word, end, end + CHARACTERS + len(word))
        if at >= 0 and _BREAK not in text[end:at] and _runs_on(pieces[1:], barred, text, at + len(word)):
            return True
    return False
