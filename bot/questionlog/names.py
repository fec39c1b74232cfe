"""The rules for names of people, where the words around say that it is one. Modest: a name alone is not known from a word."""

import re
from collections.abc import Callable
from re import Match, Pattern

from bot.english.wordlist import is_word
from bot.english.words import STOP_WORDS

Rule = tuple[frozenset[str], Pattern[str], Callable[[Match[str]], str]]

_NO_NAME_ALONE = frozenset(
    "a about after again all already also always am an and any are as asking associated at bad be because been before being best by bye "
    "called calling can cause clean clear cleared common confused congo connected correct dear different do does done dont every everyone "
    "everything exactly famous fine flagged for found from getting given going good guys happy have he hello help her hi his how however "
    "i identical if in included including innocent interpol is isnt it its just kindly known like linked listed lots lot many me "
    "mentioned misspelled misspelt missing more much my never no none not nothing now of ok okay on once only or other our out please pls "
    "president private public published really red regarding registered removed right same secretary she shown similar since sir so sorry "
    "spelled spelt still thank thanks that the their them then there they this though to today too under unique used using very want was "
    "we were what when where which while who whom why will with without wrong yes yet you your officer agent director minister madam "
    "general police team authentic genuine fake legit false valid everybody somebody someone anybody folks surname forename field changed "
    "cleared leaked stolen misused tainted searched wasnt doesnt arent wont cant written displayed visible online deleted erased".split()
)
_VERBS = frozenset(
    "family given maiden middle birth date nationality gender country passport "
    "wants wanted told said says asked asks called knows thinks works".split()
)
_NO_NAME = _NO_NAME_ALONE | STOP_WORDS | _VERBS
_PARTICLES = frozenset("de del della da dos van von der den la le el al bin ben ibn".split())
_ALSO_NAMES = frozenset(("Will", "Guy", "May", "Bro", "Dear"))
_NO_PEOPLE = frozenset(
    "south north east west new saudi costa sri sierra burkina el san united interpol american british european african asian "
    "international police red blue green yellow black orange purple silver special not so just very chief senior deputy secretary general "
    "ccf ncb ncbs rpd igci un eu us usa uk uae fbi cia dea nato icc icj iccs icpo oipc gdpr europol eurojust afripol aseanapol ameripol "
    "frontex unodc whatsapp facebook instagram telegram tiktok youtube twitter google gmail wikipedia reddit schengen covid ok thx pls "
    "plz ty asap faq pdf cctv dna afis ifrs ssn iban whats wtf idk tbh lol omg hello hi dear thank thanks kind best yours".split()
)
_FIRST = frozenset(
    "aaron abdul abdullah adam ahmed alan albert alex alexander alexandra alfred ali alice amy andrea andrew angela ann anna anne anthony "
    "antonio arthur barbara benjamin bernard betty bob brian carl carla carlos carol caroline catherine charles charlotte chris christina "
    "christopher claire claudia craig daniel david deborah dennis diana diego donald donna dorothy douglas edward elena elizabeth ellen "
    "emily emma eric eva evelyn fatima felix fernando fiona francis francisco frederick gary george gerald gordon graham greg gregory "
    "hannah harold hassan heather helen henry howard hugh ian ibrahim igor irene isabel isabella ivan jacob james jane janet jason jean "
    "jennifer jeremy jerry jessica jim joan joe johann john johnny jonathan jorge jose joseph joshua joyce juan judith julia julian julie "
    "karen karl kate katherine kathleen keith kelly kenneth kevin kim larry laura lawrence leonard lewis linda lisa louis louise lucy "
    "luis luke margaret maria marie martin mary matthew michael michelle miguel mike mohammed monica muhammad nancy natalie natasha "
    "nathan nicholas nicole nigel oliver olivia omar oscar pablo pamela patricia patrick paul paula pedro peter philip pierre rachel "
    "ralph raymond rebecca richard robert roberto roger ronald ruth ryan sally samantha samuel sandra sara sarah scott sean sharon simon "
    "sofia sophia sophie stephen steve steven stuart susan teresa thomas tim timothy tom tony tracy vera victor victoria vincent virginia "
    "vladimir walter wayne wendy william yusuf".split()
)


_WORDS = re.compile(r"[a-z]+")

