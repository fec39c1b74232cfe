"""Words -> whether a message can be a wish to do something oneself, or tell of trouble that somebody is in: who asks about such things, or
was the victim of them, says the same words."""

from bot.english.openings import opens_as_question, stripped
from bot.english.words import AUXILIARIES, NEGATORS, POSSESSIVES, POSSIBILITY, PRONOUNS, QUESTION_WORDS, WISHERS

Words = tuple[str, ...]

_OF_FACT = AUXILIARIES - POSSIBILITY - frozenset("would will shall should must need ought".split())
"""Verbs that open a question about what is so, not about what one may do."""

_CHECKING = frozenset(
    "check checks scan scans see sees inspect inspects compare compares record records keep keeps collect collects".split()
)
"""What authorities do: who asks about it asks how they work."""

_OTHERS = (PRONOUNS - frozenset(("i", "we", "you", "there"))) | frozenset("police officers".split())
_FOR_ONESELF = frozenset("i we me us my our to".split())
_AVOIDING = NEGATORS | frozenset("without avoid evade around past".split())

_TOLD = frozenset(
    "gave took sold sent lost paid was were got received stole stolen cheated tricked used showed came told said bought found wrote"
    " made forged arrested caught copied hacked robbed scammed defrauded pretended asked opened changed promised offered been".split()
)
"""Verbs in the past: who says one before any wish tells what happened."""

_WISHING = QUESTION_WORDS | frozenset("want wants wanna need needs like can could help looking must should if gonna going plan".split())
_TELLERS = (PRONOUNS | POSSESSIVES | frozenset("a an the people her".split())) - {"you"}

_CRIES = (
    "where is my", "where are my", "where is our", "what do i do", "what do we do", "what should i do", "what should we do",
    "what can i do", "how do i find my", "how can i find my", "can you help", "can somebody help", "can someone help",
    "can anybody help", "who can help",
)  # fmt: skip
"""How questions begin that are cries for help."""


def may_wish(words: Words) -> bool:
    """Whether a message can be a wish to do something oneself: "how do I forge a visa", but not "somebody sold me a forged visa",
    "does the police have my fingerprints" or "which airports check passports"."""
    opening = stripped(words)
    if len(opening) > 1 and opening[0] in _OF_FACT and opens_as_question(opening[:3]):
        return opening[1] in WISHERS
    if _of_others(opening):
        return False
    said = frozenset(words)
    if opening and opening[0] in QUESTION_WORDS and said & _CHECKING:
        return bool(said & (_FOR_ONESELF | _AVOIDING))
    return not _reports(opening)


def _of_others(words: Words) -> bool:
    """Whether words say or ask what others do or hold, be it without the form of a question: "they have his fingerprints or not"."""
    told = len(words) > 2 and words[0] in _OTHERS and (words[1] in _OF_FACT or words[1] in _CHECKING)
    asked = len(words) > 2 and words[0] in AUXILIARIES and words[1] in _OTHERS
    return (told or asked) and not frozenset(words) & (_FOR_ONESELF - {"to"} | frozenset(("want", "wants", "need", "needs")))


def _reports(words: Words) -> bool:
    """Whether words begin by telling what happened: "a fake officer took my money"."""
    told = next((at for at, word in enumerate(words) if word in _TOLD), 0)
    begins = bool(words) and (words[0] in _TELLERS or words[0].endswith("s"))
    return told > 0 and begins and not frozenset(words[:told]) & _WISHING


def may_tell(words: Words) -> bool:
    """Whether a message can tell of trouble that somebody is in: not if it opens as a question ("was he arrested", "can I be arrested at
    the airport"), unless that is a cry for help ("where is my child")."""
    opening = stripped(words)
    return not opens_as_question(opening[:3]) or " ".join(opening).startswith(_CRIES)
