"""A message -> its sentences, told apart as questions and statements, and the questions of a sentence that asks several things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.english.openings import opens_as_question
from bot.english.phrases import (
    AND_THAT,
    ANNOUNCED,
    ASIDE,
    BARE_QUESTION,
    COMMA_JOINT,
    JOINT,
    PLAIN_QUESTION,
    QUESTION_WORD,
    REQUEST,
    SENTENCE_END,
    SIDE_BY_SIDE,
    SUBORDINATE,
    VERB_FIRST,
)
from bot.english.tokens import marked_words

_WORD = re.compile(r"\w")

LIST_MARK = re.compile(r"\s*(?:[-*\u2013\u2022]|\(?\w[.)])\s+(?=\S)")
"""The mark before an item of a list: "- ", "1) ", "b. "."""


LONGEST = 600
"""Characters up to which a sentence is cut into questions."""

OPENING = 2_000
"""Characters of a sentence that are read for whether it asks."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a message: its text, and the place in the message where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence of a message, and whether it asks for something."""

    asks: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order, each with whether it asks."""
    return tuple(Sentence(part.text, part.start, any(asks(one.text) for one in (part, *clauses(part)))) for part in split(text))


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, none without a word. A line break ends a sentence: bot.english.email joins the lines of
    letters."""
    return tuple(_without_mark(part) for part in _parted(Span(text, 0), SENTENCE_END) if _WORD.search(part.text))


def _without_mark(item: Span) -> Span:
    """A line without the mark of a list before it."""
    mark = LIST_MARK.match(item.text)
    return Span(item.text[mark.end() :], item.start + mark.end()) if mark else item


def _parted(whole: Span, *separators: re.Pattern[str]) -> list[Span]:
    """The stretches between what matches one of some patterns, the first pattern first, without blanks around them."""
    found = [whole]
    for separator in separators:
        found = [part for span in found for part in _between(span, separator)]
    return found


def _between(span: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    at = 0
    for cut in (*separator.finditer(span.text), None):
        text = span.text[at : cut.start() if cut else len(span.text)]
        if text.strip():
            yield Span(text.strip(), span.start + at + len(text) - len(text.lstrip()))
        at = cut.end() if cut else at


def asks(sentence: str) -> bool:
    """Whether a sentence asks: by its mark, its beginning, or because it says so ("I would like to know ...")."""
    return sentence.rstrip(" \"'\u201d\u2019)!").endswith("?") or bool(
        REQUEST.search(sentence[:OPENING]) or opens_as_question(marked_words(sentence[:OPENING]))
    )


def has_question_word(text: str) -> bool:
    """Whether a word that asks stands anywhere in a text: "red notice how long it stay"."""
    return bool(QUESTION_WORD.search(text))


def asks_outright(sentence: str) -> bool:
    """Whether a sentence begins with a verb before its subject: "is it", "does it"."""
    return bool(VERB_FIRST.match(sentence))


def asks_plainly(text: str) -> bool:
    """Whether a text is one question that begins as such: "where is it?", "does it sleep"."""
    return bool(PLAIN_QUESTION.match(text))


def questions(sentence: Span) -> tuple[Span, ...]:
    """The parts of a sentence that may be questions of their own: cut where a joint is followed by the beginning of a question. An "if" or
    "when" clause stays with what follows it. Sentences over LONGEST characters are returned whole."""
    if len(sentence.text) > LONGEST:
        return (sentence,)
    parts = [part for part in _parted(sentence, JOINT) if _WORD.search(part.text)]
    if len(parts) > 1:
        parts = [piece for part in parts for piece in _parted(part, COMMA_JOINT)]
    found: list[Span] = []
    complete = True  # whether the last one found has its main clause
    for part in parts:
        if found and (BARE_QUESTION.match(part.text) or not complete):
            found[-1] = Span(sentence.text[found[-1].start - sentence.start : part.end - sentence.start], found[-1].start)
            complete = complete or not BARE_QUESTION.match(part.text)
        else:
            found.append(part)
            complete = not SUBORDINATE.match(part.text) or ", " in part.text
    return tuple(found)


def clauses(sentence: Span) -> tuple[Span, ...]:
    """The same, and a question apart from the statement before its comma or colon: "we bought a boat in Monaco, is it a member?"."""
    parts = questions(sentence)
    pieces = _parted(parts[0], ANNOUNCED) if len(parts) == 1 and len(sentence.text) <= LONGEST else []
    told = len(pieces) == 2 and not asks(pieces[0].text) and not SUBORDINATE.match(pieces[0].text) and not has_question_word(pieces[0].text)
    return tuple(pieces) if told else parts


def without_asides(text: str) -> str:
    """The text without what only says which of several is meant: "Georgia (the country)", "Macedonia, the one that changed, ..."."""
    return ASIDE.sub(" ", text)


def claims(statement: Span) -> tuple[Span, ...]:
    """The claims of a statement that are joined by "and that"."""
    return tuple(part for part in _parted(statement, AND_THAT) if _WORD.search(part.text))


def items(text: Span) -> tuple[Span, ...]:
    """The things that a text without a sentence names side by side."""
    return tuple(part for part in _parted(text, SIDE_BY_SIDE) if _WORD.search(part.text))