_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*+\.?+"
_CAPITAL = r"(?=[^\W\d_])(?![a-zß-öø-ÿ])"
_NAME = rf"{_CAPITAL}{_WORD}"
_APART = r"[ \t]{1,2}"
_NEXT = rf"(?:{_APART}{_WORD}(?!\s?[:=]))"
_NEXT_NAME = rf"(?:{_APART}{_NAME}(?!\s?[:=]))"

_KINS = (
    "husband wife son daughter brother sister father mother friend boss cousin uncle aunt lawyer attorney solicitor barrister partner "
    "girlfriend boyfriend fiance fiancee dad mum mom mama papa stepfather stepmother stepson stepdaughter nephew niece grandfather "
    "grandmother grandson granddaughter colleague neighbour neighbor client employer landlord roommate teacher doctor accountant spouse "
    "bf gf ex son-in-law brother-in-law father-in-law mother-in-law sister-in-law assistant manager"
).split()
_PARTIES = (
    "officer agent detective inspector sergeant captain lieutenant colonel investigator policeman policewoman prosecutor judge lawyer "
    "attorney victim suspect accused defendant complainant plaintiff applicant witness claimant undersigned fugitive scammer fraudster "
    "criminal businessman businesswoman journalist activist client petitioner"
).split()
_KIN_WORD = rf"(?:ex[ -]?)?(?:{'|'.join(sorted(_KINS, key=len, reverse=True))})"
_PARTY = rf"(?:{'|'.join(_PARTIES)})"
_SOMEBODY = r"(?:man|woman|guy|person|lady|girl|boy|agent|officer|someone|somebody|lawyer|suspect|criminal|scammer)"

_MINE = re.compile(
    rf"(\b(?:my\s(?:full\s|real\s|first\s|last\s|legal\s)?(?:sur)?name(?:\sis(?![\w'’])|'s|’s|s\b|\s?[:=])|i(?:\sam|'m|’m)\scalled"
    rf"|they\scall\sme|(?:(?:full|first|last|given|family|middle|maiden|birth)\s)?(?:sur|fore)?name\s?[:=]"
    rf")\s?[:=]?\s{{0,2}})({_WORD}{_NEXT}{{0,3}})",
    re.I,
)
_THEIRS = re.compile(
    rf"(\b(?:(?:sur|fore)?name(?:\sof\s(?:the|my|his|her|our|this|that)\s[\w-]{{1,30}})?\s(?:is|was)(?![\w'’])"
    rf"|(?:he|she|they|who)(?:\s(?:is|was|are|were)|['’]s)\s(?:called|named|known\sas)|{_PARTY}\s?:"
    rf"|{_SOMEBODY}\s(?:is\s|was\s|who\sis\s)?(?:named|called))\s?:?\s)"
    rf"({_WORD}{_NEXT}{{0,3}})",
    re.I,
)
_I = re.compile(rf"(\b(?:i|we|undersigned),\s)({_WORD}{_NEXT}{{0,3}})(?=,)", re.I)
_TITLE = re.compile(rf"(\b(?i:mr|mrs|ms|mx|dr|prof)\b\.?\s)({_WORD}{_NEXT_NAME}{{0,2}})|(\b(?:Miss|Sir|Madam)\s)({_NAME})")
_AM = re.compile(rf"(\b(?i:i\sam|i'm|i’m|this\sis)\s)({_NAME}{_NEXT_NAME}{{1,2}})")
_AM_LOW = re.compile(rf"(\b(?:i\sam|i'm|i’m|im|this\sis|(?:my|his|her|our|their)\s{_KIN_WORD})\s)({_WORD}(?:{_APART}{_WORD}){{0,2}})", re.I)
_KIN = re.compile(
    rf"(\b(?i:(?:my|his|her|our|your|their)\s(?:late\s|former\s|own\s|best\s|older\s|younger\s)?{_KIN_WORD}|{_SOMEBODY}\s(?:named|called)),?\s)"
    rf"({_NAME}{_NEXT_NAME}{{0,2}})"
)
_RANKED = re.compile(rf"(\b(?i:{_PARTY}),?\s)({_NAME}{_NEXT_NAME}{{0,2}})")
_LAST = r"(?=\s{0,9}[.!]?\s{0,9}(?:\Z|\[(?!name)))"
_FAREWELLS = tuple("regards sincerely truly faithfully respectfully cordially wishes yours signed cheers thank thx love best rgds".split())
_SIGNED = re.compile(
    rf"(\b(?i:regards|sincerely|truly|faithfully|respectfully|cordially|best\swishes|yours|signed)[,.:!\s-]*[,.:!\s]\s{{0,3}})"
    rf"({_WORD}{_NEXT}{{0,3}}){_LAST}"
    rf"|(\b(?i:cheers|thanks|thank\syou|thx|love|best|rgds)\s?[,.!\n-]\s{{0,3}})({_NAME}{_NEXT_NAME}{{0,3}}){_LAST}"
)
_CLOSING = re.compile(
    rf"(\n[ \t]{{0,4}}[-~–—]{{0,2}}[ \t]{{0,2}})({_WORD}(?:{_APART}{_WORD}){{0,2}})"
    rf"(?=[ \t]{{0,4}}[.!]?(?:\s{{0,9}}\Z|\s{{0,4}}\n\s{{0,4}}\[(?!name)))"
)

