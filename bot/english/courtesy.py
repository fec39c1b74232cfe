"""A message -> the message without the polite phrases around it: they are no part of what is asked."""

Words = tuple[str, ...]


def _phrases(text: str) -> tuple[Words, ...]:
    """Phrases between bars, the longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in text.split("|")), key=len, reverse=True))


BEFORE = _phrases(
    "hi|hello|hey|hi there|hello there|dear sir|dear sir or madam|good morning|good afternoon|good evening|excuse me|please|tell me|"
    "could you tell me|could you please tell me|could you kindly tell me|can you tell me|can you please tell me|please can you tell me|"
    "please could you tell me|would you tell me|would you please tell me|i would like to know"
)
AFTER = _phrases(
    "please|thanks|thank you|thank you very much|thank you so much|many thanks|thanks a lot|thanks very much|thanks in advance|"
    "thank you in advance|cheers|kind regards|best regards|regards"
)


def without_politeness(words: Words) -> Words:
    """The words between polite phrases; all of them if there is nothing else."""
    first, last = 0, len(words)
    while size := next((len(phrase) for phrase in BEFORE if words[first : first + len(phrase)] == phrase), 0):
        first += size
    while size := next((len(phrase) for phrase in AFTER if words[max(first, last - len(phrase)) : last] == phrase), 0):
        last -= size
    return words[first:last] or words
