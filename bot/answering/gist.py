"""What a statement is about, how often it denies, and what it limits: a second reading beside the signs of words, so that nobody is told
to be right by one reading alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from bot.answering.literal import Words, parts_of, says_something, words_of
from bot.english.clauses import Clause
from bot.english.negation import stems_of, table
from bot.english.phrases import LIMITS, TRIGGERS
from bot.english.speech_acts import SpeechAct
from bot.english.words import FILLERS, MODALS_OF_CHOICE, NEGATORS, ONLY, PREVENTING, UNIVERSAL, VERDICTS, WITHHOLDING
from bot.knowledge import Usage

_UNSEEN = 1  # statements that a word is taken to stand in which stands in none
_UNLIKE = 0.3  # how much a statement counts that limits otherwise or lacks a word of the other side
_NEAREST = 3  # the power that makes the likest statements count most

# Both as measured by leaving each statement of our myths out in turn: the votes that agree with the signs of words.


@dataclass(frozen=True, slots=True)
class Gist:
    """`names`: stems and names of opposites, without their side, and of these `main` those outside conditions; `denied`: how many words
    deny; `limits`: "only" and "all"."""

    names: frozenset[str]
    main: frozenset[str]
    denied: int
    limits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vote:
    """What one statement says of a message: how alike the two are (0..1), the side (1 claims, -1 denials, 0 unclear) that the message
    is on by it, how much of the message it covers (0..1), and whether the two limit alike and no word belongs to the other side."""

    alike: float
    side: int
    covered: float
    fits: bool


@dataclass(frozen=True, slots=True)
class _Known:
    gists: tuple[tuple[Gist, int], ...]
    rarity: Mapping[str, float]
    unseen: float
    own: Mapping[int, frozenset[str]]


def votes(acts: Iterable[SpeechAct], told: tuple[tuple[str, int], ...], usage: Usage) -> tuple[Vote, ...]:
    """What the statements `told`, each with its side, say of what is stated in a message, the likest first."""
    known = _known(told, usage)
    found = [vote for act in acts for vote in _of_act(gist_of(act.clauses, usage), act.sign, known)]
    return tuple(sorted(found, key=lambda vote: (vote.alike, vote.side), reverse=True))


def balance(found: Sequence[Vote]) -> float:
    """All votes together: above 0 for the claims, below 0 for the denials."""
    return sum(vote.side * vote.alike**_NEAREST * (1 if vote.fits else _UNLIKE) for vote in found)


def _of_act(said: Gist, sign: int, known: _Known) -> Iterator[Vote]:
    length = _weight(said.names, known) or 1.0
    for other, side in known.gists:
        shared = _weight(said.names & other.names, known)
        if shared:
            turns = abs(said.denied - other.denied)
            alien = (said.names - other.names) & (known.own[-side] - known.own[side])
            alike = 2 * shared / (length + _weight(other.names, known))
            polarity = (1, -1)[turns] if turns < 2 and said.main & other.names else 0
            yield Vote(alike, side * sign * polarity, shared / length, said.limits == other.limits and not alien)


def _weight(names: Iterable[str], known: _Known) -> float:
    return sum(known.rarity.get(name, known.unseen) for name in names)


@lru_cache(maxsize=1024)
def _known(told: tuple[tuple[str, int], ...], usage: Usage) -> _Known:
    gists = tuple((gist_of(parts_of(text, usage), usage), side) for text, side in told)
    held = Counter(name for gist, _ in gists for name in gist.names)
    rarity = {name: log((len(gists) + 1) / count) for name, count in held.items()}
    own = {side: frozenset(name for gist, one in gists if one == side for name in gist.names) for side in (1, -1)}
    return _Known(gists, rarity, log((len(gists) + 1) / _UNSEEN), own)


def gist_of(parts: Iterable[Clause], usage: Usage) -> Gist:
    """The gist of some clauses."""
    names, main = set[str](), set[str]()
    denied, limits = 0, set[str]()
    for part in parts:
        for found, turns in _read(part, table(usage.opposites)):
            names.update(found)
            main.update(found if part.role != "condition" else ())
            denied += turns == "not"
            limits |= {turns} - {"not", ""}
    return Gist(frozenset(names), frozenset(main), denied, frozenset(limits))


def _read(part: Clause, known: Mapping[Words, tuple[str, int]]) -> Iterator[tuple[Sequence[str], str]]:
    """(the names, what it turns: "not", "only", "all" or "") for each word or phrase of a clause."""
    words = tuple(word for word in words_of(part) if word not in FILLERS)
    forms, at = stems_of(words), 0
    while at < len(words):
        size = next((size for size in (4, 3, 2, 1) if forms[at : at + size] in known and words[at] not in NEGATORS), 0)
        if size:
            name, side = known[forms[at : at + size]]
            yield (name[1:].split() if name[0] == "=" else [name]), "not" if side < 0 else ""
        else:
            yield _of_word(words[at], forms[at], known)
        at += size or 1


def _of_word(word: str, form: str, known: Iterable[Words]) -> tuple[Sequence[str], str]:
    phrase = tuple(word.split("_"))
    if word in NEGATORS | PREVENTING | WITHHOLDING or VERDICTS.get(word) == -1 or TRIGGERS.get(phrase, 1) < 0:
        return (), "not"
    if word in ONLY or phrase in LIMITS:
        return (), "only"
    if word in UNIVERSAL:
        return (), "all"
    return ((form,), "") if word not in MODALS_OF_CHOICE and says_something(word, form, known) else ((), "")
