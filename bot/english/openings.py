"""Words -> whether they open as a question does. A comma is a word of its own."""

from bot.english.words import (
    AUXILIARIES,
    BEFORE_QUESTION_WORD,
    DISMISSALS,
    FILLERS,
    NEEDS_SUBJECT,
    NEVER_RELATIVE,
    NO_SUBJECT,
    PARTING,
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
