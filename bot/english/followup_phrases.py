"""Phrases and patterns of messages that lean on what was said before. They are matched against folded text."""

import re

from bot.english.forms import NUMBERS, ORDINALS
from bot.english.patterns import pattern


def _leading(*phrases: str) -> str:
    """Any of some phrases, any number of times, at the beginning."""
    return rf"^\W*(?:(?:{'|'.join(phrases)})\W+)*"


_OPENERS = ("ok", "okay", "yes", "no", "and", "so", "well", "then", "please", "right", "thanks", "thank you", "sorry")

_BEFORE_ORDINAL = (
    *_OPENERS, "the", "tell me", "more", "explain", "show me", "give me", "i mean", "i meant", "about", "on", "what", "of", "can you",
    "could you", "details", "repeat", "again", "option", "number", "take", "i'll", "i", "want", "choose",
)  # fmt: skip

_THING = "one|ones|bit|part|question|point|option|thing|answer|half|please|pls|plz"

ORDINAL_CHOICE = pattern(rf"{_leading(*_BEFORE_ORDINAL)}(?P<which>{'|'.join(ORDINALS)})(?:\W+(?:{_THING})\b|\W*$)")

CARDINALS = {"one": "1", **NUMBERS}
"""Number words that choose, as digits."""

NUMBER_CHOICE = pattern(
    _leading(*_OPENERS, "the", "i mean", "i meant", "take", "i'll take", "choose", "show me", "tell me", "give me", "open")
    + rf"(?:(?:option|number|no\.?|nr\.?|answer)\s*)?#?((?<![-+\w])[-+]?\d{{1,6}}|{'|'.join(CARDINALS)})\b"
    + r"[.)!]?(?:\W+(?:please|pls|plz|thanks|thank you))*\W*$"
)
"""A number that chooses. One below nought, "-1", is none of those that were offered."""

_PLACE = rf"{'|'.join((*ORDINALS, *NUMBERS))}|\d{{1,6}}|(?<=option )one|(?<=number )one"

_PICKED = rf"(?:the )?(?:(?:option|number|no|nr|answer) )?(?:{_PLACE})(?: (?:{_THING}))?"

_SEVERAL = rf"{_PICKED}(?: (?:(?:and|or|nor) )?{_PICKED})*"

_UNWANTED = (
    r"(?:not|neither|(?:anything|everything|all|any) (?:but|except)|(?:it|that|this) is not|do not (?:show|tell|give|open|choose)(?: me)?"
    r"|(?:i|we) (?:really )?(?:do|did|would|am|was) not (?:really )?(?:want|need|mean|like|ask|asking|choose)"
    r"(?: (?:to (?:see|know|read|hear|have|choose|open)|for|about))*)"
)

_UNFIT = (
    r"(?:(?:is|was|are|were|does|do|did) not (?:really )?(?:right|it|mine|correct|useful|helpful|relevant|related|meant|good|fit|apply|help"
    r"|match|answer (?:it|this|that|me|my question)|my (?:question|problem|case)|what (?:i|we) \w+(?: \w+){0,3})"
    r"|(?:is|was|are|were) (?:also )?(?:wrong|incorrect|useless|irrelevant|unrelated|nonsense|no (?:use|good|help)))"
    r"(?: (?:too|either|at all|for me|as well))*"
)

REJECTED = pattern(
    rf"^(?:(?:{'|'.join(_OPENERS)}|but) )*(?:{_UNWANTED} (?P<before>{_SEVERAL})|(?P<after>{_SEVERAL}) {_UNFIT})"
    r"(?: (?:but (?P<instead>.+)|please|pls|plz|thanks|thank you|sorry))*$"
)
"""Words (spelt out, with single spaces) that say that some of what was offered is not meant: "the second is wrong", "not 1 but 3"."""

PLACES = pattern(rf"\b(?:{_PLACE})\b")
"""The places that are named in them."""

BOTH = pattern(
    _leading(*_OPENERS, "i mean", "i want", "show me") + r"(?:both|all)(?: (?:of (?:them|these|those)|two|three|four|please))*\W*$"
)

_ASSENT = r"(?:yes|yeah|yep|yup|sure|ok|okay|exactly|correct|right|please do|go ahead|that's (?:it|right|the one)|that one)"

YES = pattern(rf"^\W*{_ASSENT}\b(?:\W+(?:{_ASSENT}\b|please|pls|indeed|thanks|thank you|go on|tell me))*\W*")

FIRM_YES = pattern(r"\b(?:yes|yeah|yep|yup|please|go ahead|that one|the one|tell me|that's it)\b")

THANKED = pattern(r"\b(?:thanks|thank you|thx|ty|cheers|got it|understood|i see|makes sense)\b")

NO = pattern(
    r"^\W*(?:no|nope|nah|none of (?:these|those|them|the above)|neither|not (?:that|these|those|this)(?: one)?|wrong)"
    r"(?:\W+(?:thanks|thank you|none of (?:these|those|them)|neither|not that|wrong|sorry))*\W*$"
)

