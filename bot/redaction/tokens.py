"""A text -> tokens, with what the rules for names ask of each: is it near a cue, may it be a name, does its capital mean anything."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.english.stems import stems
from bot.redaction.digits import FULL_DATE
from bot.redaction.field import Field
from bot.redaction.rules import TAG
from bot.redaction.words import TITLES

NEAR = 6
"""Words between a cue and a name, at most: "has ... ever been reported to you as missing" needs six. Chosen by hand; with it 131 of the 131
rows of tests/personal_names.yaml are hidden."""

_TOKEN = re.compile(
    rf"(?P<tag>{TAG.pattern})|(?P<date>(?<!\w){FULL_DATE})|(?P<word>[^\W\d_]{{1,60}}(?:['’.-][^\W\d_]{{1,60}}){{0,5}})|(?P<number>\d{{1,60}})|(?P<mark>\n|\S)",
    re.I,
)
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_]){0,5}")
_ENDS = frozenset(".?!\n")
_LOUD = 0.8
"""Share of capitalised words from which capitals say nothing, as in headlines. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Token:
    """A "tag", "date", "word", "number" or "mark" (`kind`), and where it stands in the text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capitalised(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Message:
    """A text in tokens. `loud`: its capitals say nothing. `cues[i]`: token i is part of a cue; `near[i]`: a cue stands within NEAR words of
    it in the same sentence."""

    tokens: Sequence[Token]
    field: Field
    loud: bool
    cues: Sequence[bool]
    near: Sequence[bool]

    def at(self, place: int) -> str:
        """The token at a place, in lower case; outside the text a line break."""
        return self.tokens[place].low if 0 <= place < len(self.tokens) else "\n"

    def is_cue(self, place: int) -> bool:
        """Whether there is a cue at a place."""
        return 0 <= place < len(self.tokens) and self.cues[place]

    def ends_sentence(self, place: int) -> bool:
        """Whether the token at a place ends a sentence; the full stop of an initial or a title does not."""
        return _ends_sentence(self.tokens, place) if 0 <= place < len(self.tokens) else True

    def is_unusual(self, place: int) -> bool:
        """Whether the token may be a name for what it is: no cue, no word of English or of the base, nor a slip in one."""
        token = self.tokens[place]
        return self.may_be_name(place) and ((token.capitalised and not self.loud) or not self.field.is_slip(token.low))

    def may_be_name(self, place: int) -> bool:
        """As is_unusual, but a slip in a word of the base may be a name too."""
        token = self.tokens[place]
        return token.kind == "word" and len(token.text) > 1 and not self.cues[place] and self.field.may_be_name(token.text)

    def is_marked(self, place: int) -> bool:
        """Whether the token is an initial, or has a capital that an ordinary word in its place would not have."""
        token = self.tokens[place]
        if token.kind != "word" or not token.capitalised or self.cues[place]:
            return False
        if _INITIAL.fullmatch(token.text):
            return token.low not in ("a", "i")
        return not (self.loud or self.field.is_ordinary(token.low) or self.ends_sentence(place - 1) or self.at(place - 1) == ":")

    def is_touching(self, place: int) -> bool:
        """Whether only blanks stand between the token and the one before it."""
        return self.at(place) != "\n" and self.tokens[place].start - self.tokens[place - 1].end <= 2


def message_of(text: str, field: Field) -> Message:
    """The tokens of a text and what is known of them. Takes steps in proportion to the text's length."""
    tokens = [Token(str(found.lastgroup), found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]
    cues = _cues(tokens, field)
    return Message(tokens, field, _is_loud(tokens), cues, _near(tokens, cues))


def _is_loud(tokens: Iterable[Token]) -> bool:
    words = [token for token in tokens if token.kind == "word"]
    return len(words) > 3 and sum(token.capitalised for token in words) > _LOUD * len(words)


def _cues(tokens: Sequence[Token], field: Field) -> list[bool]:
    words = stems([token.low for token in tokens])
    found = [False] * len(words)
    for size in {len(cue) for cue in field.cues}:
        for place in range(len(words) - size + 1):
            if words[place : place + size] in field.cues:
                found[place : place + size] = [True] * size
    return found


def _near(tokens: Sequence[Token], cues: Sequence[bool]) -> list[bool]:
    near = [False] * len(tokens)
    for order in (range(len(tokens)), range(len(tokens) - 1, -1, -1)):
        left = 0
        for place in order:
            if cues[place]:
                left = NEAR + 1
            elif _ends_sentence(tokens, place):
                left = 0
            elif tokens[place].kind == "word":
                left -= 1
            near[place] |= left > 0
    return near


def _ends_sentence(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].text == "." and place > 0:
        return not (_INITIAL.fullmatch(tokens[place - 1].text) or tokens[place - 1].low in TITLES)
    return tokens[place].text in _ENDS
