"""A message in a conversation -> what it leans on: a choice of what was offered, a correction, an ellipsis, a pronoun."""

import re
from dataclasses import dataclass, replace

from bot.english.sentences import asks_outright, has_question_word
from bot.english.tokens import fold, plain_words
from bot.english.words import STOP_WORDS

_FEW = 2  # words of its own that a message has at most which goes on from a "yes"

_ORDINALS = {
    **dict.fromkeys(("first", "1st", "former"), 0),
    **dict.fromkeys(("second", "2nd", "latter"), 1),
    **dict.fromkeys(("third", "3rd"), 2),
    **dict.fromkeys(("fourth", "4th"), 3),
    "last": -1,
}


def _leading(*phrases: str) -> str:
    """Any of some phrases, any number of times, at the beginning."""
    return rf"^\W*(?:(?:{'|'.join(phrases)})\W+)*"


_PLEASED = ("ok", "okay", "yes", "no", "and", "so", "well", "then", "please", "right", "thanks", "thank you", "sorry")
_BEFORE_ORDINAL = (
    *_PLEASED, "the", "tell me", "more", "explain", "show me", "give me", "i mean", "i meant", "about", "on", "what", "of", "can you",
    "could you", "details", "repeat", "again", "option", "number", "take", "i'll", "i", "want", "choose",
)  # fmt: skip
_THING = "one|ones|bit|part|question|point|option|thing|answer|half|please|pls|plz"
_ORDINAL = re.compile(rf"{_leading(*_BEFORE_ORDINAL)}(?P<which>{'|'.join(_ORDINALS)})(?:\W+(?:{_THING})\b|\W*$)")
_NUMBER = re.compile(r"^\W*(?:(?:option|number|no\.?|nr\.?|answer)\s*)?#?(\d{1,3})[.)!]?\W*$")

_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|ok|okay|exactly|correct|right|please do|go ahead|that's (?:it|right|the one)|that one)\b"
    r"(?:\W+(?:please|pls|that one|that's (?:it|right|the one)|exactly|correct|indeed|thanks|thank you|go on|tell me))*\W*"
)
_FIRMLY = re.compile(r"\b(?:yes|yeah|yep|yup|please|go ahead|that one|the one|tell me|that's it)\b")
_THANKED = re.compile(r"\b(?:thanks|thank you|thx|ty|cheers|got it|understood|i see|makes sense)\b")
_NO = re.compile(
    r"^\W*(?:no|nope|nah|none of (?:these|those|them|the above)|neither|not (?:that|these|those|this)(?: one)?|wrong)"
    r"(?:\W+(?:thanks|thank you|none of (?:these|those|them)|neither|not that|wrong|sorry))*\W*$"
)
_MEANT = r"(?:asked|meant|wanted|said|am asking)(?: for| about| to know)?"
_NOT_ASKED = re.compile(
    rf"\b(?:(?:that|this|it)(?:'s|s| is)? not (?:what (?:i|we|i have)(?: {_MEANT})?|my question|an answer|the answer|the question)"
    rf"|not what i {_MEANT}"
    r"|(?:i )?(?:didn't|did not|didnt) (?:ask|mean) (?:that|this|for that|about that)"
    r"|you (?:got me wrong|(?:don't|do not|did not|didn't) understand|misunderstood|(?:didn't|did not|didnt) answer)(?: me| my question)?"
    r"|wrong answer|(?:that|this)(?: is|'s) wrong)\b[.,!;:]*\s*"
)
_CORRECTION = re.compile(
    _leading("no", "oh", "oops", "sorry", "wait", "wrong word", "my mistake", "typo", "pardon", "i mistyped", "excuse me", "actually")
    + r"(?:i (?:actually )?(?:meant|mean|wanted)(?: to say)?|make that)\b\W*"
)
_MORE = re.compile(
    r"^\W*(?:(?:can|could) you )?(?:please )?(?:tell me|say|explain|give me|know|i want|i'd like)?\W*(?:some |a bit |a little )?more"
    r"(?: (?:about|on|of) (?:it|that|this))?(?: (?:please|details?|info(?:rmation)?))*\W*$|^\W*go on\W*$"
)
_OTHER = re.compile(r"\b(?:the )?other(?: one)?\b|\bnext door\b|\bneighbou?r(?:ing)?\b")
_WHY = re.compile(_leading("and", "but", "so", "ok", "okay") + r"(?:why(?: so)?( not)?|how come|for what reason|why is that)\W*$")
_NEW_TOPIC = re.compile(
    _leading(*_PLEASED, "thx", "great", "good", "cheers", "now")
    + r"(?:(?:an?other|a separate|separate|a different|different|new|one more) (?:thing|question|topic)|something else|on another note"
    r"|(?:to )?change of (?:subject|topic))\W+"
)
_ELLIPSIS = re.compile(
    _leading(*_PLEASED, "hm+", "ah", "oh", "i see")
    + r"(?:and|or|but|so|then|even|what about|how about|same|also|since when|why|how so|how come|in that case)\b"
)
_THING_MEANT = re.compile(
    r"\b(?:it|its|them|ones?|those|these|this)\W*$|\b(?:does|do|is|are|can|will|would|did|was|were|has|have) (?:it|they|this|those|these)\b"
    r"|\b(?:for|of|about|on|with|to|from|against|by) (?:it|them|one|that|this)\b"
)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|she|those|these|ones?|others?|another|same|such|else|both|that|this)\b"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!if )(?<!isn't )\bthere\b(?! (?:is|are|was|were|a|an|any|no)\b)"
)


