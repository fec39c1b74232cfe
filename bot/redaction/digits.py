"""Rules for everything with digits: accounts, cards, passports, phones, IP addresses, dates of birth, street addresses, long numbers."""

import ipaddress
import re
from re import Match

import phonenumbers
from stdnum import bitcoin, iban, luhn

from bot.redaction.field import Field
from bot.redaction.rules import Rule, after_lead, always

_REGIONS = ("GB", "US", "FR", "DE", "IN", "NG", "AU")
"""Countries in which a number without a country code is checked for being a phone number; others are hidden as [number]."""

_LONG = 7
"""Digits from which a number counts as personal without any cue; after a word such as "reference" five are enough."""

_WALLET = 25
"""Length from which a word of letters and digits counts as the address of a wallet or a key."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_IN_WORDS = rf"{_DAY}(?:\s?of)?[\s,-]{{1,2}}{_MONTH}[\s,-]{{1,2}}\d{{2,4}}|{_MONTH}\s?{_DAY},?\s?\d{{2,4}}"
_DATE = rf"(?:\d{{1,4}}(?:\s?[-./]\s?|\s)\d{{1,2}}(?:\s?[-./]\s?|\s)\d{{1,4}}|{_IN_WORDS}|\d{{8}}|\d{{6}})"
FULL_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|{_IN_WORDS})(?!\w)"
"""A pattern for dates that are dates without any cue."""

_BIRTH = re.compile(
    rf"(\b(?:born|d\.?o\.?b\b\.?|date of birth|birth\s?da(?:y|te))(?:\s(?:on|is|was|the|in)\b|\s?[:=(]){{0,9}}\s{{0,3}}){_DATE}(?!\d)", re.I
)

_TYPE = r"(?:street|road|avenue|lane|boulevard|blvd|str)"
_TYPE_SHORT = r"(?:St|Rd|Ave|Ln|Drive|Dr|Court|Ct|Close|Way|Square|Sq|Place|Pl|Terrace|Crescent|Gardens)"
_ROOM = r"(?:\b(?i:flat|apt|apartment|unit|suite)\.?\s\w{1,5},?\s)?"
_STREET = re.compile(
    rf"{_ROOM}\b\d{{1,5}}[A-Za-z]?,?\s(?:[^\W\d][\w'.-]{{0,30}}\s){{1,3}}(?i:{_TYPE})\b\.?"
    rf"|{_ROOM}\b\d{{1,5}}[A-Za-z]?,?\s(?:[A-Z][\w'.-]{{0,30}}\s){{1,3}}{_TYPE_SHORT}\b\.?"
    r"|\b\d{1,5},?\s(?:bis\s)?(?i:rue|calle)(?:\s[\w'-]{1,30}){1,3}"
    r"|\b(?i:p\.?\s?o\.?\s?box)\s\d{1,8}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)

_HOUSE = r"\d{1,4}[a-zA-Z]?(?:/\d{1,4}[a-zA-Z]?)?\b(?![./%]\d)"
_TOWN = r"(?:,?\s{1,2}(?:[A-Z]-)?\d{2}-?\d{2,4}\s[A-Z][\w-]{1,30})?"
_STREET_THEN_HOUSE = re.compile(
    rf"\b[A-Z][\w-]{{1,40}}(?:strasse|straße|stra(?:at|ße)|str\.|weg|platz|gasse|allee|laan|gatan|vägen|vej|gade|katu|utca)\s{_HOUSE}{_TOWN}"
    rf"|\b[A-Z][\w-]{{1,40}}\s(?:[Ss]tra(?:ss|ß)e|[Ss]tr\.|Weg|Platz|Allee|Straat|utca|út|[Cc]addesi)\s{_HOUSE}{_TOWN}"
    rf"|\b(?i:ul\.|ulica|ulitsa|calle|c/|avenida|av\.|rue|rua|viale|piazza|plaza|str\.|strada|jalan|jl\.)\s?"
    rf"(?:[A-Z][\w'.-]{{0,30}}|(?:de|la|del|da|do|di|des|du)\b)(?:\s[A-Za-zÀ-ž][\w'.-]{{0,30}}){{0,3}},?\s(?i:no\.?\s)?{_HOUSE}{_TOWN}"
    rf"|\bVia\s[A-Z][\w'.-]{{0,30}}(?:\s[A-Z][\w'.-]{{0,30}})?,?\s{_HOUSE}{_TOWN}"
)
_DEGREES = r"[-+]?\d{1,3}\.\d{4,12}(?:\s?°)?"
_COORDINATES = re.compile(
    rf"(?<![\w.]){_DEGREES}\s?[NS]?[,;/\s]{{1,3}}{_DEGREES}(?:\s?[EWO]\b)?(?![\w.]{{0,20}}\d)|(?<![\w.]){_DEGREES}\s?[NSEW]\b"
)
_COORDINATES_SAID = re.compile(
    rf"(\b(?:lat|latitude|lon|long|lng|longitude|gps|coordinates)\b(?:\sis)?[\s:=]{{1,3}}){_DEGREES}(?!\d)", re.I
)

_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}", re.I)
_MRZ = re.compile(r"(?<![\w<])(?=[A-Z0-9]{0,90}<)[A-Z0-9<]{28,}+")
_TOKEN = re.compile(r"[A-Za-z0-9]{6,400}")
_UNITS = re.compile(r"\d{1,6}(?:th|st|nd|rd|s|k|m|km|kg|mb|gb|years|days|people)|\d{1,12}(?:usd|eur|euros?|gbp|chf|dollars|pounds)", re.I)
_PASSPORT = re.compile(r"[A-Za-z]{1,2}\d{6,8}[A-Za-z]?|\d{2}[A-Za-z]{2}\d{5}")
_PASSPORT_SAID = re.compile(
    r"(\bpassports?(?:\s(?:no|number|num|nr|id|is|was|has|the)\b|[.:#=]|\s[:#=]){0,9}\s{0,2})(?=[a-z]{0,3}\d)[a-z0-9]{5,14}\b", re.I
)
_PASSPORT_SPACED = re.compile(
    r"(\bpassports?(?:\s(?:no|number|num|nr|id|is|was|has|the)\b|[.:#=]|\s[:#=]){0,9}\s{1,2})"
    r"(?:(?!(?:in|is|no|of|to|at|on|it|by|or|as|an|my|me|we|us|he|id|nr|a|i)\b)[a-z]{1,2}[ -])?"
    r"\d{2,9}(?: \d{2,4}){0,3}(?: ?[a-z])?(?![\w])",
    re.I,
)
_SOCIAL = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])|\b[A-Za-z]{2}[ -]\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-Da-d]\b")
_SOCIAL_SAID = re.compile(
    r"(\b(?:ssn|social security)(?:\s(?:no|number|is|was)\b|[.:#]|\s[:#]){0,9}\s{0,2})\d{3}[ -]?\d{2}[ -]?\d{4}(?!\d)", re.I
)
_PIN = re.compile(r"(\b(?:pin|cvv|cvc|otp)(?:\s(?:code|number|no|is|was)\b|\s?[:=]){0,9}\s{1,2})\d{3,8}(?![\w])", re.I)
_REFERENCE = re.compile(
    r"(\b(?:number|no|nr|num|ref|reference|id|case|file|dossier|account|ticket|visa|licen[cs]e|application|request)"
    r"(?:\s(?:number|no|nr|ref|is|was)\b|[.:#=]|\s[:#=]){0,9}\s{1,2})((?:[a-z0-9]{1,16}[-/._]){1,6}[a-z0-9]{1,16})(?![\w/-]| \d)",
    re.I,
)
_PREFIXED = re.compile(r"\b([A-Z]{2,5}[-/]{1,2})((?:[A-Z0-9]{1,12}[-/._]){0,5}[A-Z0-9]{1,12})\b")
_PLATE = re.compile(
    r"(\b(?i:(?:number\s?|licen[cs]e\s?)?plates?|registration|vrm)(?:\s(?i:number|no|is|was|of\smy\scar)\b|[.:#=]|\s[:#=]){0,9}\s{1,2})"
    r"(?=[A-Z0-9 -]{0,9}\d)((?:[A-Z0-9]{1,4}[ -]){0,3}[A-Z0-9]{1,8}|[a-z]{1,3}\d{1,4}(?:[ -]?[a-z]{1,3})?)\b"
)
_NUMBER_SAID = re.compile(
    r"(\b(?:number|no|nr|num|ref|reference|id|case|file|account|ticket|visa|licen[cs]e)(?:\s(?:number|no|is|was)\b|[.:#=]|\s[:#=]){0,9}\s{0,2})"
    r"(?=[a-z]{0,4}\d)((?:[a-z]{0,4}[-/]?)\d{5,40}[a-z]{0,2})\b",
    re.I,
)
_IP = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.I)

_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])", re.I)
_CARD_WITH_COMMAS = re.compile(r"(?<![\d,])\d{4}(?:, ?\d{4}){3}(?![\d,])")

_RUN = re.compile(r"\+?\(?\d(?:(?!\. )[ ().\-\u2013\u2014/\u00b7\u2022_*]{0,3}\d){0,400}")
_CONTEXT = 24
_PHONE_WORDS = re.compile(r"\b(?:call|phone|phoned|tel|telephone|mobile|cell|whats\s?app|ring|rang|fax|text|dial)\b", re.I)

_YEAR = r"(?:1[89]|20)\d\d"
_DATED = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}|{_YEAR}-\d{{1,2}}-\d{{1,2}})"
_AMOUNT = r"\d{1,3}(?:[ .]000){1,6}"
_SUM = re.compile(r"[1-9]\d{6,11}(?:\.\d\d)?")
_ACCOUNT_BEFORE = re.compile(r"\b(?:account|acct|number|no|nr|id|card|call|phone|tel)\b\W{0,3}(?:is\s)?$", re.I)
_VERSION_BEFORE = re.compile(r"\b(?:version|release|build|firmware|v|ver|section|paragraph|chapter|rule)\.?\s?$", re.I)
_HARMLESS = re.compile(rf"(?:{_DATED}|{_YEAR}|{_AMOUNT}|24/7)(?:(?: ?[-\u2013\u2014/] ?| )(?:{_DATED}|{_YEAR}|{_AMOUNT}|24/7)){{0,40}}")
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3}){1,9}")
_MONEY_AFTER = re.compile(
    r"\s?(?:(?:us|u\.s\.|american|canadian|australian)\s)?(?:euros?|eur|dollars?|usd|usdt|rubles|roubles|rand|yuan|pesos|dirhams?|aed|inr|ngn|zloty|pounds|gbp|francs|chf|naira|rupees|yen|\$|€|£)(?!\w)",
    re.I,
)
_MONEY_BEFORE = re.compile(r"(?:\$|€|£|usd|eur|gbp|chf)\s?$", re.I)
_ACT_BEFORE = re.compile(r"(?:\(e[uc]\)|regulation|directive|decision)\s?(?:no\.?\s?)?$", re.I)
_PUBLIC_BEFORE = re.compile(r"(?:\(e[uc]\)|regulation|directive|decision|resolution|law|act|recommendation)\s?$", re.I)
_PUBLIC = re.compile(r"(?:AG|GA|III|ISO|AGN)[-/]", re.I)
_CASE = re.compile(rf"{_YEAR}[/-]")
_ACT = re.compile(rf"{_YEAR}/\d{{1,4}}|\d{{1,4}}/{_YEAR}")


def _tag_street(match: Match[str], field: Field) -> str:
    """ "Via Roma 10" is an address, "via the hotline 24 hours a day" is not."""
    first, second = match[0].lower().split()[:2]
    return match[0] if first == "via" and field.has(second) else "[address]"


def _tag_iban(match: Match[str], _: Field) -> str:
    """An IBAN may be followed by words that look like more of it: the longest part that is valid counts."""
    text = match[0]
    ends = [place for place in range(len(text), 14, -1) if not text[place : place + 1].isalnum()]
    for end in ends:
        if iban.is_valid(text[:end]):
            return f"[account]{text[end:]}"
    return text


def _tag_ip(match: Match[str], _: Field) -> str:
    text = match[0]
    if _VERSION_BEFORE.search(match.string[max(match.start() - _CONTEXT, 0) : match.start()]):
        return text
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return text
    return "[ip]" if any(char.isalnum() for char in text) else text


def _tag_card(match: Match[str], _: Field) -> str:
    """Four groups of four digits are a card's number only if its check digit fits: they may be years."""
    return "[card]" if luhn.is_valid(re.sub(r"\D", "", match[0])) else match[0]


