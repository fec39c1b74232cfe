"""The rules for names of people, where the words around say that it is one. Modest: a name alone is not known from a word."""

import re
from re import Match

_NO_NAME = frozenset(
    "a about after again all already also always am an and any are as asking associated at bad be because been before being best by bye "
    "called calling can cause clean clear cleared common confused congo connected correct dear different do does done dont every everyone "
    "everything exactly famous fine flagged for found from getting given going good guys happy have he hello help her hi his how however i "
    "identical if in included including innocent interpol is isnt it its just kindly known like linked listed lots lot many me mentioned "
    "misspelled misspelt missing more much my never no none not nothing now of ok okay on once only or other our out please pls president "
    "private public published really red regarding registered removed right same secretary she shown similar since sir so sorry spelled "
    "spelt still thank thanks that the their them then there they this though to today too under unique used using very want was we were "
    "what when where which while who whom why will with without wrong yes yet you your officer agent director minister madam general "
    "police team authentic genuine fake legit false valid everybody somebody someone anybody folks".split()
)
_NO_PEOPLE = frozenset(
    "south north east west new saudi costa sri sierra burkina el san united interpol american british european african asian international "
    "police red blue green yellow black orange purple silver special not so just very chief senior deputy secretary general".split()
)

SIGNS = re.compile(
    r"\b(?:name|called|named|mr|mrs|ms|mx|dr|prof|miss|sir|madam|i'?m|i am|this is|regards|wishes|sincerely|truly|faithfully|cheers|thanks|"
    r"thank you|husband|wife|son|daughter|brother|sister|father|mother|friend|boss|cousin|uncle|aunt)\b",
    re.I,
)

_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?"
_CAPITAL = r"(?=[^\W\d_])(?![a-zß-öø-ÿ])"
_NAME = rf"{_CAPITAL}{_WORD}"
_APART = r"[ \t]{1,2}"

_MINE = re.compile(
    rf"(\b(?:my\s(?:full\s|real\s)?name(?:\sis|'s|’s|s|\s?[:=])|i(?:\sam|'m|’m)\scalled|they\scall\sme|(?:full\s)?name\s?:)\s?[:=]?\s{{0,2}})"
    rf"({_WORD}(?:{_APART}{_WORD}){{0,3}})",
    re.I,
)
_TITLE = re.compile(rf"(\b(?i:mr|mrs|ms|mx|dr|prof)\b\.?\s)({_WORD}(?:{_APART}{_NAME}){{0,2}})|(\b(?:Miss|Sir|Madam)\s)({_NAME})")
_AM = re.compile(rf"(\b(?i:i\sam|i'm|i’m|this\sis)\s)({_NAME}{_APART}{_NAME}(?:{_APART}{_NAME})?)")
_KIN = re.compile(
    r"(\b(?i:(?:my|his|her|our|their|your)\s(?:husband|wife|son|daughter|brother|sister|father|mother|friend|boss|cousin|uncle|aunt)|"
    r"(?:man|woman|guy|person|lady|girl|boy|agent|officer)\s(?:named|called))\s)"
    rf"({_NAME}(?:{_APART}{_NAME}){{0,2}})"
)
_LAST = r"(?=\s*[.!]?\s*\Z)"
_SIGNED = re.compile(
    rf"(\b(?i:regards|sincerely|truly|faithfully|best\swishes)[,.!\s-]*[,.!\s]\s{{0,3}})({_WORD}(?:{_APART}{_WORD}){{0,3}}){_LAST}"
    rf"|(\b(?i:cheers|thanks|thank\syou)\s?[,.!\n-]\s{{0,3}})({_NAME}(?:{_APART}{_NAME}){{0,3}}){_LAST}"
)


def _named(match: Match[str]) -> str:
    """The words before it and a tag for the name; what follows the first word that is none stays. No name: all as it was."""
    lead, found = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    pieces = re.split(r"([ \t]+)", found)
    words = [_bare(word) for word in pieces[::2]]
    kept = next((place for place, word in enumerate(words) if word in _NO_NAME), len(words))
    if not kept:
        return match[0]
    end = len("".join(pieces[: 2 * kept - 1]))
    end -= found[:end].endswith(".") and len(words[kept - 1]) > 1
    return f"{lead}[name]{found[end:]}"


def _people(match: Match[str]) -> str:
    return match[0] if _bare(match[2].split()[0]) in _NO_PEOPLE else _named(match)


def _bare(word: str) -> str:
    return word.lower().rstrip(".").replace("'", "").replace("’", "")


RULES = ((_MINE, _named), (_TITLE, _named), (_AM, _people), (_KIN, _people), (_SIGNED, _named))
"""Pattern and what takes the place of a match, in the order in which they are tried."""
