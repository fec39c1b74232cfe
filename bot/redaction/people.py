"""Rules for names of people where the words around them say so: "my name is", "Mr", "my lawyer", a signature, an account's name."""

import re
from re import Match, Pattern

from bot.english.words import STOP_WORDS
from bot.redaction.field import Field, bare
from bot.redaction.rules import Replace, Rule
from bot.redaction.words import CALENDAR, FORM_WORDS, GIVEN_NAMES, NOT_NAMES, NOT_PEOPLE, PARTICLES, RELATIVES, ROLES, TITLES

_STOPS = NOT_NAMES | STOP_WORDS | FORM_WORDS | CALENDAR | frozenset(TITLES)
"""Words that are not a name after a cue, and end one."""

_ALSO_NAMES = frozenset(("Will", "Guy", "May", "Bro", "Dear", "An"))
"""Of those the ones that are names too where they are capitalised."""

_WORDS = re.compile(r"[a-z]+")

_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_])){0,60}+\.?+"
_CAPITAL = r"(?=[^\W\d_])(?![a-zß-öø-ÿ])"
_NAME = rf"{_CAPITAL}{_WORD}"
_GAP = r"[ \t]{1,2}"
_NEXT = rf"(?:{_GAP}{_WORD}(?!\s?[:=]))"
_NEXT_NAME = rf"(?:{_GAP}{_NAME}(?!\s?[:=]))"

_RELATIVE_WORD = rf"(?:ex[ -]?)?(?:{'|'.join(RELATIVES)})"
_ROLE = rf"(?:{'|'.join(ROLES)})"
_PERSON = r"(?:man|woman|guy|person|lady|girl|boy|agent|officer|someone|somebody|lawyer|suspect|criminal|scammer)"

_OPENED = r"[\"'“‘«(\[]?"
_MY_NAME = re.compile(
    rf"(\b(?:my\s(?:full\s|real\s|first\s|last\s|legal\s)?(?:sur)?name(?:\sis(?![\w'’])|'s|’s|s\b|\s?[:=])|i(?:\sam|'m|’m)\scalled"
    rf"|they\scall\sme|(?:(?:full|first|last|given|family|middle|maiden|birth)\s)?(?:sur|fore)?name\s?[:=–—]"
    rf")\s?[:=]?\s{{0,2}}{_OPENED})({_WORD}{_NEXT}{{0,3}})",
    re.I,
)
_NAMED = re.compile(
    rf"(\b(?:(?:sur|fore)?name(?:\sof\s(?:the|my|his|her|our|this|that)\s[\w-]{{1,30}})?\s(?:is|was)(?![\w'’])"
    rf"|(?:he|she|they|who)(?:\s(?:is|was|are|were)|['’]s)\s(?:called|named|known\sas)|{_ROLE}\s?:"
    rf"|{_PERSON}\s(?:is\s|was\s|who\sis\s)?(?:named|called))\s?:?\s)"
    rf"({_WORD}{_NEXT}{{0,3}})",
    re.I,
)
_UNDERSIGNED = re.compile(rf"(\b(?:i|we|undersigned),\s)({_WORD}{_NEXT}{{0,3}})(?=,)", re.I)
_TITLE = re.compile(rf"(\b(?i:{'|'.join(TITLES)})\b\.?\s)({_WORD}{_NEXT_NAME}{{0,2}})|(\b(?:Miss|Sir|Madam)\s)({_NAME})")
_I_AM = re.compile(rf"(\b(?i:i\sam|i'm|i’m|this\sis)\s)({_NAME}{_NEXT_NAME}{{1,2}})")
_I_AM_LOWER = re.compile(
    rf"(\b(?:i\sam|i'm|i’m|im|this\sis|(?:my|his|her|our|their)\s{_RELATIVE_WORD})\s)({_WORD}(?:{_GAP}{_WORD}){{0,2}})", re.I
)
_RELATIVE = re.compile(
    rf"(\b(?i:(?:my|his|her|our|your|their)\s(?:late\s|former\s|own\s|best\s|older\s|younger\s)?{_RELATIVE_WORD}|{_PERSON}\s(?:named|called)),?\s)"
    rf"({_NAME}{_NEXT_NAME}{{0,2}})"
)
_AFTER_ROLE = re.compile(rf"(\b(?i:{_ROLE}),?\s)({_NAME}{_NEXT_NAME}{{0,2}})")
_AT_END = r"(?=\s{0,9}[.!]?\s{0,9}(?:\Z|\[(?!name)))"
_FAREWELLS = tuple("regards sincerely truly faithfully respectfully cordially wishes yours signed cheers thank thx love best rgds".split())
_FAREWELL = re.compile(
    rf"(\b(?i:regards|sincerely|truly|faithfully|respectfully|cordially|best\swishes|yours|signed)[,.:!\s-]{{0,20}}[,.:!\s]\s{{0,3}})"
    rf"({_WORD}{_NEXT}{{0,3}}){_AT_END}"
    rf"|(\b(?i:cheers|thanks|thank\syou|thx|love|best|rgds)\s?[,.!\n-]\s{{0,3}})({_NAME}{_NEXT_NAME}{{0,3}}){_AT_END}"
)
_LAST_LINE = re.compile(
    rf"(\n[ \t]{{0,4}}[-~–—]{{0,2}}[ \t]{{0,2}})({_WORD}(?:{_GAP}{_WORD}){{0,2}})"
    rf"(?=[ \t]{{0,4}}[.!]?(?:\s{{0,9}}\Z|\s{{0,4}}\n\s{{0,4}}\[(?!name)))"
)

