"""Phrases and patterns of messages that lean on what was said before. They are matched against folded text."""

import re

from bot.english.forms import ORDINALS


def _leading(*phrases: str) -> str:
    """Any of some phrases, any number of times, at the beginning."""
    return rf"^\W*(?:(?:{'|'.join(phrases)})\W+)*"


_OPENERS = ("ok", "okay", "yes", "no", "and", "so", "well", "then", "please", "right", "thanks", "thank you", "sorry")

_BEFORE_ORDINAL = (
    *_OPENERS, "the", "tell me", "more", "explain", "show me", "give me", "i mean", "i meant", "about", "on", "what", "of", "can you",
    "could you", "details", "repeat", "again", "option", "number", "take", "i'll", "i", "want", "choose",
)  # fmt: skip

_THING = "one|ones|bit|part|question|point|option|thing|answer|half|please|pls|plz"

ORDINAL_CHOICE = re.compile(rf"{_leading(*_BEFORE_ORDINAL)}(?P<which>{'|'.join(ORDINALS)})(?:\W+(?:{_THING})\b|\W*$)")

NUMBER_CHOICE = re.compile(r"^\W*(?:(?:option|number|no\.?|nr\.?|answer)\s*)?#?(\d{1,3})[.)!]?\W*$")

YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|ok|okay|exactly|correct|right|please do|go ahead|that's (?:it|right|the one)|that one)\b"
    r"(?:\W+(?:please|pls|that one|that's (?:it|right|the one)|exactly|correct|indeed|thanks|thank you|go on|tell me))*\W*"
)

FIRM_YES = re.compile(r"\b(?:yes|yeah|yep|yup|please|go ahead|that one|the one|tell me|that's it)\b")

THANKED = re.compile(r"\b(?:thanks|thank you|thx|ty|cheers|got it|understood|i see|makes sense)\b")

NO = re.compile(
    r"^\W*(?:no|nope|nah|none of (?:these|those|them|the above)|neither|not (?:that|these|those|this)(?: one)?|wrong)"
    r"(?:\W+(?:thanks|thank you|none of (?:these|those|them)|neither|not that|wrong|sorry))*\W*$"
)

_MEANT = r"(?:asked|meant|wanted|said|am asking)(?: for| about| to know)?"

NOT_ASKED = re.compile(
    rf"\b(?:(?:that|this|it)(?:'s|s| is)? not (?:what (?:i|we|i have)(?: {_MEANT})?|my question|an answer|the answer|the question)"
    rf"|not what i {_MEANT}"
    r"|(?:i )?(?:didn't|did not|didnt) (?:ask|mean) (?:that|this|for that|about that)"
    r"|you (?:got me wrong|(?:don't|do not|did not|didn't) understand|misunderstood|(?:didn't|did not|didnt) answer)(?: me| my question)?"
    r"|wrong answer|(?:that|this)(?: is|'s) wrong)\b[.,!;:]*\s*"
)

CORRECTION = re.compile(
    _leading("no", "oh", "oops", "sorry", "wait", "wrong word", "my mistake", "typo", "pardon", "i mistyped", "excuse me", "actually")
    + r"(?:i (?:actually )?(?:meant|mean|wanted)(?: to say)?|make that)\b\W*"
)

MORE = re.compile(
    r"^\W*(?:(?:can|could) you )?(?:please )?(?:tell me|say|explain|give me|know|i want|i'd like)?\W*(?:some |a bit |a little )?more"
    r"(?: (?:about|on|of) (?:it|that|this))?(?: (?:please|details?|info(?:rmation)?))*\W*$|^\W*go on\W*$"
)

OTHER = re.compile(r"\b(?:the )?other(?: one)?\b|\bnext door\b|\bneighbou?r(?:ing)?\b")

WHY = re.compile(_leading("and", "but", "so", "ok", "okay") + r"(?:why(?: so)?( not)?|how come|for what reason|why is that)\W*$")

NEW_TOPIC = re.compile(
    _leading(*_OPENERS, "thx", "great", "good", "cheers", "now")
    + r"(?:(?:an?other|a separate|separate|a different|different|new|one more) (?:thing|question|topic)|something else|on another note"
    r"|(?:to )?change of (?:subject|topic))\W+"
)

ELLIPSIS = re.compile(
    _leading(*_OPENERS, "hm+", "ah", "oh", "i see")
    + r"(?:and|or|but|so|then|even|what about|how about|same|also|since when|why|how so|how come|in that case)\b"
)

OF_IT = re.compile(
    r"\b(?:it|its|them|ones?|those|these|this)\W*$|\b(?:does|do|is|are|can|will|would|did|was|were|has|have) (?:it|they|this|those|these)\b"
    r"|\b(?:for|of|about|on|with|to|from|against|by) (?:it|them|one|that|this)\b"
)

POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|she|those|these|ones?|others?|another|same|such|else|both|that|this)\b"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!if )(?<!isn't )\bthere\b(?! (?:is|are|was|were|a|an|any|no)\b)"
)

CONJOINED = re.compile(r",|\?|\b(?:and|or|vs|versus|with|from|than)\b", re.I)
