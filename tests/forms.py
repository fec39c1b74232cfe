"""Changes of form that must not change what is understood: case, marks, contractions, spelling, polite words, frames around a claim."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot import Bot
from bot.english.tokens import capitals, typed_words
from bot.matching import query
from bot.matching.query import Lexicon, Query

Change = Callable[[str], str]


def like(model: str, text: str) -> str:
    """A text in the case of another: capitals, a capital first, or as it is."""
    if len(model) > 1 and model.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if model[:1].isupper() else text


def swapped(text: str, pairs: Mapping[str, str], after: str = "") -> str:
    """The text with every listed word replaced by its other form, where `after` matches what follows it."""
    listed = "|".join(sorted(pairs, key=len, reverse=True))
    return re.sub(rf"\b(?:{listed})\b{after}", lambda found: like(found[0], pairs[found[0].lower()]), text, flags=re.IGNORECASE)


def padded(text: str, before: str, after: str = "") -> str:
    """The text in polite words; in capitals if all of it is, as words in capitals among others may be codes."""
    return before.upper() + text + after.upper() if text.isupper() else before + text + after


def ended(text: str, mark: str) -> str:
    return text.rstrip(" .?!") + mark


VERBS = "is are was were do does did has have had could would should".split()
NOT = {f"{verb} not": f"{verb}n't" for verb in VERBS} | {"cannot": "can't", "will not": "won't"}
IS = {f"{word} is": f"{word}'s" for word in "what who where when how that there it he she".split()}
PRONOUNS = {
    **{f"{word} are": f"{word}'re" for word in "you we they".split()},
    **{f"{word} have": f"{word}'ve" for word in "i you we they".split()},
    **{f"{word} will": f"{word}'ll" for word in "i you we they it he she".split()},
    "i am": "i'm",
    "let us": "let's",
}
SPELT_OUT = {short: spelt for spelt, short in (NOT | IS | PRONOUNS).items()}
BARE = {
    short: short.replace("'", "")
    for short in SPELT_OUT
    if short[-3:] == "n't" or short in "what's who's where's how's that's i'm i've".split()
}

SPELLINGS = {  # British: American
    "organisation": "organization", "organisations": "organizations", "organised": "organized", "colour": "color", "colours": "colors",
    "coloured": "colored", "programme": "program", "programmes": "programs", "centre": "center", "centres": "centers",
    "offence": "offense", "offences": "offenses", "defence": "defense", "recognise": "recognize", "recognised": "recognized",
    "realise": "realize", "realised": "realized", "authorised": "authorized", "apologise": "apologize", "criticise": "criticize",
    "travelling": "traveling", "travelled": "traveled", "traveller": "traveler", "travellers": "travelers", "cancelled": "canceled",
    "cancelling": "canceling", "neighbour": "neighbor", "neighbours": "neighbors", "neighbouring": "neighboring",
    "behaviour": "behavior", "labour": "labor", "favour": "favor", "favourite": "favorite", "rumour": "rumor", "rumours": "rumors",
    "honour": "honor", "licence": "license", "catalogue": "catalog", "analyse": "analyze", "enrol": "enroll", "fulfil": "fulfill",
    "jewellery": "jewelry",
}  # fmt: skip
AMERICAN = {american: british for british, american in SPELLINGS.items()}
CASE: dict[str, Change] = {"lower": str.lower, "upper": str.upper}
PADDING: dict[str, Change] = {
    "asked politely": partial(padded, before="hi, could you please tell me "),
    "please and thanks": partial(padded, before="", after=", please? Thanks!"),
    "greeting and thanks": partial(padded, before="Hello, ", after=" Thank you very much."),
}
FORMS: dict[str, Change] = {
    "no mark": partial(ended, mark=""),
    "question mark": partial(ended, mark="?"),
    "exclamation mark": partial(ended, mark="!"),
    "dots": partial(ended, mark="..."),
    "quotes": '"{}"'.format,
    "single quotes": "'{}'".format,
    "curly quotes": lambda text: f"“{text}”".replace("'", "’"),
    "double spaces": lambda text: f"  {text.replace(' ', '  ')} ",
    "commas": lambda text: re.sub(r",? (and|but|or)\b", r", \1", text),
    "contracted": lambda text: swapped(text, NOT | IS | PRONOUNS, r"(?= \w)"),
    "spelt out": partial(swapped, pairs=SPELT_OUT),
    "no apostrophes": partial(swapped, pairs=BARE),
    "American": partial(swapped, pairs=SPELLINGS),
    "British": partial(swapped, pairs=AMERICAN),
}

FRAMES = {
    "I read that {}": "asserts_myth",
    "My brother says {}": "asserts_myth",
    "Everybody knows that {}": "asserts_myth",
    "Nobody doubts that {}": "asserts_myth",
    "I am not a lawyer, but {}": "asserts_myth",
    "It is a myth that {}": "denies_myth",
    "It is not true that {}": "denies_myth",
    "I doubt that {}": "denies_myth",
    "My brother says that {}, but that is nonsense": "denies_myth",
    "My brother says that {}. I don't buy it.": "denies_myth",
    "Is it true that {}": "asks",
    "Is it false that {}": "asks",
    "I wonder whether {}": "asks",
    "Could you tell me if {}": "asks",
    "My brother says that {}. Is he right?": "asks",
    "{}, or not?": "asks",
}
"""What stands around the claim of a myth, and the stance that it gives."""

TAGS = (", right?", ", isn't it?", ", correct?", ", no?", ", eh?")
"""What may stand behind a claim and leaves it a claim."""

STANCE_FORMS: dict[str, Change] = {
    "lower": str.lower,
    "upper": str.upper,
    "spaces": "  {}  ".format,
    "quotes": lambda text: text.replace("'", "\u2019"),
    "greeting": "Hello. {}".format,
}


class Winners:
    """The best candidate of each message of a base, looked up once for all messages that are read alike."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.found: dict[Query, str | None] = {}

    def __call__(self, text: str) -> str | None:
        """The id of the best candidate of a message."""
        asked = replace(query.read(text, self.bot.lexicon), asked="")
        if asked not in self.found:
            found = self.bot.trace(text).resolutions[0].match.evidence
            self.found[asked] = found[0].candidate.target.id if found else None
        return self.found[asked]


def lost(winner: Winners, texts: Sequence[str], change: Change) -> list[tuple[str, str, str | None, str | None]]:
    """(message, as changed, winner, winner then) of the messages whose winner another form changes."""
    changed = [(text, change(text)) for text in texts]
    return [(text, other, winner(text), winner(other)) for text, other in changed if other != text and winner(text) != winner(other)]


def means_by_capitals(text: str, lexicon: Lexicon) -> bool:
    """Whether a name in the message counts for its capitals alone: in another case it means something else."""
    words = typed_words(text)
    return lexicon.names.find(words, capitals(text)) != lexicon.names.find(words)
