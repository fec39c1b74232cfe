"""A text -> the text without personal data. Each piece that is taken out leaves a tag such as [e-mail] or [phone].

Rather too much is hidden than too little: any run of seven digits or more goes, unless it is a year, a date, an amount or an act.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from re import Match, Pattern

from bot.english.tokens import safe
from bot.questionlog import names, numbers

Rule = tuple[Pattern[str], Callable[[Match[str]], str]]

_TAGS = ("e-mail", "phone", "card", "account", "passport", "number", "link", "ip", "name", "date of birth", "address", "password")
_APART = re.compile(rf"(\[(?:{'|'.join(_TAGS)})\])")

_PLAIN = re.compile(r"[\n\t\x20-\x7e]*")
_STRANGE = re.compile(r"[^\x00-\x7f]")
_DASHES = frozenset("\u2010\u2011\u2012\u2212\ufe58\ufe63")
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u20e3\u3164\uffa0")

_SIGN = re.compile(r"[0-9@/<(\[{]")
_SIGN_WORDS = re.compile(
    r"www\.|\bdot\b|\bat (?:[\w-]{1,63}\.\w|(?:g|google|hot|proton|i?cloud|yahoo|ymail|outlook|live|aol|gmx|yandex|zoho|mail)(?:mail)?\b)",
    re.I,
)

_AT = r"\s{0,2}(?:[\[({]\s?(?:at|@)\s?[\])}]|@)\s{0,2}"
_DOT = r"\s{0,2}(?:[\[({]\s?(?:dot|\.)\s?[\])}]|(?<=\s)dot(?=\s))\s{0,2}"
_PART = r"[^\s@<>()\[\]{},;:\"'!?]{1,64}"
_HOST = r"[^\W_](?:[\w-]{0,62}\w)?"
_SPOKEN_NAME = rf"{_HOST}(?:(?:{_DOT}|\.){_HOST}){{0,3}}"

_MAIL = re.compile(rf"(?:mailto:)?{_PART}@{_HOST}(?:\.{_HOST}){{0,5}}", re.I)
_BEFORE = r"(?<!\w)((?:[^\W\d_]{2,40} ){0,2})"
_MAIL_APART = re.compile(rf"{_BEFORE}[\w.+-]{{1,64}}{_AT}{_HOST}(?:(?:\s?\.\s?|{_DOT}){_HOST}){{1,4}}", re.I)
_MAIL_SPOKEN = re.compile(rf"{_SPOKEN_NAME}\s(?:at|@)\s{_HOST}(?:{_DOT}{_HOST}){{1,3}}", re.I)
_PROVIDER = r"(?:gmail|googlemail|hotmail|protonmail|proton|icloud|yahoo|ymail|outlook|live|aol|gmx|yandex|zoho|mail|qq|msn)"
_MAIL_AT = re.compile(
    rf"{_BEFORE}([\w.+-]{{1,64}})\sat\s(?:{_PROVIDER}(?:(?:\s?\.\s?|\sdot\s|\s)(?:com|net|org|de|fr|ru|co|me|uk|in|it|es)\b){{1,2}}"
    rf"|(gmail|hotmail|yahoo|outlook|protonmail)\b|({_HOST}(?:\.[^\W_]{{2,24}}){{1,3}})\b)",
    re.I,
)
_MAIL_LETTERS = re.compile(r"(?<![\w.])\w(?: [\w.+-]){1,40} {0,2}@ {0,2}\w(?: [\w.-]){2,40}(?!\w)")
_OFFICIAL = frozenset("interpol interpol_hq interpol_gs interpol_sg interpol_cyber interpol_icc europol un who fbi unodc".split())
_HANDLE = re.compile(r"@\w[\w.]{0,62}\w")
_LINK = re.compile(
    r"\b(?:[a-z][a-z0-9+]{1,9}://|(?:tel|sms|whatsapp):)[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"]"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?/[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"]",
    re.I,
)


def redact(text: str) -> str:
    """The text fit to be kept: no personal data, no control characters (but line breaks and tabs), digits in plain form. Never raises, and
    changes nothing more when called on its own result."""
    found = _readable(text)
    while (less := _once(found)) != found:
        # What was hidden may have stood between two halves of something else. Each turn shortens what stands outside tags, so it ends.
        found = less
    return found


def _readable(text: str) -> str:
    """The text with one form for each digit, letter of full width and dash, and without what is not seen."""
    if _PLAIN.fullmatch(text):
        return text
    return _STRANGE.sub(_plain_form, safe(_STRANGE.sub(_plain_form, text)))


def _plain_form(match: Match[str]) -> str:
    char = match[0]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char in _DASHES:
        return "-"
    if char in _UNSEEN or "\ufe00" <= char <= "\ufe0f" or unicodedata.category(char) == "Cf":
        return ""
    return " " if unicodedata.category(char) == "Zs" else char


def _once(text: str) -> str:
    if "[" not in text:
        return names.without_closing(_hide(text))
    # Tags stand apart, so that no rule reads them as words.
    return names.without_closing("".join(part if place % 2 else _hide(part) for place, part in enumerate(_APART.split(text))))


def _hide(text: str) -> str:
    """A text without tags, with tags for what is personal in it."""
    signed = _SIGN.search(text) or _SIGN_WORDS.search(text)
    for pattern, tag in (*(_RULES if signed else ()), *names.rules(text)):
        text = _apply(text, pattern, tag)
    return text


def _apply(text: str, pattern: Pattern[str], tag: Callable[[Match[str]], str]) -> str:
    if "[" not in text:
        return pattern.sub(tag, text)
    return "".join(part if place % 2 else pattern.sub(tag, part) for place, part in enumerate(_APART.split(text)))


def _handle(match: Match[str]) -> str:
    """The accounts of institutions are no personal data."""
    return match[0] if match[0][1:].lower() in _OFFICIAL else "[name]"


def _mail_at(match: Match[str]) -> str:
    """An address with "at" for its sign, unless it is a place where one looks."""
    marked = re.search(r"\w[._+\d]", match[2])
    whole = match[3] is None and match[4] is None
    return "[e-mail]" if whole or marked or names.is_part(match[2]) else match[0]


def _mail_apart(match: Match[str]) -> str:
    """An address with blanks in it; of the words before it those go too that seem to be its beginning."""
    words = match[1].split()
    kept = next((place for place in range(len(words), 0, -1) if not names.is_part(words[place - 1])), 0)
    lead = "".join(f"{word} " for word in words[:kept])
    rest = _mail_at(match) if match.re is _MAIL_AT else "[e-mail]"
    return f"{lead}{rest}" if rest != match[0] else rest


def _always(tag: str) -> Callable[[Match[str]], str]:
    return lambda _: tag


def _rules(patterns: Iterable[tuple[Pattern[str], str]]) -> tuple[Rule, ...]:
    return tuple((pattern, _always(tag)) for pattern, tag in patterns)


_RULES: tuple[Rule, ...] = (
    *_rules(((_LINK, "[link]"), (_MAIL, "[e-mail]"), (_MAIL_LETTERS, "[e-mail]"))),
    (_MAIL_APART, _mail_apart),
    *_rules(((_MAIL_SPOKEN, "[e-mail]"),)),
    (_MAIL_AT, _mail_apart),
    (_HANDLE, _handle),
    *numbers.RULES,
)