@dataclass(frozen=True, slots=True)
class Followup:
    """How a message leans on what was said before.

    text: what remains to be looked up. choice: a number typed, from 1. place: an ordinal said, from 0, -1 for the last. yes, no, more,
    other, not_asked, correction: such a phrase was found; firm: a yes that is more than "ok"; why: "why" or "why not" and nothing else.
    dependent: the rest has a pronoun or an ellipsis; short: it has hardly a word of its own;
    vague: what it says of "it" could be said of anything ("how long does it take", "is it a trick").
    """

    text: str
    choice: int | None = None
    place: int | None = None
    yes: bool = False
    firm: bool = False
    no: bool = False
    more: bool = False
    other: bool = False
    not_asked: bool = False
    correction: bool = False
    why: str = ""
    dependent: bool = False
    short: bool = False
    vague: bool = False


def parse_followup(message: str) -> Followup:
    """How a message leans on what was said before, by its own words alone."""
    text = _fresh(message)
    plain = fold(text.replace("\u2019", "'"))
    if number := _NUMBER.match(plain):
        return Followup(text, choice=int(number[1]))
    if ordinal := _ORDINAL.match(plain):
        return Followup(text, place=_ORDINALS[ordinal["which"]])
    if _NO.match(plain):
        return Followup(text, no=True)
    if _MORE.match(plain):
        return Followup(text, more=True)
    if (yes := _YES.match(plain)) and not _THANKED.search(plain):
        rest = text[yes.end() :]
        if not own_words(rest):
            return Followup(text, yes=True, firm=bool(_FIRMLY.search(plain)))
        return parse_followup(rest) if len(own_words(rest)) > _FEW else replace(parse_followup(rest), dependent=True)
    if wrong := _NOT_ASKED.search(plain):
        rest = (text[: wrong.start()] + text[wrong.end() :]).strip(" ,.!?")
        return Followup(rest, not_asked=True, dependent=True) if own_words(rest) else Followup(text, not_asked=True)
    correction = _CORRECTION.match(plain)
    rest = text[correction.end() :] if correction else text
    return Followup(
        rest,
        other=bool(_OTHER.search(plain)) and not own_words(_OTHER.sub(" ", plain)),
        correction=bool(correction),
        why=_why(plain),
        dependent=bool(correction) or depends(rest),
        short=len(own_words(rest)) < 2,
        vague=bool(_THING_MEANT.search(plain))
        and (set(own_words(rest)) <= _GENERIC or (len(own_words(rest)) < 2 and not has_question_word(plain))),
    )


def _why(plain: str) -> str:
    found = _WHY.match(plain)
    return ("why not" if found[1] else "why") if found else ""


def _fresh(message: str) -> str:
    """The message without the words that say that something new begins."""
    new = _NEW_TOPIC.match(fold(message))
    return message[new.end() :] if new and own_words(message[new.end() :]) else message


def depends(text: str) -> bool:
    """Whether a text has a pronoun or an ellipsis that points to something said before."""
    plain = fold(text.replace("\u2019", "'"))
    return bool(_ELLIPSIS.match(plain) or _POINTING.search(plain)) or (
        len(own_words(text)) < 2 and (has_question_word(plain) or asks_outright(plain))
    )


def own_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning of their own."""
    return tuple(word for word in plain_words(text) if word in _KEPT or (word not in STOP_WORDS and word not in _ASKING))


_GENERIC = frozenset(
    "take takes work works cost costs happen happens means last lasts start starts end ends need help helps free paid possible allowed"
    " true real money expensive dangerous safe legal normal difficult easy".split()
)
"""Words that can be said of anything."""

_KEPT = frozenset(("tell", "say"))
_ASKING = frozenset(
    "who what where when why how which whose whom not no yes more since question answer asked meant mean long much many often".split()
)


def conjuncts(text: str) -> tuple[str, ...]:
    """The things that a text names side by side: ("red notice", "diffusion whats the diff")."""
    return tuple(part for part in _BETWEEN.split(text) if own_words(part))


_BETWEEN = re.compile(r",|\?|\b(?:and|or|vs|versus|with|from|than)\b", re.I)
