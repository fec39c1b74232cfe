"""A message -> its sentences, told apart as questions and statements, and the questions of a sentence that asks several things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ASKING = "who whom whose what whats which where wheres when why how hows whos wich wat hwo wher"
_VERBS = (
    "is are am was were do does did can could will would should shall may might must has have had"
    " isn't aren't wasn't doesn't don't didn't can't couldn't won't wouldn't shouldn't haven't hasn't"
    " isnt arent doesnt dont didnt cant wont"
)
_LEADS = r"(?:(?:also|then|so|now|secondly|firstly|finally|lastly|by the way|btw|and|but|or|ok|okay|well|please|sorry)[,:]?\s+)*"
_TO = r"(?:(?:to|from|with|for|in|at|by|on|under|about|since)\s+)?"
_WHETHER = r"(?:whether|if)(?=\s+\w)"
_ASK = rf"{_TO}(?:{_ASKING.replace(' ', '|')})(?:['\u2019](?:s|re|ll|d))?(?=\s+\w|\W*$)"
_STATED = r"(?!(?:ha[sd]|have|did)\s+(?:an?|to|been|no|not|just|already)\b)"  # "had a row" tells, "had you" asks
_SUBJECT = r"(?=\s+(?!(?:to|been|not|just|already)\b)(?!\w+ing\b)\w)"
_VERB = rf"{_STATED}(?:{_VERBS.replace(' ', '|')}){_SUBJECT}"
_TAG = (
    r"\w+(?:n't|nt)?\s+(?:it|they|he|she|that|this|you|we|i)\b(?:\s+not)?(?=\W*$|\s+(?:the|an?|your|all|just|only|really|by|because|for)\b)"
)
"""What stands behind a question and belongs to it: "..., is it the governments?"."""
_OPENING = rf"{_LEADS}(?:{_ASK}|{_VERB})"
"""How a question begins: with a word that asks, or with a verb before its subject."""

_QUESTION = re.compile(rf"^\W*(?:(?:ps|p\.s\.|hi|hello|hey|thanks|thank you)\b[,:;.)!]*\s*)*{_OPENING}|[:;]\s+{_OPENING}", re.I)
_REQUEST = re.compile(
    r"\b(?:want(?:ed)? (?:to )?(?:know|ask)|like to (?:know|ask|understand|learn|find out)|(?:tell|inform|advise|let) (?:me|us)(?: know)?"
    r"|explain|wonder(?:ing)?|question (?:is|was)|need(?:ed)? to (?:know|find out|understand)|find out|clarify|be grateful|appreciate it if"
    r"|i(?:'d| would) like|looking for|interested in|do not (?:know|understand)|don't (?:know|understand)|what i (?:still )?(?:lack|need)"
    r"|all i want|have no idea|cannot find|can't find|asking)\b",
    re.I,
)
_END = re.compile(
    r"(?<=[?!])[\"')\u201d\u2019]*\s+"
    r"|(?<=\?)(?=[A-Za-z])"
    r"|(?<=[.;])(?<!\b[A-Za-z]\.)(?<!\b(?:Mr|Ms|Dr|St|no|vs)\.)(?<!\b(?:Mrs|Sgt)\.)(?<!\be\.g\.)(?<!\bi\.e\.)\s+"
    r"|\s*\n\s*"
    r"|\s+(?=P\.?S\.?\b)"
)
_JOINT = re.compile(
    rf"\s*[,;:]?\s+(?:and|plus|also|&|n)\s+(?={_WHETHER}|{_OPENING})"
    rf"|\s*[,;]?\s+or\s+(?={_ASK})"
    r"|\s+\+\s+"
    r"|\s*,\s+(?:and|plus)\s+(?:also\s+)?(?=(?:the|your|an?|any|its|my)\s)"
    r"|[,;:]?\s*(?:\band\s+)?\b(?:[ab12]\)|firstly\b|secondly\b)\s*",
    re.I,
)
_COMMA = re.compile(rf"\s*,\s+(?={_ASK}|{_VERB})(?!{_TAG})", re.I)
"""A comma joins questions in a list that ends with a joint ("what ..., who ..., and can ..."); alone it does not."""

_ANNOUNCED = re.compile(rf"{_COMMA.pattern}|\s*:\s+(?={_ASK}|{_VERB})", re.I)
"""What stands between a statement and the question that it leads to."""

_SUBORDINATE = re.compile(
    r"^\W*(?:(?:and|but|so|or)\s+)?(?:if|when|once|as|since|because|although|though|after|before|while|until)\b", re.I
)
_BARE = re.compile(rf"^(?:{_ASKING.replace(' ', '|')})(?: (?:much|many|long|so|not|exactly))?\W*$", re.I)
_WORD = re.compile(r"\w")


LONGEST = 600
"""Characters up to which a sentence is cut into questions."""


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
    """The sentences of a text, in order. A line break ends a sentence: bot.english.email joins the lines of letters."""
    parts = [part for part in _parted(Span(text, 0), _END) if _WORD.search(part.text)]
    return tuple(Sentence(part.text, part.start, any(asks(one.text) for one in (part, *clauses(part)))) for part in parts)


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
    return sentence.rstrip(" \"'\u201d\u2019)!").endswith("?") or bool(_QUESTION.search(sentence) or _REQUEST.search(sentence))


def has_question_word(text: str) -> bool:
    """Whether a word that asks stands anywhere in a text: "red notice how long it stay"."""
    return bool(_ANYWHERE.search(text))


_ANYWHERE = re.compile(rf"\b(?:{_ASKING.replace(' ', '|')})\b", re.I)


def asks_outright(sentence: str) -> bool:
    """Whether a sentence begins with a verb before its subject: "is it", "does it"."""
    return bool(_OUTRIGHT.match(sentence))


_OUTRIGHT = re.compile(rf"^\W*{_VERB}", re.I)


def asks_plainly(text: str) -> bool:
    """Whether a text is one question that begins as such: "where is it?", "does it sleep"."""
    return bool(_PLAINLY.match(text))


_PLAINLY = re.compile(rf"^\W*(?:{_ASK}|{_VERB})[^.!?;,\n]*\??\s*$", re.I)


def questions(sentence: Span) -> tuple[Span, ...]:
    """The parts of a sentence that may be questions of their own: cut where a joint is followed by the beginning of a question. An "if" or
    "when" clause stays with what follows it. Sentences over LONGEST characters are returned whole."""
    if len(sentence.text) > LONGEST:
        return (sentence,)
    parts = [part for part in _parted(sentence, _JOINT) if _WORD.search(part.text)]
    if len(parts) > 1:
        parts = [piece for part in parts for piece in _parted(part, _COMMA)]
    found: list[Span] = []
    complete = True  # whether the last one found has its main clause
    for part in parts:
        if found and (_BARE.match(part.text) or not complete):
            found[-1] = Span(sentence.text[found[-1].start - sentence.start : part.end - sentence.start], found[-1].start)
            complete = complete or not _BARE.match(part.text)
        else:
            found.append(part)
            complete = not _SUBORDINATE.match(part.text) or ", " in part.text
    return tuple(found)


def clauses(sentence: Span) -> tuple[Span, ...]:
    """The same, and a question apart from the statement before its comma or colon: "we bought a boat in Monaco, is it a member?"."""
    parts = questions(sentence)
    pieces = _parted(parts[0], _ANNOUNCED) if len(parts) == 1 and len(sentence.text) <= LONGEST else []
    told = (
        len(pieces) == 2 and not asks(pieces[0].text) and not _SUBORDINATE.match(pieces[0].text) and not has_question_word(pieces[0].text)
    )
    return tuple(pieces) if told else parts


def without_asides(text: str) -> str:
    """The text without what only says which of several is meant: "Georgia (the country)", "Macedonia, the one that changed, ..."."""
    return _ASIDE.sub(" ", text)


_ASIDE = re.compile(
    r"\s*\([^()]*\)|,\s*(?:the|not|i mean|i'm talking about|as in|meaning|also known as|aka|formerly|once)\b[^,:;?!.]*(?=[,:;?!.])[,:]?",
    re.I,
)


def claims(statement: Span) -> tuple[Span, ...]:
    """The claims of a statement that are joined by "and that"."""
    return tuple(part for part in _parted(statement, _AND_THAT) if _WORD.search(part.text))


_AND_THAT = re.compile(r"\s*,?\s+and (?:also )?that\s+", re.I)


def items(text: Span) -> tuple[Span, ...]:
    """The things that a text without a sentence names side by side."""
    return tuple(part for part in _parted(text, _BESIDE) if _WORD.search(part.text))


_BESIDE = re.compile(r"\s*[,+&/]\s+|\s+and\s+")
