"""What a person does with a myth: asks whether it is so, asserts it, or denies it."""

from collections.abc import Sequence

from bot.knowledge import Entry
from bot.reply import Stance
from bot.text import plain_words

_NEGATIONS = frozenset("not no never nobody none nothing neither nor hardly without cannot false wrong untrue myth nonsense doubt".split())
_ASKING = frozenset(
    "is are am was were do does did can could will would should shall may might must has have had"
    " who what where when why how which whether".split()
)
_TAGS = tuple(
    tuple(tag.split())
    for tag in ("is it not", "is not it", "are not they", "do not they", "does not it", "is it", "right", "correct", "true", "yes", "no")
)
_ASKED_OUTRIGHT = ("is it true", "true or false", "is that true", "i wonder", "can you tell", "is it so", "is it correct", "is it a myth")


def stance(message: str, entry: Entry) -> Stance:
    """The stance of a message towards the claim of a myth.

    A tag ("..., right?") leaves a statement a statement. A statement denies the claim when exactly one of the two holds a
    negation; two negations, or none, agree.
    """
    words = _without_tag(plain_words(message))
    text = " ".join(words)
    if any(phrase in text for phrase in _ASKED_OUTRIGHT):
        return "asks"
    asking = bool(words) and (words[0] in _ASKING or (message.rstrip().endswith("?") and len(words) == len(plain_words(message))))
    if asking:
        return "asks"
    odd = (_negations(words) + _negations(plain_words(entry.claim or ""))) % 2
    return "denies_myth" if odd else "asserts_myth"


def _negations(words: Sequence[str]) -> int:
    return sum(word in _NEGATIONS for word in words)


def _without_tag(words: tuple[str, ...]) -> tuple[str, ...]:
    for tag in sorted(_TAGS, key=len, reverse=True):
        if len(words) > len(tag) + 2 and words[-len(tag) :] == tag:
            return words[: -len(tag)]
    return words
