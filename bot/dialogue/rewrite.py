"""Query rewriting: the last question and a message that leans on it -> the last question asked anew, of another name or for its reason."""

from collections.abc import Sequence

from bot.english.followups import Followup, own_words
from bot.english.sentences import asks, asks_outright
from bot.english.tokens import plain_words
from bot.knowledge import Value
from bot.matching.entities import Mention
from bot.matching.query import Lexicon, Query, Words, of_words, shouted


def renamed(followup: Followup, before: Query, here: Query, lexicon: Lexicon) -> tuple[Query | None, bool]:
    """The last question with its name replaced by the one that the message means, and whether the message says nothing else; None if
    there is no name to replace, or none to put in its place."""
    if told := _narrowed(followup.text, before):
        return of_words(told, lexicon), True
    words = _sibling(before, lexicon) if followup.other else _swapped(before, here)
    only = followup.other or followup.correction or _only_names(followup.text, here)
    return of_words(words, lexicon, shouted(before) | shouted(here)) if words else None, only


def reasons(followup: Followup, before: Query, lexicon: Lexicon) -> tuple[Query, ...]:
    """The last question turned into one for the reason: "is Tuvalu in it", "why not" -> "why Tuvalu not in it". Without a "not" both are
    tried, as nobody knows what the answer was."""
    if not followup.why:
        return ()
    words = before.mended[1:] if asks_outright(before.asked) else before.mended
    at = before.mentions[0].end - (len(before.mended) - len(words)) if before.mentions else 1
    denied = ("why", *words[:at], "not", *words[at:])
    found = (denied,) if followup.why == "why not" else (denied, ("why", *words))
    return tuple(of_words(each, lexicon, shouted(before)) for each in found)


def _only_names(text: str, here: Query) -> bool:
    """Whether a text says a name and, unless it is a question of its own, at most a word more."""
    named = {word for mention in here.mentions for word in here.mended[mention.start : mention.end]}
    return bool(named) and len(set(own_words(text)) - named) <= (0 if asks(text) else 1)


def _swapped(before: Query, here: Query) -> Words | None:
    for old in reversed(before.mentions):
        names = [here.mended[new.start : new.end] for new in here.mentions if new.entity == old.entity]
        if names:
            return _with_name(before, old, [word for name in names for word in ("and", *name)][1:])
    return None


def _narrowed(text: str, before: Query) -> Words | None:
    """The question about the one of several bearers of a name that the message tells by a word of its own: "Congo?", "Kinshasa"."""
    values = [(mention, value) for mention in before.mentions if len(mention.values) > 1 for value in mention.values]
    own = set(own_words(text))
    told = [(mention, value) for mention, value in values if own & _telling(value, [other for _, other in values])]
    return _with_name(before, told[0][0], plain_words(told[0][1].name)) if len(told) == 1 else None


def _telling(value: Value, among: Sequence[Value]) -> set[str]:
    """The words in the names of a value that stand in those of no other."""
    return _words_of(value) - {word for other in among if other is not value for word in _words_of(other)}


def _words_of(value: Value) -> set[str]:
    return {word for name in (value.name, *value.also) for word in plain_words(name)}


def _sibling(before: Query, lexicon: Lexicon) -> Words | None:
    """The question about the other bearer of the same bare name: North Korea -> South Korea."""
    names = lexicon.names
    for mention in before.mentions[-1:]:
        for group in sorted((group for group in names.numbers.values() if len(group) > 1), key=len):
            others = [names.values[number] for number in group if names.values[number] not in mention.values]
            if 0 < len(others) < len(group):
                return _with_name(before, mention, plain_words(others[0].name))
    return None


def _with_name(query: Query, mention: Mention, name: Sequence[str]) -> Words:
    return (*query.mended[: mention.start], *name, *query.mended[mention.end :])