def _tag_reference(match: Match[str], _: Field) -> str:
    """A file number after a word such as "case": letters, digits and signs. Numbers of acts and of court cases stay."""
    text, before = match[2], match.string[max(match.start() - _CONTEXT, 0) : match.start()]
    digits = sum(char.isdigit() for char in text)
    lettered = any(char.isalpha() for char in text)
    public = (_ACT.fullmatch(text) and _PUBLIC_BEFORE.search(before)) or re.fullmatch(r"[CT]-\d{1,4}/\d\d", text)
    if digits < (4 if lettered else 5) or not (lettered or "/" in text) or public or _PUBLIC.match(text) or _HARMLESS.fullmatch(text):
        return match[0]
    return f"{match[1]}[number]"


def _tag_prefixed(match: Match[str], field: Field) -> str:
    """A file number that follows the initials of an office: "ABC/R/1234.21". Resolutions and standards stay."""
    return match[0] if _PUBLIC.match(match[1]) else _tag_reference(match, field)


def _tag_plate(match: Match[str], _: Field) -> str:
    text = match[2]
    return f"{match[1]}[number]" if any(char.isalpha() for char in text) and any(char.isdigit() for char in text) else match[0]


def _tag_passport(match: Match[str], _: Field) -> str:
    """At least five digits, and not an amount of money."""
    lead, found = match[1], match[0][len(match[1]) :]
    if (
        sum(char.isdigit() for char in found) < 5
        or _MONEY_AFTER.match(match.string[match.end() :][:_CONTEXT])
        or _HARMLESS.fullmatch(found)
    ):
        return match[0]
    return f"{lead}[passport]"


