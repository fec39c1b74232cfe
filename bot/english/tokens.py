"""Text as a person typed it -> words. The one module that says which texts are the same text."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bot.english.forms import CONTRACTIONS, ENDINGS, FOR_WHAT, READ_AS, SHORTHAND, WITH
from bot.english.phrases import IMPOSSIBLE

LONGEST = 100_000
"""Characters of a message that are read; nobody asks a question after that many."""

MOST_WORDS = 600
"""Words of a message that are read: a page and a half of text."""

_WORD = re.compile(r"\{[a-z_]+\}|[a-z0-9]+(?:'[a-z]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})

_BLANKS = re.compile(r"[^\S\n]{2,}")
_LINES = re.compile(r"(?:[^\S\n]?\n){3,}")
_MARKS = re.compile(r"(\W{24})\W+")
_NUMBER_OF = re.compile(r"\b(?:no|nr)\.? of (?=[a-z])")  # "no of members"; small letters, as nobody shouts it
_WITH = re.compile(rf"(?<![\w/:.-])({'|'.join(WITH)})\s?(?=[A-Za-z])", re.I)
_FOR = re.compile(rf"(?<=[a-z] )4(?= (?:{'|'.join(sorted(FOR_WHAT))})\b(?! \w+s\b))", re.I)  # not "4 work permits"


def tidy(text: str) -> str:
    """The text with its runs of blanks, of empty lines and of marks cut short: they say no more than a few, and the patterns that look for
    where a sentence ends or a question begins take far more time than they are long."""
    return _shorthand(_MARKS.sub(r"\1 ", _LINES.sub("\n\n", _BLANKS.sub(" ", text))))


def _shorthand(text: str) -> str:
    """The text with what is written short by marks and digits spelt out: "w/ 4 u"."""
    text = _NUMBER_OF.sub("number of ", text) if "of" in text else text
    text = _WITH.sub(lambda found: f"{WITH[found[1].lower()]} ", text) if "/" in text else text
    return _FOR.sub("for", text) if "4" in text else text


def safe(text: str) -> str:
    """The text without terminal escapes, unseen and direction characters and lone surrogates, control characters as spaces: fit to be
    shown again."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _CONTROL.sub(" ", _ESCAPE.sub("", text)))


def fold(text: str) -> str:
    """Lower case, compatibility forms (NFKC), no accents: 'Côte' -> 'cote', 'ﬁle' -> 'file'."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text of the knowledge base, in order; {country} stays one word."""
    folded = fold(safe(text[:LONGEST]))
    tokens: list[str] = _WORD.findall(folded)
    if "'" not in folded and _SPELT_OUT.isdisjoint(tokens):
        return tuple(tokens)
    return tuple(word for token in tokens for word in _spell_out(token))


def marked_words(text: str) -> tuple[str, ...]:
    """The words of a sentence with a comma for every mark that parts them; "=" stays."""
    found: list[str] = []
    for part in _MARK.split(IMPOSSIBLE.sub("impossible", text.replace("_", " "))):
        if _MARK.fullmatch(part):
            found.append("=" if part == "=" else ",")
        else:
            found.extend(one for word in plain_words(part) for one in READ_AS.get(word, (word,)))
    while found and found[-1] == ",":
        found.pop()
    return tuple(found)


_MARK = re.compile(r"([.!?;…]+(?=\s|$)|,(?=\D|$)|[:()=\[\]]|\s[-–—]+\s|—)")


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a message: as plain_words, but braces have no meaning there."""
    return plain_words(text[:LONGEST].replace("{", " ").replace("}", " "))


def capitals(text: str) -> frozenset[str]:
    """The words of a message, lower-cased, that were typed in capitals; none if the whole message was."""
    part = text[:LONGEST]
    return frozenset() if part.isupper() else frozenset(word.lower() for word in re.findall(r"\b[A-Z]{2,5}\b", part))


_SPELT_OUT = SHORTHAND.keys() | CONTRACTIONS.keys()


def _spell_out(token: str) -> list[str]:
    if token in SHORTHAND:
        return SHORTHAND[token].split()
    if token in CONTRACTIONS:
        return CONTRACTIONS[token].split()
    if "'" not in token:
        return [token]
    if token.endswith("n't"):
        return [*filter(None, (token[:-3],)), "not"]
    stem, mark, ending = token.partition("'")
    return [stem, *ENDINGS.get(mark + ending, f"{ending}").split()]


@dataclass(frozen=True, slots=True)
class Edit:
    """A word that was read as another one: text[start:end] of the mended text stands for what was typed. `told`: it is a typing error
    that the person is told of, not a shorthand such as "u" or "pls"."""

    start: int
    end: int
    typed: str
    told: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """A message with its typing errors mended, and the edits in order of their place."""

    text: str
    edits: tuple[Edit, ...] = ()

    def typed(self, start: int, end: int) -> str:
        """What was typed where text[start:end] stands."""
        found, at = [], start
        for edit in self.within(start, end):
            found += [self.text[at : edit.start], edit.typed]
            at = edit.end
        return "".join([*found, self.text[at:end]])

    def within(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits between two places of the text."""
        return tuple(edit for edit in self.edits if start <= edit.start and edit.end <= end)


_TYPED_WORD = re.compile(r"(?<!['\u2019])\b[^\W_]+(?!['\u2019]t\b)")
"""A word to mend: with a possessive cut off ("intrepol's"), but neither an ending nor a negation written short ("'re", "aren't")."""


def mend(text: str, correct: Callable[[str], str]) -> Mended:
    """The text with every shorthand spelt out and every typing error mended; `correct` gives the word that a folded word stands for."""
    found, edits, at, length = [], [], 0, 0
    once = cache(correct)
    for word in islice(_TYPED_WORD.finditer(text[:LONGEST]), MOST_WORDS):
        folded = fold(word[0])
        read = SHORTHAND.get(folded) or once(folded)
        if read != folded:
            found += [text[at : word.start()], read]
            start = length + word.start() - at
            edits.append(Edit(start, start + len(read), word[0], folded not in SHORTHAND))
            at, length = word.end(), start + len(read)
    return Mended("".join([*found, text[at:]]), tuple(edits))