_MEANT = r"(?:asked|meant|wanted|said|am asking)(?: for| about| to know)?"

NOT_ASKED = pattern(
    rf"\b(?:(?:that|this|it)(?:'s|s| is)? not (?:what (?:i|we|i have)(?: {_MEANT})?|my question|an answer|the answer|the question)"
    rf"|not what i {_MEANT}"
    r"|(?:i )?(?:didn't|did not|didnt) (?:ask|mean) (?:that|this|for that|about that)"
    r"|you (?:got me wrong|(?:don't|do not|did not|didn't) understand|misunderstood|(?:didn't|did not|didnt) answer)(?: me| my question)?"
    r"|wrong answer|(?:that|this)(?: is|'s) wrong)\b[.,!;:]*\s*"
)

_NOT_THIS = r"(?:no )?not (?:this|that|it|these|those)(?: one)?"

CORRECTION = pattern(
    _leading(
        "no",
        "nope",
        "oh",
        "oops",
        "sorry",
        "wait",
        "wrong word",
        "my mistake",
        "typo",
        "pardon",
        "i mistyped",
        "excuse me",
        "actually",
        "wrong",
        _NOT_THIS,
    )
    + r"(?:i (?:actually )?(?:meant|mean|wanted)(?: to say)?|make that)\b\W*"
)

DISPUTED = pattern(
    _leading("no", "hm+", "but", "sorry", "well", "lol")
    + r"(?:(?:that|this|it)(?:'s| is|s) )?(?:wrong|incorrect|false|not (?:true|right|correct|so)|nonsense|rubbish|a lie)\b\W+"
)
"""What contradicts the last answer at the head of a statement: "wrong, they left in 1999"."""

MORE = pattern(
    r"^\W*(?:(?:can|could) you )?(?:please )?(?:tell me|say|explain|give me|know|i want|i'd like)?\W*(?:some |a bit |a little )?more"
    r"(?: (?:about|on|of) (?:it|that|this))?(?: (?:please|details?|info(?:rmation)?))*\W*$"
    r"|^\W*(?:and |but )?(?:go on|carry on|continue|keep going|what else|any(?:thing)? else"
    r"|is (?:there|that)(?: (?:any|some))? more(?: to (?:say|know|it))?"
    r"|is that (?:all|it)|(?:more )?details)(?: (?:please|pls|you know|you can tell me|about (?:it|that|this)|to know))*\W*$"
)

SOURCES = pattern(
    _leading(*_OPENERS, "hm+", "oh")
    + r"(?:(?:who|what) (?:told|tells) you(?: (?:that|this|so))?|says who|who says(?: (?:so|that|this))?|according to (?:who|whom|what)"
    r"|how (?:do|did|can|would) (?:you|u) know(?: (?:that|this|it|all that))?"
    r"|(?:what(?:'s| is| are)|where(?:'s| is| are)) your (?:sources?|proof|evidence)"
    r"|(?:where|from where|how) (?:do|did|have) you (?:get|got|read|find|found|learn|take|have)(?: (?:that|this|it))?(?: from)?"
    r"|where (?:can|could|do) (?:i|we|one) (?:read|check|look|verify|see)(?: (?:that|this|it))?(?: up)?"
    r"|where (?:is|does) (?:that|this|it) (?:come )?from"
    r"|(?:show me |give me |any |the |your |what )*(?:sources?|proof|evidence|references?)|can you prove (?:it|that|this)|prove it"
    r"|where is (?:that|this|it) written)\W*(?:please|pls)?\W*$"
)

SURE = pattern(
    _leading(*_OPENERS, "hm+", "oh", "but") + r"(?:(?:are you|you|u) (?:really |quite |absolutely |100 ?% )?(?:sure|certain|positive)"
    r"|how (?:sure|certain) (?:are you|is (?:that|this|it))"
    r"|is (?:that|this|it) (?:still |really |definitely )?(?:so|true|right|correct|current|valid|up to date|certain|reliable)"
    r"|how (?:old|recent|new|current|up to date) (?:is|are) (?:it|(?:that|this|the|your|those|these)(?: (?:answers?|information"
    r"|info|numbers?|figures?|data|facts?|list|sources?|page))?)|really"
    r"|when was (?:that|this|it) (?:last )?(?:checked|updated|written|read)|is (?:that|this|it) up to date"
    r"|can i (?:rely on|trust) (?:that|this|it))(?: (?:about|of) (?:that|this|it))?\W*$"
)

THING_MEANT = re.compile(r"\b(?:it|its|they|them|their|he|him|she|ones?)\b")
"""Pronouns for a person or thing that was spoken of."""

OF_ME = re.compile(r"\b(?:i|me|my|mine|myself|we|us|our|ourselves)\b")
"""What asks for what the sender can do or is to do."""

