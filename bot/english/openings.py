"""Words -> whether they open as a question does. A comma is a word of its own."""

from collections.abc import Iterable, Mapping, Sequence

from bot.english.phrases import ATTRIBUTIONS, REQUESTS_FOR_ASSENT, TRAILERS
from bot.english.words import (
    AUXILIARIES,
    BEFORE_OBJECT,
    BEFORE_QUESTION_WORD,
    DETERMINERS,
    DISMISSALS,
    FILLERS,
    NEEDS_SUBJECT,
    NEVER_RELATIVE,
    NO_SUBJECT,
    PARTING,
    PRONOUNS,
    QUESTION_SUBJECTS,
    QUESTION_WORDS,
    SUBORDINATORS,
    VERDICTS,
)

Words = tuple[str, ...]


_OPENING = 24
"""Words of a part of a sentence that are read for how it opens: nobody puts more fillers before a question, and to read all of each part
takes time that grows with the square of the sentence."""


def opens_as_question(words: Words) -> bool:
    """Whether words, or a part of them behind a comma or "and", open with a word that asks or with a verb before its subject."""
    words = stripped(words)
    cuts = (at + 1 for at, word in enumerate(words) if word in PARTING and words[at - 1 : at + 1] != ("and", "so"))
    return _asks_first(words) or any(_asks_later(stripped(words[at : at + _OPENING]), words[at - 1]) for at in cuts)


def _asks_first(words: Words) -> bool:
    """Whether a sentence opens like a question: "who pays", "to what address", "is it". With "when" or "where" it may be a condition."""
    if len(words) < 2:
        return False
    if words[0] in BEFORE_QUESTION_WORD and words[1] in QUESTION_WORDS:
        return True
    if words[0] in QUESTION_WORDS:
        condition = words[0] in SUBORDINATORS and words[1] not in AUXILIARIES
        return not condition and not (words[0] == "what" and words[1] in VERDICTS)
    if words[0] not in AUXILIARIES:
        return False
    if words[1] == "not":
        return len(words) > 2 and words[2] not in VERDICTS
    return not (words[0] in NEEDS_SUBJECT and words[1] in NO_SUBJECT)


def _asks_later(words: Words, link: str) -> bool:
    """Whether a part of a sentence asks: only where a subject follows the verb, or where a word that asks stands alone behind a comma."""
    if len(words) < 2:
        return link == "," and bool(words) and words[0] in QUESTION_WORDS
    if words[0] in QUESTION_WORDS:
        relative = words[0] not in NEVER_RELATIVE
        return not relative and not (words[0] == "what" and words[1] in VERDICTS)
    return words[0] in AUXILIARIES and words[1] in QUESTION_SUBJECTS


def trimmed(words: Words) -> Words:
    """The words without commas at either end."""
    first, last = 0, len(words)
    while first < last and words[first] == ",":
        first += 1
    while last > first and words[last - 1] == ",":
        last -= 1
    return words[first:last]


def stripped(words: Words) -> Words:
    """The words without what merely opens a sentence: "so", "no, wrong,"."""
    words = trimmed(words)
    at = _after_fillers(words, 0)
    while len(words) - at > 2 and words[at] in DISMISSALS and words[at + 1] == ",":
        at = _after_fillers(words, at + 2)
    return words[at:]


def _after_fillers(words: Words, at: int) -> int:
    """The place of the first word from a place on that is no filler."""
    while at < len(words) and (words[at] in FILLERS or words[at] in ("but", ",") or words[at : at + 2] == ("of", "course")):
        at += 1
    return at


def _by_place(phrases: Iterable[Words], place: int) -> Mapping[str, Sequence[Words]]:
    """The phrases by their first (0) or last (-1) word, each list in their order."""
    found: dict[str, list[Words]] = {}
    for phrase in phrases:
        found.setdefault(phrase[place], []).append(phrase)
    return found


_BY_FIRST = _by_place(ATTRIBUTIONS, 0)
_BY_LAST = _by_place((*REQUESTS_FOR_ASSENT, *ATTRIBUTIONS, *TRAILERS), -1)


def unattributed(words: Words) -> tuple[Words, bool]:
    """(the words without who says them and how firmly, whether they ask for assent): "as far as I know, they do, am I right"."""
    words, assent = _untagged_inside(_without_authority(trimmed(words)))
    for _ in range(3):
        head = next((phrase for phrase in _BY_FIRST.get(words[0], ()) if _leads(words, phrase)), ()) if words else ()
        tail = next((phrase for phrase in _BY_LAST.get(words[-1], ()) if _trails(words, phrase)), ()) if words else ()
        if not head and not tail:
            break
        assent = assent or tail in REQUESTS_FOR_ASSENT
        words = trimmed(words[len(head) : len(words) - len(tail)])
    return words, assent


def _without_authority(words: Words) -> Words:
    """The words without "according to somebody" at the head."""
    if words[:2] != ("according", "to"):
        return words
    comma = words[:6].index(",") if "," in words[:6] else 0
    return trimmed(words[comma or (4 if set(words[2:3]) & DETERMINERS else 3) :])


def _leads(words: Words, phrase: Words) -> bool:
    """Whether a phrase stands at the head: before a comma, or, if it is long enough to be nothing else, before a clause."""
    rest = words[len(phrase) :]
    return words[: len(phrase)] == phrase and len(rest) > 2 and (rest[0] in (",", "but") or len(phrase) > 3)


def _trails(words: Words, phrase: Words) -> bool:
    """Whether a phrase stands at the end: behind a comma, or where nothing before it needs it ("what I think", "as I heard")."""
    rest = words[: -len(phrase)]
    if words[-len(phrase) :] != phrase or len(rest) < 3:
        return False
    return rest[-1] == "," or ((len(phrase) > 2 or phrase in TRAILERS) and rest[-1] not in BEFORE_OBJECT)


def _untagged_inside(words: Words) -> tuple[Words, bool]:
    """The words without a tag between commas ("it is not true, is it, that ..."), and whether there was one."""
    for at in range(1, len(words) - 4):
        tag = words[at + 1 : words.index(",", at + 1)] if words[at] == "," and "," in words[at + 1 : at + 5] else ()
        plain = tuple(word for word in tag if word != "not")
        if len(plain) == 2 and plain[0] in AUXILIARIES and plain[1] in PRONOUNS:
            return words[:at] + words[at + 2 + len(tag) :], True
    return words, False
