"""The names beside those that an answer knows -> the ones that the base does not know: "are Peru and Atlantis members"."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.dialogue.conversation import Conversation
from bot.dialogue.resolution import Resolution, resolution
from bot.english.sentences import Span
from bot.english.tokens import fold
from bot.english.words import COORDINATORS
from bot.matching.decision import NoAnswer


def with_unknown_names(found: Sequence[Resolution], conversation: Conversation) -> tuple[Resolution, ...]:
    """The resolutions, each that is answered for the names it says followed by one for every name beside them that the base does not
    know."""
    return tuple(each for item in found for each in (item, *_unknown(item, conversation)))


def _unknown(found: Resolution, conversation: Conversation) -> Iterator[Resolution]:
    entry = conversation.entries.get(found.entry or "")
    if entry is None or not entry.entity:
        return
    for name in dict.fromkeys(_beside(found, entry.entity)):
        for span in found.spans[:1]:
            at = fold(span.text).find(name)
            if at >= 0:
                asked = Span(span.text[at : at + len(name)], span.start + at)
                yield resolution(asked, found.match, "apart", NoAnswer("unknown-words", words=(name,)))


def _beside(found: Resolution, entity: str) -> Iterator[str]:
    """The words, all unknown to the base, that "and" or "or" joins to a name of the entity."""
    words, strange = found.match.query.mended, set(found.match.strange)
    for mention in found.match.query.mentions:
        if mention.entity != entity:
            continue
        sides = (words[mention.end :], words[: mention.start][::-1])
        for side, step in zip(sides, (1, -1), strict=True):
            name = tuple(takewhile(strange.__contains__, side[1:])) if set(side[:1]) & COORDINATORS else ()
            yield from [" ".join(name[::step])] if name else []
