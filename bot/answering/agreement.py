"""Whether a statement agrees with what an entry holds to be true. Rather nothing than wrong: only a statement that one fact covers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.templates import fill
from bot.english.clauses import Clause, clauses, sentences
from bot.english.forms import AMOUNTS, MONTHS
from bot.english.negation import MAIN, signed_terms
from bot.english.speech_acts import speech_acts
from bot.english.stems import stems
from bot.english.tokens import plain_words
from bot.english.wordlist import is_word
from bot.english.words import NEGATORS, ORGANISATION, POSSIBILITY, QUALIFIERS, SAYING_LITTLE, STOP_WORDS, STRONGER, VAGUE, VERDICTS
from bot.knowledge import Entry, Usage, Value
from bot.reply import Agreement

_CAPITAL = re.compile(r"(?<=[a-z0-9,;'’)] )(([A-Z]\w*)(?:'\w+)?)")

_QUALIFIERS, _STRONGER, _SAYING_LITTLE = (
    frozenset(stems(sorted(words))) for words in (QUALIFIERS, STRONGER, SAYING_LITTLE | {ORGANISATION})
)
_ENOUGH, _MUCH = 0.6, 0.66


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one statement says: its words with their signs, the sign of its verb, and numbers and names apart. `capitals`: its words that
    were typed with a capital. `equates`: it says who somebody is, so that either may come first."""

    words: dict[str, int]
    verb: int
    figures: frozenset[str]
    names: frozenset[str]
    capitals: frozenset[str]
    modal: bool
    vague: bool
    equates: bool


def agreement(message: str, entry: Entry, values: Sequence[Value], usage: Usage) -> Agreement | None:
    """Whether what a message states "holds" or "fails" by the facts of an entry; None if it asks, or whenever that is not sure."""
    told = [item for item in speech_acts(message, usage.organisation) if item.clauses]
    if len(told) != 1 or told[0].asks or any(clause.role != "main" for clause in told[0].clauses):
        return None
    point = proposition(told[0].clauses, message, told[0].sign, usage)
    facts = [(fact, fact_of(fact, usage)) for fact in (*entry.facts, *_of_values(entry, values))]
    agreed, turned = (any(test(point, fact) for _, fact in facts) for test in (holds, contradicts))
    if agreed or turned:
        return None if agreed and turned else "holds" if agreed else "fails"
    known = frozenset(plain_words(" ".join((entry.answer, entry.more or "", *entry.facts))))
    failing = [text for text, fact in facts if _differs(point, fact, text, known)]
    lone = len(failing) == 1 and re.search(r"\bin (?:the )?[A-Z]\w+$", failing[0])  # one place may lie in another
    return "fails" if failing and not lone and not _ambiguous(point, failing, facts) else None


def _of_values(entry: Entry, values: Sequence[Value]) -> tuple[str, ...]:
    """What the first sentence about the one named value says of it."""
    if len(values) != 1 or values[0].status not in entry.by_status:
        return ()
    told = fill(entry.by_status[values[0].status], {"name": values[0].name})
    return (re.split(r"[:.;]\s", told)[0],)


@lru_cache(maxsize=2048)
def fact_of(fact: str, usage: Usage) -> Proposition:
    """A fact, ready to be compared."""
    parts = tuple(clause for sentence in sentences(fact, usage.organisation) for clause in clauses(sentence.words))
    return proposition(parts, fact, 1, usage)


def proposition(parts: tuple[Clause, ...], text: str, sign: int, usage: Usage) -> Proposition:
    words: dict[str, int] = {}
    verb = sign
    for mark in (mark for clause in parts for mark in signed_terms(clause, usage.opposites)):
        if mark.stem == "*":
            verb = mark.sign * sign
        elif not mark.stem.startswith("?") and mark.stem != "never":
            words[mark.stem] = mark.sign * (sign if mark.weight == MAIN else 1)
    used = [word for clause in parts for word in clause.words]
    names = frozenset(stem for word, stem in zip(used, stems(used), strict=True) if stem in words and is_name(word, text))
    typed = frozenset(plain_words(" ".join(re.findall(r"\b[A-Z][a-z]+", text[1:]))))
    capitals = frozenset(mark.stem for word in typed for mark in signed_terms(Clause((word,)), usage.opposites))
    figures = frozenset(word for word in used if is_figure(word))
    vague = any(word in VAGUE for word in used)
    equates = bool(names) and re.search(r"\b(?:is|was)\b(?! (?:an?|not|in|by|\w+ed)\b)", text) is not None
    return Proposition(words, verb, figures, names, capitals, any(word in POSSIBILITY for word in used), vague, equates)


def is_figure(word: str) -> bool:
    return word[0].isdigit() or word in MONTHS or word in AMOUNTS


def is_name(word: str, text: str) -> bool:
    """Whether a word is a name: no English word, or typed with a capital inside a sentence that is not all in capitals."""
    if word in STOP_WORDS or word in NEGATORS or word == ORGANISATION or word[0].isdigit():
        return False
    return word.capitalize() in _capitals(text) or not is_word(word)


@lru_cache(maxsize=64)
def _capitals(text: str) -> frozenset[str]:
    """The words that begin with a capital behind another word."""
    return frozenset(word for found in _CAPITAL.findall(text) for word in found)