_PLACE = r"(?:user\s?name|telegram|instagram|insta|whats\s?app|snapchat|tiktok|skype|discord|wechat|facebook|twitter|nickname|login)"
_USER = re.compile(
    rf"(\b{_PLACE}(?:\s(?:id|account|name|handle|user|username|profile))?(\s?[:=]\s?|\s(?:is|was)\s|\s))(?=[^\W_])([\w.-]{{2,64}}(?<![.-]))",
    re.I,
)
_OPENLY = re.compile(r"user|nick|login", re.I)
_SECRET = re.compile(r"(\bpass(?:word|wd|code|phrase)\s?(?:(?:is|was)\s?)?([:=])?\s?)([^\s\[\]]{3,80})", re.I)


def rules(text: str) -> list[tuple[Pattern[str], Callable[[Match[str]], str]]]:
    """The rules that can find anything in a text: those of whose words it has one."""
    words = frozenset(_WORDS.findall(text.lower()))
    return [(pattern, tag) for signs, pattern, tag in _RULES if not signs.isdisjoint(words)]


def without_closing(text: str) -> str:
    """The text without the name under it, which stands at the end or before a tag. For the whole text, with its tags; not before the tag of
    a name, or a list of names would go one a turn."""
    if "\n" in text:
        text = _CLOSING.sub(_alone, text)
    low = text.lower()
    return _SIGNED.sub(_signed, text) if any(word in low for word in _FAREWELLS) else text


def _named(match: Match[str]) -> str:
    """The words before it and a tag for the name; what follows the first word that is none stays. No name: all as it was."""
    lead, found = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    pieces = re.split(r"([ \t]+)", found)
    words = pieces[::2]
    kept = next((place for place in range(len(words)) if _ends(words, place)), len(words))
    if not kept:
        return match[0]
    end = len("".join(pieces[: 2 * kept - 1]))
    end -= found[:end].endswith(".") and len(_bare(words[kept - 1])) > 1
    return f"{lead}[name]{found[end:]}"


def _ends(words: list[str], place: int) -> bool:
    """Whether a name is over before a word; after two words with capitals any English one in small letters ends it."""
    word = words[place]
    if _bare(word) in _NO_NAME and word not in _ALSO_NAMES:
        return True
    whole = place > 1 and words[0][0].isupper() and words[1][0].isupper()
    return whole and word[0].islower() and word not in _PARTICLES and not _is_strange(word)


def _people(match: Match[str]) -> str:
    return match[0] if _bare(match[2].split()[0]) in _NO_PEOPLE else _named(match)


def _mine(match: Match[str]) -> str:
    """What is said of a name is none: "my name is rarely spelled"."""
    word = match[2].split()[0]
    told = word.islower() and re.search(r"(?:ly|ed|ing|ent|able|ible)$", word) and not _is_strange(word)
    return match[0] if told else _named(match)


def _am(match: Match[str]) -> str:
    """Two sentences are no name: "I am Canadian. Is that bad"."""
    first = match[2].split()[0]
    return match[0] if first.endswith(".") and len(first) > 3 else _people(match)


def _signed(match: Match[str]) -> str:
    """Without a mark after "regards" or "signed" more is asked of the name."""
    apart = match[1] is None or re.search(r"[,.!:\n-]\s*$", match[1])
    return _named(match) if apart else _strangers(match)


