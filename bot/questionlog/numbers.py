"""The rules for what has digits: accounts, cards, passports, phones, machines, birthdays, addresses and any other long number."""

import ipaddress
import re
from collections.abc import Callable
from re import Match

import phonenumbers
from stdnum import bitcoin, iban, luhn

_REGIONS = ("GB", "US", "FR", "DE", "IN", "NG", "AU")
"""Where a number without its country is looked for; that of another country is hidden as a number all the same."""

_ENOUGH = 7
"""Digits that make a number personal when nothing is said about it; with a word such as "reference" before it, five do."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{1,4}}\s?[-./]\s?\d{{1,2}}\s?[-./]\s?\d{{1,4}}|{_DAY}(?:\s?of)?[\s,-]{{1,2}}{_MONTH}[\s,-]{{1,2}}\d{{2,4}}"
    rf"|{_MONTH}\s?{_DAY},?\s?\d{{2,4}}|\d{{8}}|\d{{6}})"
)
_BORN = re.compile(
    rf"(\b(?:born|d\.?o\.?b\b\.?|date of birth|birth\s?da(?:y|te))(?:\s(?:on|is|was|the|in)\b|\s?[:=(])*\s{{0,3}}){_DATE}(?!\d)", re.I
)

_TYPE = r"(?:street|road|avenue|lane|boulevard|blvd|str)"
_TYPE_SHORT = r"(?:St|Rd|Ave|Ln|Drive|Dr|Court|Ct|Close|Way|Square|Sq|Place|Pl|Terrace|Crescent|Gardens)"
_STREET = re.compile(
    rf"\b\d{{1,5}}[a-z]?,?\s(?:[^\W\d][\w'.-]{{0,30}}\s){{1,3}}(?i:{_TYPE})\b\.?"
    rf"|\b\d{{1,5}}[a-z]?,?\s(?:[A-Z][\w'.-]{{0,30}}\s){{1,3}}{_TYPE_SHORT}\b\.?"
    r"|\b\d{1,5},?\s(?:bis\s)?(?i:rue|calle)(?:\s[\w'-]{1,30}){1,3}"
    r"|\b(?i:p\.?\s?o\.?\s?box)\s\d{1,8}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)

_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}", re.I)
_MRZ = re.compile(r"(?<![\w<])(?=[A-Z0-9]*<)[A-Z0-9<]{28,}")
_TOKEN = re.compile(r"[A-Za-z0-9]{6,}")
_UNITS = re.compile(r"\d{1,6}(?:th|st|nd|rd|s|k|m|km|kg|mb|gb|usd|eur|euros?|gbp|dollars|pounds|years|days|people)", re.I)
_PASSPORT = re.compile(r"[A-Za-z]{1,2}\d{6,8}[A-Za-z]?|\d{2}[A-Za-z]{2}\d{5}")
_PASSPORT_SAID = re.compile(
    r"(\bpassports?(?:\s(?:no|number|num|nr|id|is|was|has|the)\b|[.:#=]|\s[:#=])*\s{0,2})(?=[a-z]{0,3}\d)[a-z0-9]{5,14}\b", re.I
)
_SAID = re.compile(
    r"(\b(?:number|no|nr|num|ref|reference|id|case|file|account|ticket|visa|licen[cs]e)(?:\s(?:number|no|is|was)\b|[.:#=]|\s[:#=])*\s{0,2})"
    r"(?=[a-z]{0,4}\d)((?:[a-z]{0,4}[-/]?)\d{5,}[a-z]{0,2})\b",
    re.I,
)
_IP = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I)

_RUN = re.compile(r"\+?\(?\d(?:(?!\. )[ ().\-\u2013\u2014/\u00b7\u2022_*]{0,3}\d)*")
_AROUND = 24
_PHONE_WORDS = re.compile(r"\b(?:call|phone|phoned|tel|telephone|mobile|cell|whats\s?app|ring|rang|fax|text|dial)\b", re.I)

_YEAR = r"(?:1[89]|20)\d\d"
_DATED = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}|{_YEAR}-\d{{1,2}}-\d{{1,2}})"
_AMOUNT = r"\d{1,3}(?:[ .]000)+"
_HARMLESS = re.compile(rf"(?:{_DATED}|{_YEAR}|{_AMOUNT}|24/7)(?:(?: ?[-\u2013\u2014/] ?| )(?:{_DATED}|{_YEAR}|{_AMOUNT}|24/7))*")
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_MONEY_AFTER = re.compile(r"\s?(?:euros?|eur|dollars|usd|pounds|gbp|francs|chf|naira|rupees|yen|\$|€|£)(?!\w)", re.I)
_MONEY_BEFORE = re.compile(r"(?:\$|€|£|usd|eur|gbp|chf)\s?$", re.I)
_ACT_BEFORE = re.compile(r"(?:\(e[uc]\)|regulation|directive|decision)\s?(?:no\.?\s?)?$", re.I)
_CASE = re.compile(rf"{_YEAR}[/-]")
_ACT = re.compile(rf"{_YEAR}/\d{{1,4}}|\d{{1,4}}/{_YEAR}")


def _account(match: Match[str]) -> str:
    """An IBAN may be followed by words that look like more of it: the longest part that is valid counts."""
    text = match[0]
    ends = [place for place in range(len(text), 14, -1) if not text[place : place + 1].isalnum()]
    for end in ends:
        if iban.is_valid(text[:end]):
            return f"[account]{text[end:]}"
    return text


def _machine(match: Match[str]) -> str:
    text = match[0]
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return text
    return "[ip]" if any(char.isalnum() for char in text) else text


def _token(match: Match[str]) -> str:
    """Letters and digits in one word."""
    text = match[0]
    digits = sum(char.isdigit() for char in text)
    if bitcoin.is_valid(text) or re.fullmatch(r"0x[0-9a-fA-F]{40}", text):
        return "[account]"
    if digits < 5 or digits == len(text) or _UNITS.fullmatch(text):
        return text
    return "[passport]" if _PASSPORT.fullmatch(text) else "[number]"


def _long_number(match: Match[str]) -> str:
    text, whole = match[0], match.string
    digits = re.sub(r"\D", "", text)
    before, after = whole[max(match.start() - _AROUND, 0) : match.start()], whole[match.end() : match.end() + _AROUND]
    if len(digits) < _ENOUGH or _is_figure(text, before, after):
        return text
    return _kind(text, digits, before)


def _is_figure(text: str, before: str, after: str) -> bool:
    """Whether digits are years, dates, an amount or the number of an act."""
    if _HARMLESS.fullmatch(text) or (_ACT.fullmatch(text) and _ACT_BEFORE.search(before)):
        return True
    return bool(_GROUPED.fullmatch(text) and (_MONEY_AFTER.match(after) or _MONEY_BEFORE.search(before)))


def _kind(text: str, digits: str, before: str) -> str:
    if 13 <= len(digits) <= 19 and luhn.is_valid(digits):
        return "[card]"
    if _PHONE_WORDS.search(before):
        return "[phone]"
    case = _CASE.match(text) or re.search(r"\w-?$", before)
    return "[phone]" if not case and _is_phone(text, len(digits)) else "[number]"


def _is_phone(text: str, digits: int) -> bool:
    if digits > 17:
        return False
    regions = (None,) if text.startswith("+") else _REGIONS
    return any(_valid_in(text, region) for region in regions)


def _valid_in(text: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def _after(tag: str) -> Callable[[Match[str]], str]:
    """The tag for what follows the first group, which stays."""
    return lambda match: f"{match[1]}{tag}"


RULES = (
    (_MRZ, lambda _: "[passport]"),
    (_IBAN, _account),
    (_BORN, _after("[date of birth]")),
    (_IP, _machine),
    (_PASSPORT_SAID, _after("[passport]")),
    (_TOKEN, _token),
    (_STREET, lambda _: "[address]"),
    (_RUN, _long_number),
    (_SAID, _after("[number]")),
)
"""Pattern and what takes the place of a match, in the order in which they are tried."""