_SERVICE = r"(?:user\s?name|telegram|instagram|insta|whats\s?app|snapchat|tiktok|skype|discord|wechat|facebook|twitter|nickname|login)"
_ACCOUNT = re.compile(
    rf"(\b{_SERVICE}(?:\s(?:id|account|name|handle|user|username|profile))?(\s?[:=]\s?|\s(?:is|was)\s|\s))(?=[^\W_])((?:live:)?[\w.-]{{2,64}}(?<![.-])(?:#\d{{4}})?)",
    re.I,
)
_ANY_ACCOUNT = re.compile(r"user|nick|login", re.I)
_PASSWORD = re.compile(r"(\b(?:pass(?:word|wd|code|phrase)|pw|pwd)\s?(?:(?:is|was)\s?)?([:=])?\s?)([^\s\[\]]{3,80})", re.I)


def rules_for(text: str) -> list[Rule]:
    """The rules that can apply to a text: those of whose trigger words it has at least one."""
    words = frozenset(_WORDS.findall(text.lower()))
    return [(pattern, replace) for triggers, pattern, replace in _RULES if not triggers.isdisjoint(words)]


def without_signature(text: str, field: Field) -> str:
    """The text without the name that signs it, at its end or before a tag. For a whole text with its tags. A name before the tag of another
    name stays: a list of names would otherwise need a pass for each."""
    if "\n" in text:
        text = _LAST_LINE.sub(lambda match: _tag_last_line(match, field), text)
    low = text.lower()
    return _FAREWELL.sub(lambda match: _tag_farewell(match, field), text) if any(word in low for word in _FAREWELLS) else text


def may_belong(word: str, field: Field) -> bool:
    """Whether a word before an e-mail address belongs to it rather than to the sentence."""
    return field.is_unusual(word) and bare(word) not in _STOPS


def _tag_name(match: Match[str], field: Field) -> str:
    """The lead and a tag for the words up to the first that cannot belong to a name; the match as it was if the first one cannot."""
    lead, found = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    pieces = re.split(r"([ \t]+)", found)
    words = pieces[::2]
    count = next((place for place in range(len(words)) if _ends_name(words, place, field)), len(words))
    if not count:
        return match[0]
    end = len("".join(pieces[: 2 * count - 1]))
    end -= found[:end].endswith(".") and len(bare(words[count - 1])) > 1
    return f"{lead}[name]{found[end:]}"


def _ends_name(words: list[str], place: int, field: Field) -> bool:
    """Whether a name is over before a word. After two capitalised words any English word in small letters ends it."""
    word = words[place]
    if bare(word) in _STOPS and word not in _ALSO_NAMES:
        return True
    complete = place > 1 and words[0][0].isupper() and words[1][0].isupper()
    return complete and word[0].islower() and word not in PARTICLES and not field.is_unusual(word)


def _tag_person(match: Match[str], field: Field) -> str:
    first = bare(match[2].split()[0])
    return match[0] if first in NOT_PEOPLE or field.has(first) else _tag_name(match, field)


def _tag_after_my_name(match: Match[str], field: Field) -> str:
    """ "My name is rarely spelled right" says something about the name."""
    word = match[2].split()[0]
    about_it = word.islower() and re.search(r"(?:ly|ed|ing|ent|able|ible)$", word) and not field.is_unusual(word)
    return match[0] if about_it else _tag_name(match, field)