def _tag_token(match: Match[str], _: Field) -> str:
    """A single word of letters and digits: a wallet, a passport number or another reference."""
    text = match[0]
    digits = sum(char.isdigit() for char in text)
    if bitcoin.is_valid(text) or re.fullmatch(r"0x[0-9a-fA-F]{40}", text):
        return "[account]"
    if digits > 1 and digits < len(text) and len(text) >= _WALLET:
        return "[account]"
    if digits < 5 or digits == len(text) or _UNITS.fullmatch(text):
        return text
    return "[passport]" if _PASSPORT.fullmatch(text) else "[number]"


def _tag_long_number(match: Match[str], _: Field) -> str:
    text, whole = match[0], match.string
    digits = re.sub(r"\D", "", text)
    before, after = whole[max(match.start() - _CONTEXT, 0) : match.start()], whole[match.end() : match.end() + _CONTEXT]
    if len(digits) < _LONG or _is_figure(text, before, after):
        return text
    return _kind(text, digits, before)


def _is_figure(text: str, before: str, after: str) -> bool:
    """Whether digits are years, dates, an amount of money or the number of an act."""
    if _HARMLESS.fullmatch(text) or (_ACT.fullmatch(text) and _ACT_BEFORE.search(before)):
        return True
    if _SUM.fullmatch(text) and not _ACCOUNT_BEFORE.search(before) and (_MONEY_AFTER.match(after) or _MONEY_BEFORE.search(before)):
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


RULES: tuple[Rule, ...] = (
    (_MRZ, always("[passport]")),
    (_IBAN, _tag_iban),
    (_BIRTH, after_lead("[date of birth]")),
    (_COORDINATES, always("[address]")),
    (_COORDINATES_SAID, after_lead("[address]")),
    (_MAC, always("[number]")),
    (_IP, _tag_ip),
    (_PASSPORT_SAID, after_lead("[passport]")),
    (_PASSPORT_SPACED, _tag_passport),
    (_SOCIAL_SAID, after_lead("[number]")),
    (_SOCIAL, always("[number]")),
    (_PIN, after_lead("[number]")),
    (_REFERENCE, _tag_reference),
    (_PREFIXED, _tag_prefixed),
    (_PLATE, _tag_plate),
    (_TOKEN, _tag_token),
    (_STREET, always("[address]")),
    (_STREET_THEN_HOUSE, _tag_street),
    (_CARD_WITH_COMMAS, _tag_card),
    (_RUN, _tag_long_number),
    (_NUMBER_SAID, after_lead("[number]")),
)
"""In the order in which they are tried."""
