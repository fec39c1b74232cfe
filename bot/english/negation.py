"""A clause -> its content words with signs: +1 for what it affirms, -1 for what it denies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.english.clauses import Clause
from bot.english.forms import IRREGULAR
from bot.english.phrases import ADJOINING_TRIGGERS, COORDINATING, LIMITS, TRIGGERS
from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.words import (
    AFTER_VERDICT,
    AUXILIARIES,
    BEFORE_DENIED,
    CONCEPTS,
    DENIED_OBJECTS,
    DENIED_SUBJECTS,
    DENYING_ADVERBS,
    EXCLUSIVE,
    GRAMMATICAL,
    KEPT_WHEN_SIGNED,
    LINKING_PREPOSITIONS,
    NEGATORS,
    NOT_FINITE,
    ONLY,
    PREVENTING,
    PRONOUNS,
    QUESTION_WORDS,
    RELATIVE_PRONOUNS,
    SHIELDING,
    STOP_WORDS,
    TURNING_STEMS,
    UNIVERSAL,
    VERDICTS,
)
from bot.knowledge import Opposites

Words = tuple[str, ...]


_TURNING = frozenset({*NEGATORS, *stems(tuple(NEGATORS)), *TURNING_STEMS})
_FORM = STOP_WORDS | AUXILIARIES | PRONOUNS | QUESTION_WORDS | CONCEPTS
_NECESSARY = "~obliged"

MAIN, HALF, ASIDE = 1.0, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class SignedTerm:
    """A content word (its stem, or the name of an opposition), its sign and how much it counts where it stands."""

    stem: str
    sign: int
    weight: float = MAIN


@dataclass(slots=True)
class _Reading:
    """A clause half read. `sign` holds for the next word; `until_verb` is what it was before an adjoining phrase."""

    signed_terms: list[SignedTerm] = field(default_factory=list)
    sign: int = 1
    until_verb: int | None = None
    relative: tuple[int, int] | None = None
    exclusive: bool = False
    weight: float = MAIN
    denied: int = 1
    verb: bool = False


@lru_cache(maxsize=4)
def table(opposites: Opposites) -> Mapping[Words, tuple[str, int]]:
    """The words of each opposition, as stems -> its name and the side. What denies or is a verb of form is left to the grammar; a
    synonym of several words is read as those words ("=red notice")."""
    found: dict[Words, tuple[str, int]] = {}
    for pair in opposites.pairs:
        keys = [(stems_of(plain_words(phrase)), sign) for side, sign in zip(pair, (1, -1), strict=False) for phrase in side]
        whole = f"~{pair[0][0]}" if len(pair) > 1 or len(keys[0][0]) == 1 else f"={' '.join(keys[0][0])}"
        name, turn = found.get(keys[0][0], (whole, 1))
        for key, sign in keys:
            if len(pair) > 1 or not (_of_form(key) or _of_form(keys[0][0])):
                found.setdefault(key, (name, sign * turn))
    return found


def _of_form(key: Words) -> bool:
    """Whether words do the work of grammar, so that they are no name for anything."""
    return not 0 < len(key) < 3 or any(word in _TURNING for word in key) or all(word in _FORM for word in key)


def stems_of(words: Sequence[str]) -> Words:
    """The stems of words, irregular forms first made regular."""
    return stems([IRREGULAR.get(word, word) for word in words])


def signed_terms(clause: Clause, opposites: Opposites) -> tuple[SignedTerm, ...]:
    """The content words of a clause with their signs."""
    known, words = table(opposites), clause.words
    forms = stems_of(words)
    reading = _Reading(sign=clause.sign, denied=clause.sign)
    at = 0
    while at < len(words):
        at += _read(reading, words, forms, at, known)
    if clause.role != "condition" and (reading.verb or any(mark.stem not in EXCLUSIVE for mark in reading.signed_terms)):
        reading.signed_terms.append(SignedTerm("*", reading.denied, HALF))
    found = _only(reading) if reading.exclusive else reading.signed_terms
    if clause.role == "condition":
        return tuple(replace(mark, weight=mark.weight * ASIDE) for mark in found if mark.stem != "only")
    return tuple(found)


def _only(reading: _Reading) -> Iterable[SignedTerm]:
    """Of "only A do B" the word "only" says most: whether A do B is not in doubt."""
    return (mark if mark.stem == "only" else replace(mark, weight=mark.weight * ASIDE) for mark in reading.signed_terms)


def _read(reading: _Reading, words: Words, forms: Words, at: int, known: Mapping[Words, tuple[str, int]]) -> int:
    """Reads one word or phrase; the number of words read."""
    predicate = at + 1 == len(words) or words[at + 1] in AFTER_VERDICT
    if words[at] in VERDICTS and predicate and words[at - 1] not in LINKING_PREPOSITIONS:
        _judge(reading, words[at])
        return 1
    for size in range(min(4, len(words) - at), 0, -1):
        phrase, form = words[at : at + size], forms[at : at + size]
        if form in known:
            name, side = known[form]
            for one, turn in _parts(name, side, known):
                _oppose(reading, words, at + size, one, turn)
            return size
        if phrase in LIMITS:
            _limit(reading)
            return size
        if phrase in TRIGGERS:
            _turn(reading, phrase, words, at)
            return size
    _word(reading, words, forms, at)
    return 1


def _parts(name: str, side: int, known: Mapping[Words, tuple[str, int]]) -> Sequence[tuple[str, int]]:
    return [known.get((stem,), (stem, 1)) for stem in name[1:].split()] if name[0] == "=" else [(name, side)]


def _word(reading: _Reading, words: Words, forms: Words, at: int) -> None:
    word = words[at]
    if word in AUXILIARIES:
        _verb(reading, words, at)
    elif word in NEGATORS:
        _negate(reading, word, words, at)
    elif word in UNIVERSAL:
        _mark(reading, "all")
        reading.weight = ASIDE if reading.sign < 0 else reading.weight
    elif word in RELATIVE_PRONOUNS and at and reading.relative is None:
        reading.relative = (len(reading.signed_terms), reading.sign)
        reading.weight = ASIDE if words[:1] == ("it",) else reading.weight
    elif word in ONLY:
        _limit(reading)
    elif word == "whether":
        reading.weight = ASIDE
    elif not _shielded(reading, words, at):
        _content(reading, word, forms[at])


def _shielded(reading: _Reading, words: Words, at: int) -> bool:
    """ "stops an arrest", "saves you from arrest": what comes is denied."""
    if words[at] in PREVENTING:
        _mark(reading, "stop")
        _adjoin(reading, 1 if "from" in words[at:] else -1)
    elif words[at] == "from" and SHIELDING & set(words[:at]):
        _adjoin(reading, -1)
    return words[at] in PREVENTING


def _content(reading: _Reading, word: str, form: str) -> None:
    if word in KEPT_WHEN_SIGNED or not (word in STOP_WORDS or form in STOP_WORDS or word in GRAMMATICAL):
        _mark(reading, form)


def _mark(reading: _Reading, stem: str, side: int = 1) -> None:
    reading.signed_terms.append(SignedTerm(stem, reading.sign * side, reading.weight))


def _oppose(reading: _Reading, words: Words, end: int, name: str, side: int) -> None:
    _mark(reading, name, side)
    if name == _NECESSARY:
        reading.weight = ASIDE
        reading.signed_terms = [replace(mark, weight=mark.weight * ASIDE) if mark.stem != name else mark for mark in reading.signed_terms]
    if words[end : end + 1] not in COORDINATING:
        _adjoin(reading, side)


def _limit(reading: _Reading) -> None:
    reading.exclusive = True
    _mark(reading, "only")


def _adjoin(reading: _Reading, sign: int) -> None:
    """From here to the next verb the sign is turned, if it is -1."""
    if sign < 0:
        reading.until_verb = reading.sign if reading.until_verb is None else reading.until_verb
        reading.sign = -reading.sign


def _turn(reading: _Reading, phrase: Words, words: Words, at: int) -> None:
    sign = TRIGGERS[phrase]
    if phrase in ADJOINING_TRIGGERS:
        _adjoin(reading, sign)
    elif sign < 0:
        _negate(reading, phrase[0], words, at)


def _negate(reading: _Reading, word: str, words: Words, at: int) -> None:
    """A negation reaches to the end of the clause, and back over the verb that it follows ("has no agents", "prove nothing")."""
    if word == "not" and at == 0 and words[1:2] and words[1].endswith("ing"):
        return _adjoin(reading, -1)
    inside = not _close_relative(reading)
    if reading.until_verb is not None and word in DENIED_SUBJECTS:
        reading.sign, reading.until_verb = reading.until_verb, None
    if word in DENYING_ADVERBS and reading.relative is None:
        _aside(reading)
    elif word in DENIED_OBJECTS and reading.signed_terms and not _is_subject(word, words[at - 1]):
        _turn_back(reading)
    if word == "never":
        reading.signed_terms.append(SignedTerm("never", reading.sign, ASIDE))
    reading.sign = -reading.sign
    if not inside:
        reading.denied = -reading.denied
    return None


def _turn_back(reading: _Reading) -> None:
    """What stands before a denied object is the verb with its other objects, and first, unless a verb of form came, the subject."""
    first = 0 if reading.verb or len(reading.signed_terms) == 1 else 1
    reading.signed_terms[:first] = [replace(mark, weight=ASIDE) for mark in reading.signed_terms[:first]]
    reading.signed_terms[first:] = [
        replace(mark, sign=-mark.sign) if mark.weight == MAIN else mark for mark in reading.signed_terms[first:]
    ]


def _is_subject(word: str, before: str) -> bool:
    """Whether a denied thing is no object of the verb before it: "is no agent", "in no country"; but "takes orders from nobody"."""
    return before in AUXILIARIES or (word == "no" and before in BEFORE_DENIED)


def _verb(reading: _Reading, words: Words, at: int) -> None:
    """A finite verb ends the subject, with whatever is denied inside it."""
    if at and words[at - 1] in NOT_FINITE:
        return
    if not _close_relative(reading) and reading.relative is not None:
        return
    if reading.signed_terms and not (reading.verb and words[at - 1] in AUXILIARIES):
        _aside(reading)
    reading.verb = True


def _close_relative(reading: _Reading) -> bool:
    """A relative clause that has said something is over with the next verb; what it said lies aside."""
    if reading.relative is None or len(reading.signed_terms) == reading.relative[0]:
        return reading.relative is None
    reading.sign, reading.until_verb, reading.relative = reading.relative[1], None, None
    _aside(reading)
    return True


def _aside(reading: _Reading) -> None:
    reading.signed_terms = [mark if mark.stem in EXCLUSIVE else replace(mark, weight=ASIDE) for mark in reading.signed_terms]
    if reading.until_verb is not None:
        reading.sign, reading.until_verb = reading.until_verb, None


def _judge(reading: _Reading, word: str) -> None:
    """ "... is impossible" judges all that stands before it, "it is impossible to ..." what follows."""
    sign = VERDICTS[word]
    reading.signed_terms = [
        replace(mark, sign=mark.sign * sign * (1 if mark.weight == MAIN else reading.sign), weight=MAIN) for mark in reading.signed_terms
    ]
    reading.signed_terms.append(SignedTerm(f"?{'true' if sign > 0 else 'false'}", reading.sign, ASIDE))
    reading.sign *= sign