def _tag_after_i_am(match: Match[str], field: Field) -> str:
    """ "I am Canadian. Is that bad" is two sentences."""
    first = match[2].split()[0]
    return match[0] if first.endswith(".") and len(first) > 3 else _tag_person(match, field)


def _tag_farewell(match: Match[str], field: Field) -> str:
    """After "regards" or "signed" without a punctuation mark the name must be an unusual word."""
    marked = match[1] is None or re.search(r"[,.!:\n-]\s*$", match[1])
    return _tag_name(match, field) if marked else _tag_unusual(match, field)


def _tag_unusual(match: Match[str], field: Field) -> str:
    """A name in a place where other words are as frequent: one of its first two words must be unusual."""
    words = match[2].split()[:2]
    tried = words[:1] if bare(words[-1]) in _STOPS else words
    return _tag_person(match, field) if any(field.is_unusual(word) for word in tried) else match[0]


def _tag_lower(match: Match[str], field: Field) -> str:
    found = match[2].split()
    count = _lower_name_length([bare(word) for word in found], field)
    return " ".join((f"{match[1]}[name]", *found[count:])) if count else match[0]


def _lower_name_length(words: list[str], field: Field) -> int:
    """How many words in small letters are a name: a given name and a word that can follow it, or two words that are not English."""
    first, given = words[0], words[0] in GIVEN_NAMES
    if first in _STOPS or not (given or field.is_unusual(first)):
        return 0
    if len(words) == 1 or words[1] in _STOPS or (not field.is_unusual(words[1]) and re.search(r"(?:ed|ing|ly|s)$", words[1])):
        return int(given)
    if not (given or field.is_unusual(words[1])):
        return 0
    return 3 if words[2:] and field.is_unusual(words[2]) and words[2] not in _STOPS else 2


def _tag_last_line(match: Match[str], field: Field) -> str:
    """The last of several lines, if it is a name and nothing else."""
    words = match[2].split()
    low = [bare(word) for word in words]
    capitalised = all(word[0].isupper() for word in words)
    if (not capitalised and len(words) == 1 and low[0] not in GIVEN_NAMES) or any(word in NOT_PEOPLE or word in _STOPS for word in low):
        return match[0]
    unusual = sum(field.is_unusual(word) for word in words)
    return f"{match[1]}[name]" if unusual >= (1 if capitalised else len(words)) else match[0]


def _tag_account(match: Match[str], field: Field) -> str:
    """The name of an account: with a sign or digit in it, not an English word, or after a colon."""
    name, low = match[3], bare(match[3])
    marked = re.search(r"[\d_]|\w\.\w", name) and not name.isdigit()
    unusual = field.is_unusual(name) and len(name) > 3
    labelled = _ANY_ACCOUNT.match(match[1]) and match[2].strip() in {":", "="}
    return f"{match[1]}[name]" if marked or ((unusual or labelled) and low not in _STOPS) else match[0]


def _tag_password(match: Match[str], _: Field) -> str:
    secret = match[3].rstrip(".,;!?")
    if not secret or not (match[2] or re.search(r"\d|[^\w'’-]", secret)):
        return match[0]
    return f"{match[1]}[password]{match[3][len(secret) :]}"


def _triggers(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RELATIVE_TRIGGERS = frozenset(part for word in RELATIVES for part in word.split("-")) - {"in"} | {"exhusband", "exwife"}
_SERVICES = "username user telegram instagram insta whatsapp whats snapchat tiktok skype discord wechat facebook twitter nickname login"
_RULES: tuple[tuple[frozenset[str], Pattern[str], Replace], ...] = (
    (_triggers("password passwd passcode passphrase pw pwd"), _PASSWORD, _tag_password),
    (_triggers(_SERVICES), _ACCOUNT, _tag_account),
    (_triggers("name names surname forename called call"), _MY_NAME, _tag_after_my_name),
    (_triggers("name surname forename called named known") | frozenset(ROLES), _NAMED, _tag_unusual),
    (_triggers("i we undersigned"), _UNDERSIGNED, _tag_unusual),
    (_triggers("miss sir madam") | frozenset(TITLES), _TITLE, _tag_name),
    (_triggers("m am this"), _I_AM, _tag_after_i_am),
    (_RELATIVE_TRIGGERS | _triggers("named called"), _RELATIVE, _tag_person),
    (frozenset(ROLES), _AFTER_ROLE, _tag_unusual),
    (_RELATIVE_TRIGGERS | _triggers("m am im this"), _I_AM_LOWER, _tag_lower),
)
"""Trigger words of which a text must have one, pattern and replacement, in the order in which they are tried."""
