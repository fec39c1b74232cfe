"""Which questions count as one: those of the same words, whatever their order, endings, case and marks."""

from bot.english.stems import stems
from bot.english.tokens import fold, typed_words
from bot.english.words import STOP_WORDS
from bot.redaction.rules import TAG


def by_words(question: str) -> str:
    """The key of a question's group: the stems of its words in order of the alphabet, without words that say nothing and without tags of
    what was hidden. A question of such words alone is a group with those that are spelt like it."""
    words = typed_words(TAG.sub(" ", question))
    telling = sorted(set(stems([word for word in words if word not in STOP_WORDS])))
    return " ".join(telling or words) or fold(question).strip()
