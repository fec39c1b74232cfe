"""What a person does with a myth: asks whether it is so, asserts it, or denies it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from bot.answering.gist import Vote, balance, votes
from bot.answering.literal import side_of
from bot.english.clauses import Clause, clauses, sentences
from bot.english.negation import SignedTerm, signed_terms
from bot.english.speech_acts import SpeechAct, speech_acts
from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.words import AUXILIARIES, CONTRASTING, STOP_WORDS
from bot.knowledge import Entry, Usage
from bot.reply import Stance

Vector = Mapping[str, float]

_CONTRAST = 0.03  # of "X, but Y" the second says more
_PREDICATE = 0.3  # how much it makes two statements alike that there is a verb at all
_VERB = 0.15  # how much it counts whether the verb itself is denied
_SHARP = 2  # how much more the likest statements count
_FIRM = 4  # how much less the sign of a word counts that only stands aside
_RARE = 1.5  # a word is no rarer than that
_LONG = 0.4  # how much the words of a statement that the message lacks tell against it
_MISSED = 0.1  # how much what a statement says beside tells against it
_FAINT = 0.3  # signs that hardly count on both sides say nothing
_SECOND = 0.5  # how much the second reading (bot.answering.gist) counts beside the signs of words
_UNSURE = 0.05  # a balance nearer to 0 says neither. Both as measured over the tables of tests/ and with each statement left out
_CERTAIN = 10.0  # more than all statements together can make of signs
_SURE = 0.4  # how much a word counts for the sign that claims and denials use alike


@dataclass(frozen=True, slots=True)
class Statements:
    """What a claim is measured against: the words of each statement, with their signs, and its side (1 of the claims, -1 of the
    denials). `rarity` tells how much a word says here (what nearly all statements hold says little), `telling` how much its sign says."""

    read: tuple[tuple[Vector, Vector, int], ...]
    rarity: Vector
    telling: Vector


@dataclass(frozen=True, slots=True)
class Reading:
    """How a message was read beside a myth: what it states, and for each of that the side that it repeats word for word (or 0); what
    the myth's statements say of it; and the stance."""

    acts: tuple[SpeechAct, ...]
    literal: tuple[int, ...]
    votes: tuple[Vote, ...]
    stance: Stance


def stance(message: str, entry: Entry, usage: Usage) -> Stance:
    """The stance of a message towards the claim of a myth."""
    return reading(message, entry, usage).stance


def reading(message: str, entry: Entry, usage: Usage) -> Reading:
    """A message, read beside a myth.

    The message's signed words (bot.english.negation) are compared with the entry's claims and denials: a message like a claim
    asserts it, one like a claim with the contrary sign denies it, and for denials the other way round. Its form tells whether it
    asks, quotes or takes back (bot.english.speech_acts). Whoever cannot be read is answered as if they asked.
    """
    told = told_of(entry)
    known = statements(told, usage)
    acts = speech_acts(message, usage.organisation)
    if any(item.asks and (len(acts) == 1 or _touches(item, known, usage)) for item in acts):
        return Reading((), (), (), "asks")
    stated = tuple(item for item in acts if item.clauses)
    literal = tuple(item.sign * side_of(item.clauses, told, usage) for item in stated)
    found = votes(stated, told, usage)
    total = sum(_CERTAIN * side or _leaning(item, known, usage) for item, side in zip(stated, literal, strict=True))
    total += _SECOND * balance(found)
    return Reading(stated, literal, found, "asks" if abs(total) < _UNSURE else "denies_myth" if total < 0 else "asserts_myth")


def _leaning(item: SpeechAct, known: Statements, usage: Usage) -> float:
    return item.sign * leaning(vectors(item.clauses, known.rarity, known.telling, usage), known)


def voices(message: str, entry: Entry, usage: Usage) -> bool:
    """Whether a message says at least half of what a claim of a myth says, whatever it does with it."""
    said = _content(message, usage)
    claims = [_content(text, usage) for text, side in told_of(entry) if side > 0]
    return any(2 * len(said & claim) >= len(claim) for claim in claims)


def _content(text: str, usage: Usage) -> frozenset[str]:
    words = [word for word in plain_words(text) if word not in STOP_WORDS and word not in usage.organisation.casefold().split()]
    return frozenset(stems(words))


