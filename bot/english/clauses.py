"""A message -> sentences -> clauses: where a condition ends, and where the thing itself is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.english.phrases import NO_CONCLUSION, WHICH_MEANT
from bot.english.reporting_words import PROVING
from bot.english.sentences import split
from bot.english.tokens import marked_words, plain_words
from bot.english.words import (
    ADVERBS,
    AFTER_PLACE,
    AFTER_SO,
    ALWAYS,
    AUXILIARIES,
    BEFORE_OBJECT,
    CONCLUDING,
    CONTRASTING,
    COORDINATORS,
    EXCEPTED,
    FORMERLY,
    LEADING_PREPOSITIONS,
    LINKING,
    LINKING_AFTER_PAUSE,
    MEANING,
    NEGATORS,
    ORGANISATION,
    PERSONAL,
    PLACES,
    POSSESSIVES,
    PRONOUNS,
    RELATIVE,
    SUBORDINATORS,
    TIMES_AND_PLACES,
)

Words = tuple[str, ...]
Role = Literal["main", "condition", "contrast"]

_ASKED = re.compile(r"\?[\W_]*$")

LONGEST = 150
"""Words of a sentence that are read for what it claims: nobody states anything after that many, and clauses take more than linear time."""

MOST = 40
"""Sentences of a message that are read for what they claim."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's words; a comma is a word of its own. `asked`: it ends with a question mark."""

    words: Words
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Words without commas. A condition is what the thing said depends on; `sign` is -1 where the sentence as a whole takes it back
    ("that does not mean that ...")."""

    words: Words
    role: Role = "main"
    sign: int = 1
    link: str = ""


def sentences(text: str, organisation: str = "") -> tuple[Sentence, ...]:
    """The first sentences of a text as words, none of them empty; the organisation's name becomes one word (ORGANISATION)."""
    name = plain_words(organisation)
    found = (Sentence(_renamed(marked_words(span.text)[:LONGEST], name), bool(_ASKED.search(span.text))) for span in split(text)[:MOST])
    return tuple(sentence for sentence in found if any(word != "," for word in sentence.words))


def _renamed(words: Words, name: Words) -> Words:
    """The words with each mention of a name replaced by ORGANISATION."""
    for at in range(len(words) - len(name) + 1) if name else ():
        if words[at : at + len(name)] == name:
            return (*words[:at], ORGANISATION, *_renamed(words[at + len(name) :], name))
    return words


def clauses(words: Words) -> tuple[Clause, ...]:
    """The clauses of a statement, in order."""
    parts = [part for segment in _segments(words) for part in _meant(segment)]
    told = _rejoined([part for part in parts if part[1]])
    return tuple(_clause(told, at) for at in range(len(told)))


def _rejoined(parts: list[tuple[str, Words, int]]) -> list[tuple[str, Words, int]]:
    """ "The one, not the other, does it": the sentence first, what it shuts out behind it."""
    for at in range(len(parts) - 2):
        first, inserted, rest = parts[at : at + 3]
        plain = inserted[1][0] == "not" and not AUXILIARIES & {*first[1], *inserted[1]}
        if plain and not rest[0]:
            return [*parts[:at], (first[0], (*first[1], *rest[1]), first[2]), inserted, *parts[at + 3 :]]
    return parts


def _clause(parts: Sequence[tuple[str, Words, int]], at: int) -> Clause:
    link, words, sign = parts[at]
    following = parts[at + 1][0] if at + 1 < len(parts) else ""
    leading = (words[0] in ("without", "no") and not AUXILIARIES & set(words)) or words[:2] == ("with", "no")
    if words[0] in LEADING_PREPOSITIONS and at + 1 < len(parts) and not parts[at + 1][0] and not AUXILIARIES & set(words):
        return Clause(words, "condition", sign, link)
    if parts[at + 1 : at + 2] and parts[at + 1][:2] in WHICH_MEANT:
        return Clause(words, "condition", sign, link)
    if FORMERLY & set(words) and len(parts) > 1:
        return Clause(words, "condition", sign, link)
    if link in SUBORDINATORS | PLACES or link == "meant" or following == "so" or (leading and at + 1 < len(parts)):
        return Clause(words, "condition" if len(parts) > 1 else "main", sign, link)
    return Clause(words, "contrast" if following in CONTRASTING else "main", sign, link)


