"""A message -> the message without the polite phrases around it: they are no part of what is asked."""

from bot.english.phrases import POLITE_AFTER, POLITE_BEFORE

Words = tuple[str, ...]


def without_politeness(words: Words) -> Words:
    """The words between polite phrases; all of them if there is nothing else."""
    first, last = 0, len(words)
    while size := next((len(phrase) for phrase in POLITE_BEFORE if words[first : first + len(phrase)] == phrase), 0):
        first += size
    while size := next((len(phrase) for phrase in POLITE_AFTER if words[max(first, last - len(phrase)) : last] == phrase), 0):
        last -= size
    return words[first:last] or words
