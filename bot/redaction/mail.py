"""Rules for links, e-mail addresses in the forms in which people hide or spell them, and names of accounts."""

import re
from re import Match

from bot.redaction.field import Field
from bot.redaction.people import may_belong
from bot.redaction.rules import Rule, always
from bot.redaction.words import MAIL_PROVIDERS

_AT = r"\s{0,2}(?:[\[({]\s?(?:at|@)\s?[\])}]|@)\s{0,2}"
_DOT = r"\s{0,2}(?:[\[({]\s?(?:dot|\.)\s?[\])}]|(?<=\s)dot(?=\s))\s{0,2}"
_PART = r"[^\s@<>()\[\]{},;:\"'!?]{1,64}"
_HOST = r"[^\W_](?:[\w-]{0,62}\w)?"
_SPELT_NAME = rf"{_HOST}(?:(?:{_DOT}|\.){_HOST}){{0,3}}"
_PROVIDER = rf"(?:{'|'.join(MAIL_PROVIDERS)})"

_PLAIN = re.compile(rf"(?:mailto:)?{_PART}@{_HOST}(?:\.{_HOST}){{0,5}}", re.I)
_WORDS_BEFORE = r"(?<!\w)((?:[^\W\d_]{2,40} ){0,2})"
_SPACED = re.compile(rf"{_WORDS_BEFORE}[\w.+-]{{1,64}}{_AT}{_HOST}(?:(?:\s?\.\s?|{_DOT}){_HOST}){{1,4}}", re.I)
_SPELT = re.compile(rf"{_SPELT_NAME}\s(?:at|@)\s{_HOST}(?:{_DOT}{_HOST}){{1,3}}", re.I)
_WITH_AT = re.compile(
    rf"{_WORDS_BEFORE}([\w.+-]{{1,64}})\sat\s(?:{_PROVIDER}(?:(?:\s?\.\s?|\sdot\s|\s)(?:com|net|org|de|fr|ru|co|me|uk|in|it|es)\b){{1,2}}"
    rf"|(gmail|hotmail|yahoo|outlook|protonmail)\b|({_HOST}(?:\.[^\W_]{{2,24}}){{1,3}})\b)",
    re.I,
)
_LETTER_BY_LETTER = re.compile(r"(?<![\w.])\w(?: [\w.+-]){1,40} {0,2}@ {0,2}\w(?: [\w.-]){2,40}(?!\w)")
_HANDLE = re.compile(r"@\w[\w.]{0,62}\w")
_LINK = re.compile(
    r"\b(?:[a-z][a-z0-9+]{1,9}://|(?:tel|sms|whatsapp):)[^\s<>\[\]]{0,4000}[^\s<>\[\].,;:!?)'\"]"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?/[^\s<>\[\]]{0,4000}[^\s<>\[\].,;:!?)'\"]",
    re.I,
)


def _tag_handle(match: Match[str], field: Field) -> str:
    return match[0] if field.is_official(match[0][1:].lower()) else "[name]"


def _tag_spaced(match: Match[str], field: Field) -> str:
    return f"{_lead(match[1], field)}[e-mail]"


def _tag_with_at(match: Match[str], field: Field) -> str:
    """An address with "at" for its sign. "Find me at example.com" names a place, unless what stands before "at" looks like a name."""
    name, provider, host = match[2], match[3], match[4]
    if (provider is None and host is None) or re.search(r"\w[._+\d]", name) or may_belong(name, field):
        return f"{_lead(match[1], field)}[e-mail]"
    return match[0]


def _lead(before: str, field: Field) -> str:
    """The words before an address, without those at their end that seem to belong to it ("john smith @ ...")."""
    words = before.split()
    kept = next((place for place in range(len(words), 0, -1) if not may_belong(words[place - 1], field)), 0)
    return "".join(f"{word} " for word in words[:kept])


RULES: tuple[Rule, ...] = (
    (_LINK, always("[link]")),
    (_PLAIN, always("[e-mail]")),
    (_LETTER_BY_LETTER, always("[e-mail]")),
    (_SPACED, _tag_spaced),
    (_SPELT, always("[e-mail]")),
    (_WITH_AT, _tag_with_at),
    (_HANDLE, _tag_handle),
)
"""In the order in which they are tried."""
