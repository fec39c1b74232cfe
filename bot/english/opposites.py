"""Words and their contraries: an answer about the one is no answer about the other."""

PAIRS = (
    "enable disable|enabled disabled|install uninstall|activate deactivate|open close|start stop|begin end|buy sell"
    "|lock unlock|login logout|connect disconnect|subscribe unsubscribe|register unregister|increase decrease|raise lower"
    "|add remove|create delete|create remove|maximum minimum|max min|most least|before after|earliest latest|first last"
    "|early late|lend borrow|import export|upload download|send receive|accept refuse|accept reject|allow forbid|hire fire"
    "|join leave|enter exit|arrival departure|encrypt decrypt|mute unmute|show hide|follow unfollow|publish unpublish"
    "|cheapest dearest|win lose|deposit withdraw|inbound outbound|zip unzip|tighten loosen"
)
"""Verbs, adjectives and nouns whose contrary asks for another answer, the two sides of each pair parted by a space."""

PREFIXES = ("un", "dis", "de", "non")
"""Prefixes that turn a word into its contrary."""

_LONG = 4  # letters of a word that a prefix may stand before: "until" is no contrary of "til"

_CONTRARIES: dict[str, tuple[str, ...]] = {}
for _one, _other in (pair.split() for pair in PAIRS.split("|")):
    _CONTRARIES[_one] = (*_CONTRARIES.get(_one, ()), _other)
    _CONTRARIES[_other] = (*_CONTRARIES.get(_other, ()), _one)


def contraries(word: str) -> tuple[str, ...]:
    """The contraries of a lower-case word: those listed, and the word with a prefix more or less."""
    bare = [word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix) and len(word) >= len(prefix) + _LONG]
    turned = [prefix + word for prefix in PREFIXES] if len(word) >= _LONG else []
    return (*_CONTRARIES.get(word, ()), *bare, *turned)