TO_READER = re.compile(
    r"\b[Yy]ou(?:r|rself)?\b|^(?:Do|Tell|Call|Ask|Go|Apply|Report|Take|Stop|Treat|Look|Send|Write|Keep|Get|Put|Leave|Check|Read|Choose|Pay|Contact"
    r"|Say|Give|Have|Save|Block|Change|Bring|Carry)\b"
)
"""A sentence that tells its reader what to do or what concerns them."""

AMOUNTS_ASKED = (
    (
        pattern(r"\bhow much\b.*\b(?:pay|pays|paid|cost|costs|earn|earns|get|gets|give|gives|charge|charges|take|takes)\b"
                   r"|\bwhat does (?:it|he|she) (?:cost|earn)\b|\b(?:salary|price|fee)\b"),
        pattern(r"\b(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|cents?|no fees?|free of charge|no charge)\b|[\u20ac$\u00a3]"),
    ),
    (
        pattern(r"\bhow (?:long|much time)\b"),
        pattern(rf"\b(?:\d+|an?|half|{'|'.join(CARDINALS)})[ -](?:minutes?|hours?|days?|weeks?|months?|years?)\b", re.I),
    ),
    (pattern(r"\b(?:when|since when|(?:what|which) (?:year|date|day)|how old)\b"), pattern(r"\b1[5-9]\d\d\b|\b20\d\d\b")),
    (pattern(r"\bhow (?:many|much)\b"), pattern(r"\d")),
)  # fmt: skip
"""What asks for an amount of money, a length of time, a date or a number, and what a sentence that tells one holds."""

AMOUNT_WORDS = frozenset("pay pays paid cost costs earn earns charge charges salary price fee year date day old time stay stays".split())
"""Words that ask for an amount and need not stand in the sentence that tells it."""

SAY_LITTLE = frozenset(
    "before after first last next ask asks asking make makes made give gives gave put puts set see use uses used want wants keep keeps"
    " facts fact please there altogether besides till until total anything something"
    " myself yourself himself herself ourselves themselves".split()
)
"""Words of a follow-up that do not tell what it asks about."""

LISTED = pattern(r"(?:^|[.;:!?]\s+)([A-Z][\w-]*(?: [A-Z][\w-]*){0,2}):")
"""The heading of each thing that a text lists: "Red: ... Yellow: ..."."""

OTHER = pattern(r"\b(?:the )?other(?: one)?\b|\bnext door\b|\bneighbou?r(?:ing)?\b")

WHY = pattern(_leading("and", "but", "so", "ok", "okay") + r"(?:why(?: so)?( not)?|how come|for what reason|why is that)\W*$")

NEW_TOPIC = pattern(
    _leading(*_OPENERS, "thx", "great", "good", "cheers", "now")
    + r"(?:(?:an?other|a separate|separate|a different|different|new|one more) (?:thing|question|topic)|something else|on another note"
    r"|(?:to )?change of (?:subject|topic))\W+"
)

ELLIPSIS = pattern(
    _leading(*_OPENERS, "hm+", "ah", "oh", "i see")
    + r"(?:and|or|but|so|then|even|what about|how about|same|also|since when|why|how so|how come|in that case)\b"
)

OF_IT = pattern(
    r"\b(?:it|its|them|ones?|those|these|this)\W*$|\b(?:does|do|is|are|can|will|would|did|was|were|has|have) (?:it|they|this|those|these)\b"
    r"|\b(?:for|of|about|on|with|to|from|against|by) (?:it|them|one|that|this)\b"
)

POINTING = pattern(
    r"\b(?:it|its|they|them|their|theirs|he|him|she|those|these|ones?|others?|another|same|such|else|both|that|this)\b"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!if )(?<!isn't )\bthere\b(?! (?:is|are|was|were|a|an|any|no)\b)"
)

PERSON_MEANT = pattern(r"\b(?:he|him|his|she|her|hers|they|them|their)\b")
"""Pronouns for somebody who was spoken of."""

OF_SOMEBODY = re.compile(r"\b(?:his|her|hers)\b")
_SOMEBODY = r"(?:my|our|an?|the|this|that|who|whose|some(?:body|one)|any(?:body|one)|person|people|he|she|they)"
NAMES_SOMEBODY = re.compile(rf"\b{_SOMEBODY}\b")
"""Somebody's, and what may name that somebody in the same message: "a mother and her child"."""

OF_THE_PROGRAM = pattern(
    r"\b(?:you|your|yours|u|this|here|bot|chatbot|program|programme|app|website|site|page|chat|command|commands|type|typing|write|ask|asking"
    r"|question|questions|use|using|answer|answers|button|menu)\b"
)
"""Words about the program that answers, or about talking with it."""

BETWEEN_US = pattern(r"\byou\b.*\b(?:me|my|mine)\b")
"""What is about the program and the person, and so about nothing that was said before: "do you know my name"."""

CONJOINED = pattern(r",|\?|\b(?:and|or|vs|versus|with|from|than)\b", re.I)