def told_of(entry: Entry) -> tuple[tuple[str, int], ...]:
    """The claims of a myth with 1, its denials with -1."""
    claims = (*((entry.claim,) if entry.claim else ()), *entry.claims)
    return (*((text, 1) for text in claims), *((text, -1) for text in entry.denials))


@lru_cache(maxsize=1024)
def statements(told: tuple[tuple[str, int], ...], usage: Usage) -> Statements:
    """Statements, each with its side, made ready to be compared."""
    parted = [
        (tuple(clause for sentence in sentences(text, usage.organisation) for clause in clauses(sentence.words)), side)
        for text, side in told
    ]
    marked = [([mark for clause in parts for mark in signed_terms(clause, usage.opposites)], side) for parts, side in parted]
    held = Counter(stem for found, _ in marked for stem in {mark.stem for mark in found})
    rarity = {stem: min(_RARE, log((len(told) + 1) / count)) for stem, count in held.items()} | {"*": _PREDICATE}
    telling = _telling(marked)
    read = [(*vectors(parts, rarity, telling, usage), side) for parts, side in parted]
    return Statements(tuple(read), rarity, telling)


def _telling(marked: Sequence[tuple[Sequence[SignedTerm], int]]) -> Vector:
    """Each word -> how differently claims and denials sign it."""
    sums: dict[str, dict[int, float]] = {}
    count = Counter(side for _, side in marked)
    for found, side in marked:
        for mark in found:
            sums.setdefault(mark.stem, {1: 0.0, -1: 0.0})[side] += mark.sign * mark.weight / count[side]
    return {stem: _SURE + abs(one[1] - one[-1]) / (abs(one[1]) + abs(one[-1]) + 0.01) for stem, one in sums.items()}


def vectors(parts: Iterable[Clause], rarity: Vector, telling: Vector, usage: Usage) -> tuple[Vector, Vector]:
    """The words of clauses that the rarity knows: how much of each is there, and with what sign."""
    amount: dict[str, float] = {}
    signed: dict[str, float] = {}
    for clause in parts:
        found = signed_terms(clause, usage.opposites)
        if clause.link in CONTRASTING:
            signed = _contrasted(signed, clause, found, rarity)
        for mark in found:
            if mark.stem in rarity:
                amount[mark.stem] = max(amount.get(mark.stem, 0.0), rarity[mark.stem] * mark.weight**0.5)
                strength = _VERB if mark.stem == "*" else mark.weight**_FIRM * rarity[mark.stem]
                signed[mark.stem] = signed.get(mark.stem, 0.0) + mark.sign * strength * telling.get(mark.stem, _SURE)
    return amount, signed


def _contrasted(signed: dict[str, float], clause: Clause, found: Sequence[SignedTerm], rarity: Vector) -> dict[str, float]:
    """What stands before "but": hardly counts beside what follows, but where that is a mere verb ("but he will not") it is that verb's."""
    if len(found) == 1 and {*clause.words[-2:]} & AUXILIARIES:
        turned = found[0].sign * (1 if signed.get("*", 0.0) >= 0 else -1)
        return {stem: weight * turned for stem, weight in signed.items() if stem != "*"}
    known = any(mark.stem in rarity for mark in found[:-1])
    return {stem: weight * _CONTRAST for stem, weight in signed.items()} if known else signed


def leaning(found: tuple[Vector, Vector], known: Statements) -> float:
    """How far signed words assert (+) or deny (-) what the statements are about."""
    amount, signed = found
    total, length = 0.0, _length(amount)
    for other, others, side in known.read:
        shared = sum(weight * other.get(stem, 0.0) for stem, weight in amount.items())
        if not shared:
            continue
        agreed = [weight * others.get(stem, 0.0) for stem, weight in signed.items()]
        sure = sum(map(abs, agreed))
        near = (shared / (length * _length(other) ** _LONG)) ** _SHARP
        total += side * near * sum(agreed) / (sure + _FAINT + _MISSED * sum(weight * weight for weight in others.values()))
    return total


def _length(found: Vector) -> float:
    return sqrt(sum(weight * weight for weight in found.values()))


def _touches(item: SpeechAct, known: Statements, usage: Usage) -> bool:
    return any(stem != "*" for stem in vectors(item.clauses, known.rarity, known.telling, usage)[0])