def _strangers(match: Match[str]) -> str:
    """A name where other words stand as often: of the first two words one is no English word."""
    words = match[2].split()[:2]
    return _people(match) if any(_is_strange(word) for word in words[: 1 if _bare(words[-1]) in _NO_NAME else 2]) else match[0]


def _low(match: Match[str]) -> str:
    """A name in small letters: a first name and a word that can be one, or two words that are not English."""
    found = match[2].split()
    words = [_bare(word) for word in found]
    count = _low_count(words)
    return " ".join((f"{match[1]}[name]", *found[count:])) if count else match[0]


def _low_count(words: list[str]) -> int:
    """How many words are the name."""
    first, known = words[0], words[0] in _FIRST
    if first in _NO_NAME or not (known or _is_strange(first)):
        return 0
    if len(words) == 1 or words[1] in _NO_NAME or (not _is_strange(words[1]) and re.search(r"(?:ed|ing|ly|s)$", words[1])):
        return int(known)
    if not (known or _is_strange(words[1])):
        return 0
    return 3 if words[2:] and _is_strange(words[2]) and words[2] not in _NO_NAME else 2


def _alone(match: Match[str]) -> str:
    """The last line of several when it is a name and nothing else."""
    words = match[2].split()
    known = [_bare(word) for word in words]
    if not all(word[0].isupper() for word in words) and len(words) == 1 and known[0] not in _FIRST:
        return match[0]
    if any(word in _NO_PEOPLE or word in _NO_NAME for word in known):
        return match[0]
    strange = sum(_is_strange(word) for word in words)
    needed = 1 if all(word[0].isupper() for word in words) else len(words)
    return f"{match[1]}[name]" if strange >= needed else match[0]


def _user(match: Match[str]) -> str:
    """The name of an account: marked by a sign or a digit in it, or not an English word."""
    name = match[3]
    clear = re.search(r"[\d_]|\w\.\w", name) and not name.isdigit()
    stranger = _is_strange(name) and len(name) > 3 and _bare(name) not in _NO_NAME
    return (
        f"{match[1]}[name]"
        if clear or stranger or (_OPENLY.match(match[1]) and match[2].strip() in {":", "="} and _bare(name) not in _NO_NAME)
        else match[0]
    )


def _secret(match: Match[str]) -> str:
    secret = match[3].rstrip(".,;!?")
    if not secret or not (match[2] or re.search(r"\d|[^\w'’-]", secret)):
        return match[0]
    return f"{match[1]}[password]{match[3][len(secret) :]}"


def _is_strange(word: str) -> bool:
    """Whether a word may be the name of somebody, as it is a first name or not English."""
    low = _bare(word)
    return low in _FIRST or not (low in _NO_PEOPLE or is_word(low) or is_word(word.lower().replace("’", "'")) or "interpol" in low)


def is_part(word: str) -> bool:
    """Whether a word before an address is rather a part of it than of the sentence."""
    return _is_strange(word) and _bare(word) not in _NO_NAME


def _bare(word: str) -> str:
    return word.lower().rstrip(".").replace("'", "").replace("’", "")


def _signs(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KIN_SIGNS = frozenset(part for word in _KINS for part in word.split("-")) - {"in"} | {"exhusband", "exwife"}
_RULES: tuple[Rule, ...] = (
    (_signs("password passwd passcode passphrase"), _SECRET, _secret),
    (
        _signs(
            "username user telegram instagram insta whatsapp whats snapchat tiktok skype discord wechat facebook twitter nickname login"
        ),
        _USER,
        _user,
    ),
    (_signs("name names surname forename called call"), _MINE, _mine),
    (_signs("name surname forename called named known") | frozenset(_PARTIES), _THEIRS, _strangers),
    (_signs("i we undersigned"), _I, _strangers),
    (_signs("mr mrs ms mx dr prof miss sir madam"), _TITLE, _named),
    (_signs("m am this"), _AM, _am),
    (_KIN_SIGNS | _signs("named called"), _KIN, _people),
    (frozenset(_PARTIES), _RANKED, _strangers),
    (_KIN_SIGNS | _signs("m am im this"), _AM_LOW, _low),
)
"""Words of which a text must have one, pattern and what takes the place of a match, in the order in which they are tried."""
