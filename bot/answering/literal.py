"""Whether a message says one of the statements of a myth nearly word for word: then it is on the side of that statement, however hard its
signs are to read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.english.clauses import Clause, clauses, sentences
from bot.english.negation import stems_of, table
from bot.english.phrases import LIMITS, TRIGGERS
from bot.english.words import FILLERS, GRAMMATICAL, KEPT_WHEN_SIGNED, MODALS_OF_CHOICE, QUALIFIERS, STOP_WORDS, TURNING
from bot.knowledge import Usage

Words = tuple[str, ...]

_ALIKE = 0.8  # of the words of both, in order
_PARTED = "_"
_QUALIFIERS = frozenset(stems_of(sorted(QUALIFIERS)))
_FEWEST = 2  # words of matter; with fewer the whole sentence must be the same


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a statement in order: `all` of them but fillers, the stems `told` of those that say something, and of these the
    ones that can turn it round (`turning`)."""

    all: Words
    told: Words
    turning: Words


def side_of(parts: Sequence[Clause], told: tuple[tuple[str, int], ...], usage: Usage) -> int:
    """The side (1 claims, -1 denials) of the statement that clauses repeat nearly word for word; 0 if there is none or one each."""
    said, opposites = _wording(parts, usage), table(usage.opposites)
    best = {1: 0.0, -1: 0.0}
    for known, side in _wordings(told, usage):
        best[side] = max(best[side], _alike(said, known, opposites))
    if max(best.values()) < _ALIKE or best[1] == best[-1]:
        return 0
    return 1 if best[1] > best[-1] else -1


@lru_cache(maxsize=1024)
def _wordings(told: tuple[tuple[str, int], ...], usage: Usage) -> tuple[tuple[Wording, int], ...]:
    return tuple((_wording(parts_of(text, usage), usage), side) for text, side in told)


def parts_of(text: str, usage: Usage) -> tuple[Clause, ...]:
    """The clauses of all sentences of a text."""
    return tuple(clause for sentence in sentences(text, usage.organisation) for clause in clauses(sentence.words))


def _wording(parts: Iterable[Clause], usage: Usage) -> Wording:
    words = tuple(word for clause in parts for word in words_of(clause) if word not in FILLERS)
    known = table(usage.opposites)
    pairs = [(word, stem) for word, stem in zip(words, stems_of(words), strict=True) if says_something(word, stem, known)]
    turning = tuple(stem for word, stem in pairs if _is_turning(word))
    return Wording(words, tuple(stem for _, stem in pairs), turning)


def words_of(clause: Clause) -> Words:
    """The words of a clause, with each phrase that turns it round as one word."""
    found = ["not", "mean"] if clause.sign < 0 else []
    found += [clause.link] if clause.link in TURNING else []
    at = 0
    while at < len(clause.words):
        size = next((size for size in (5, 4, 3, 2) if _turns(clause.words[at : at + size])), 1)
        found.append(_PARTED.join(clause.words[at : at + size]))
        at += size
    return tuple(found)


def _turns(phrase: Words) -> bool:
    return phrase in LIMITS or TRIGGERS.get(phrase, 1) < 0


def says_something(word: str, stem: str, known: Iterable[Words]) -> bool:
    """Whether a word is of matter, turns a statement round or is one of two opposites (`known`)."""
    if _is_turning(word) or word in KEPT_WHEN_SIGNED or (stem,) in known:
        return True
    return not (word in STOP_WORDS or stem in STOP_WORDS or word in GRAMMATICAL)


def _is_turning(word: str) -> bool:
    return word in TURNING or word in MODALS_OF_CHOICE or _PARTED in word


def _alike(said: Wording, known: Wording, opposites: Iterable[Words]) -> float:
    """How much of what is said is a known statement, 0..1. It is 0 unless all words of the statement stand there in order, with the same
    words that turn it round, and nothing was added that could: no opposite, figure or qualifier."""
    if said.all == known.all:
        return 1.0
    if said.turning != known.turning or len(known.told) < _FEWEST + len(known.turning):
        return 0.0
    rest = iter(said.told)
    if not all(stem in rest for stem in known.told):
        return 0.0
    added = Counter(said.told) - Counter(known.told)
    if any((stem,) in opposites or stem in _QUALIFIERS or stem[0].isdigit() for stem in added):
        return 0.0
    return 2 * len(known.told) / (len(said.told) + len(known.told))
