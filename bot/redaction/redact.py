"""A text -> the text without personal data, each piece replaced by a tag such as [e-mail] or [phone].

In doubt it hides: any run of seven digits or more goes, unless it is a year, a date, an amount of money or the number of an act.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from re import Match

from bot.english.tokens import safe
from bot.knowledge import KnowledgeBase
from bot.redaction import digits, mail, mentions, people
from bot.redaction.field import Field, field_of
from bot.redaction.rules import TAG, Rule
from bot.redaction.words import MAIL_PROVIDERS

_ASCII = re.compile(r"[\n\t\x20-\x7e]*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_DASHES = frozenset("\u2010\u2011\u2012\u2212\ufe58\ufe63")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u20e3\u3164\uffa0")

_EMPHASIS = re.compile(r"\*\*|__|</?(?:b|i|u|em|strong)>", re.I)
_BLANKS = re.compile(r"(?<=\S)[ \t][ \t]++(?=\S)")

_SIGN = re.compile(r"[0-9@/<(\[{]")
_SIGN_WORDS = re.compile(rf"www\.|\bdot\b|\bat (?:[\w-]{{1,63}}\.\w|(?:google|{'|'.join(MAIL_PROVIDERS)})(?:mail)?\b)", re.I)
"""Without a sign or one of these a text has no number, link or e-mail address."""


def redact(text: str, field: Field) -> str:
    """The text as it may be stored: without personal data and control characters (except line breaks and tabs), digits in ASCII.

    `field` are the words of the base in force. Never raises. Redacting the result again changes nothing.
    """
    found = _normalised(text)
    while (less := _pass(found, field)) != found:
        # A piece that was hidden may have stood between the halves of another. Each pass shortens what is outside tags, so this ends.
        found = less
    return found


def redactor(base: Callable[[], KnowledgeBase]) -> Callable[[str], str]:
    """redact() with the words of the base that is in force at each call; they are gathered anew only when another base is."""
    latest: list[tuple[KnowledgeBase, Field]] = []

    def redact_now(text: str) -> str:
        kb = base()
        if not latest or latest[0][0] is not kb:
            latest[:] = [(kb, field_of(kb))]
        return redact(text, latest[0][1])

    return redact_now


def _normalised(text: str) -> str:
    """The text with one form for each digit, full-width letter and dash, without invisible characters, marks of emphasis and further
    blanks between words, any of which could stand between a name and what announces it."""
    if not _ASCII.fullmatch(text):
        text = _NOT_ASCII.sub(_plain_form, safe(_NOT_ASCII.sub(_plain_form, text)))
    return _BLANKS.sub(" ", _EMPHASIS.sub("", text))


def _plain_form(match: Match[str]) -> str:
    char = match[0]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char in _DASHES:
        return "-"
    if char in _INVISIBLE or "\ufe00" <= char <= "\ufe0f" or unicodedata.category(char) == "Cf":
        return ""
    return " " if unicodedata.category(char) == "Zs" else char


def _pass(text: str, field: Field) -> str:
    """One pass of all rules over a text."""
    has_signs = _SIGN.search(text) or _SIGN_WORDS.search(text)
    if has_signs:
        text = _apply(text, (*mail.RULES, *digits.RULES), field)
    text = _apply(text, people.rules_for(text), field)
    return people.without_signature(mentions.hide(text, field), field)


def _apply(text: str, rules: Iterable[Rule], field: Field) -> str:
    """Each rule in turn, on what stands between tags, so that none reads a tag as words."""
    for rule in rules:
        parts = TAG.split(text) if "[" in text else [text]
        parts[::2] = [_substituted(part, rule, field) for part in parts[::2]]
        text = "".join(parts)
    return text


def _substituted(text: str, rule: Rule, field: Field) -> str:
    pattern, replace = rule
    return pattern.sub(lambda match: replace(match, field), text)