def _content(point: Proposition) -> frozenset[str]:
    return frozenset(stem for stem in point.words if not _says_little(stem))


def _says_little(stem: str) -> bool:
    """Whether a word tells no two facts apart; a verdict that has an opposite ("false charges") does."""
    word = stem.lstrip("~")
    return word in _SAYING_LITTLE and not (stem[0] == "~" and word in VERDICTS)


def _signs(one: Proposition, other: Proposition) -> tuple[bool, bool]:
    """(whether all signs agree, whether exactly the verb, or else one opposite, is turned)."""
    shared = [stem for stem in one.words if stem in other.words and not _says_little(stem)]
    turned = [stem for stem in shared if one.words[stem] != other.words[stem]]
    same = not turned and one.verb == other.verb
    one_opposite = one.verb == other.verb and len(turned) == 1 and turned[0].startswith("~")
    against = one_opposite or (one.verb != other.verb and bool(turned))
    return same, against


def _covers(point: Proposition, fact: Proposition, least: float) -> bool:
    """Whether a fact holds all the words of a statement, and the statement enough of those of the fact."""
    said_words, held = _content(point), _content(fact)
    lost = held - said_words - fact.figures
    if _gap_in_name(fact, lost):
        return False
    if said_words - held or len(said_words & held) < 2 or _limits(lost - (_STRONGER if point.verb < 0 else frozenset())):
        return False
    return len(said_words & held) >= least * len(held - fact.figures)


def _gap_in_name(fact: Proposition, lost: frozenset[str]) -> bool:
    """Whether a word is lost from inside a name of the fact: "International Police" is not "International Criminal Police"."""
    words, kept = [*fact.words], fact.capitals - lost
    inside = zip(words, words[1:], words[2:], strict=False)
    return any(before in kept and word in lost & fact.capitals and after in kept for before, word, after in inside)


def _ordered(point: Proposition, fact: Proposition) -> bool:
    """Whether the first of the words that both hold is the same: who does it."""
    first = [next((stem for stem in one.words if stem in other.words), "") for one, other in ((point, fact), (fact, point))]
    return first[0] == first[1]


def _same_subject(point: Proposition, fact: Proposition) -> bool:
    """Whether both begin with the same word that is no figure."""
    first = [next((stem for stem in one.words if stem not in one.figures), "") for one in (point, fact)]
    return first[0] == first[1]


def _limits(lost: frozenset[str]) -> bool:
    """Whether a fact without these words would be another."""
    return any(stem.lstrip("~") in _QUALIFIERS for stem in lost)


def holds(point: Proposition, fact: Proposition) -> bool:
    same, _ = _signs(point, fact)
    ordered = _ordered(point, fact) or (point.equates and fact.equates)
    return same and ordered and point.figures <= fact.figures and point.modal == fact.modal and _covers(point, fact, _ENOUGH)


def contradicts(point: Proposition, fact: Proposition) -> bool:
    """The same words, figures and names, but turned round."""
    _, against = _signs(point, fact)
    return against and _ordered(point, fact) and point.figures <= fact.figures and point.modal == fact.modal and _covers(point, fact, _MUCH)


def _differs(point: Proposition, fact: Proposition, text: str, known: frozenset[str]) -> bool:
    """The same words with another figure, or another name, in the same place."""
    same, _ = _signs(point, fact)
    said_words, held = _content(point) - point.figures, _content(fact) - fact.figures
    extra, lost = said_words - held, held - said_words
    if not same or not _same_subject(point, fact) or point.vague or point.modal != fact.modal or _limits(lost - fact.names):
        return False
    told = {*stems(tuple(known))}
    if point.figures and _kinds(point.figures) <= _kinds(fact.figures) and all(stem.lstrip("~") in told for stem in extra):
        return not point.figures & (fact.figures | known) and len(said_words & held) >= max(1, _ENOUGH * len(held))
    new = extra <= point.names and bool(extra) and not told & extra
    at_end = [*fact.words][-1:] == [*lost][:1] and [*point.words][-1:] == [*extra][:1]
    return new and lost <= fact.names and at_end and _excludes(text) and point.figures <= fact.figures and bool(said_words & held)


def _excludes(text: str) -> bool:
    """Whether a fact leaves no room for another name at its end: "is ...", "was founded in ...", not "has a ... in ..."."""
    return re.search(r"\b(?:is|are|was|were)\b", text) is not None and re.search(r"\b(?:an?|some|one)\b", text) is None


def _kinds(figures: frozenset[str]) -> frozenset[str]:
    """What sort of figures: a year, a month, an amount."""
    return frozenset("year" if re.fullmatch(r"(?:19|20)\d\d", one) else "amount" for one in figures if one not in MONTHS)


def _ambiguous(point: Proposition, failing: Sequence[str], facts: Sequence[tuple[str, Proposition]]) -> bool:
    """Whether several facts of one form stand beside each other ("Arabic is ...", "French is ..."): none of them excludes another."""
    alike = [fact for _, fact in facts if len(_content(fact) & _content(point)) >= 1 and fact.names]
    frames = [_content(fact) - fact.names - fact.figures for fact in alike]
    return bool(point.names) and len(failing) == 1 and any(frames.count(frame) > 1 for frame in frames)