def _segments(words: Words) -> Iterator[tuple[str, Words]]:
    """(the word that links it, the words) for each stretch between commas and linking words; "nor" stays, because it denies."""
    link, start, fresh = "", 0, True
    for at, word in enumerate((*words, ",")):
        cut = (word == "," and not _listed(words, at)) or _opens(words, at, fresh)
        if word == "," and not cut:
            continue
        if not cut:
            fresh = False
            if _restarts(link, words, start, at):
                yield link, words[start:at]
                link, start = "", at
            continue
        if at > start:
            yield link, words[start:at]
        link = ("" if at > start or not link else link) if word == "," else _joined(word)
        start, fresh = at + (word != "nor"), word == "," or fresh


def _listed(words: Words, at: int) -> bool:
    """Whether a comma stands between things of one list: "no money, fines or fees"."""
    rest = words[at + 1 :]
    until = rest.index(",") if "," in rest else len(rest)
    item = rest[:until]
    if not item or until > 5 or (item[0] in CONTRASTING or item[0] in SUBORDINATORS or item[0] == "so"):
        return False
    plain = not any(word in AUXILIARIES or word in NEGATORS or word in PRONOUNS or word in RELATIVE for word in item)
    return plain and any(word in COORDINATORS for word in (*item, *rest[until + 1 : until + 16]))


def _joined(word: str) -> str:
    return "so" if word in CONCLUDING else word


def _opens(words: Words, at: int, fresh: bool) -> bool:
    """Whether the word at a place links what follows to what stands before."""
    word, rest = words[at], words[at + 1 : at + 4]
    if word in PLACES:
        return bool(rest) and rest[0] in AFTER_PLACE
    if word == "but" and at and words[at - 1] in EXCEPTED:
        return False
    if word in SUBORDINATORS or word in LINKING:
        return bool(rest) and rest[0] != "," and not (word in TIMES_AND_PLACES and rest[0] in AUXILIARIES)
    if word in LINKING_AFTER_PAUSE:
        return len(rest) > 1 and (fresh or (word == "so" and (rest[0] in PRONOUNS or rest[0] in AFTER_SO)))
    if word in COORDINATORS or word == "nor":
        verb = [other in AUXILIARIES or other in NEGATORS for other in (*rest[:2], "", "")]
        return word == "nor" or fresh or verb[0] or (verb[1] and rest[0] in PRONOUNS | ADVERBS) or rest[:1] == ("i",)
    return False


def _restarts(link: str, words: Words, start: int, at: int) -> bool:
    """Whether the thing itself begins here, after a condition without a comma: "if I pay | they drop the case"."""
    if link not in SUBORDINATORS and words[start] != "without":
        return False
    if words[at - 1] in MEANING:
        return False
    if words[at] in POSSESSIVES and not AUXILIARIES & set(words[at + 2 : at + 5]):
        return False
    return at - start >= 3 and words[at] in POSSESSIVES | PERSONAL and words[at - 1] not in BEFORE_OBJECT


def _concludes(words: Words, at: int) -> bool:
    if words[at] in PROVING:
        return words[at + 1 : at + 2] == ("that",)
    return words[at] in MEANING and words[at + 1 :] not in NO_CONCLUSION and "by" not in words[:at]


def _meant(segment: tuple[str, Words]) -> tuple[tuple[str, Words, int], ...]:
    """A clause cut at "means": what is on the left of it is the condition of what is on the right."""
    link, words = segment
    for at, word in enumerate(words):
        if word == "=" or (at and _concludes(words, at)):
            left = words[:at]
            while left and (left[-1] in AUXILIARIES or left[-1] in NEGATORS or left[-1] in ALWAYS):
                left = left[:-1]
            sign = -1 if any(other in NEGATORS for other in words[len(left) : at]) else 1
            right = words[at + 1 :] or words
            return (("meant", left, 1), (link if link not in SUBORDINATORS else "", right[1:] if right[0] == "that" else right, sign))
    return ((link, words, 1),)
