"""Phrases and patterns of English: how questions open, how sentences are joined, what turns a statement, what polite people add.

Patterns are matched against folded text (small letters, no accents) unless they ignore case. Single words come from words.
"""

import re
from collections.abc import Mapping

from bot.english.patterns import pattern
from bot.english.words import AUXILIARIES, QUESTION_WORDS

Words = tuple[str, ...]


def _phrases(text: str) -> tuple[Words, ...]:
    """Phrases between bars, the longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in text.split("|")), key=len, reverse=True))


WHICH_MEANT = tuple(("meant", (word,)) for word in ("which", "this", "that", "it"))

IMPOSSIBLE = pattern(r"\b(?:out of the question|unheard of)\b", re.I)

NO_CONCLUSION = ((), ("nothing",), ("anything",), ("little",))

EITHER_OR = ("true or false", "yes or no", " or what", "right or wrong", "fact or fiction", "myth or fact")
"""What turns a statement into a question at its end."""

OR_NOT = (" or not", " or no")
"""The same behind a comma or after "whether"."""

READ_AS_ONE = {
    tuple(phrase.split()): (word,)
    for phrase, word in {
        "as long as": "if", "so long as": "if", "in case": "if", "on condition that": "if", "provided that": "if", "as soon as": "when",
        "even though": "although", "despite the fact that": "although", "in spite of the fact that": "although",
        "fairy tale": "myth", "fairy story": "myth", "urban legend": "myth", "urban myth": "myth", "old wives tale": "myth",
        "tall story": "myth", "tall tale": "myth", "fake news": "myth", "pack of lies": "lie", "load of rubbish": "rubbish",
        "load of nonsense": "nonsense", "wishful thinking": "myth", "not the case": "false",
    }.items()
} | {
    ("not", *verb.split(), word): ("not", *verb.split(), single)
    for verb in ("", "got", "have", "need", "want", "know", "do")
    for word, single in (("no", "any"), ("nothing", "anything"), ("nobody", "anybody"), ("none", "any"))
} | {("at", "all"): ()} | {
    tuple(phrase.split()): ("having", "no")
    for phrase in ("the lack of", "the absence of", "lack of", "absence of", "the lack of any", "the lack of an", "the absence of an")
}  # fmt: skip
"""Conjunctions, verdicts and denials of several words -> what they are read as. "Not no" denies once, as people speak."""

REQUESTS_FOR_ASSENT = _phrases(
    "i take it|i suppose|i guess|i assume|i presume|i gather|i believe|i think|i imagine|i reckon|am i right|am i correct|am i not"
    "|if i am right|if i am not mistaken|if i understand correctly|if i understand it correctly"
    "|do you not think|do not you think|would you not say"
    "|would not you say|do you not agree|is that not so|is not that so|is it not so|you know"
)
"""What stands behind a statement and asks for assent: with it even a question mark leaves the statement one."""

ATTRIBUTIONS = _phrases(
    "correct me if i am wrong|i may be wrong|i might be wrong|i could be wrong|maybe i am wrong|if i recall correctly|as far as i am aware|"
    "as a matter of fact|period|full stop|end of story|"
    "and rightly so|and quite rightly so|and quite rightly|rightly so|and quite right too|"
    "or so i heard|or so i hear|or so they say|or so i am told|or so i was told|or so i read|or so it seems|or so i believe"
    "|as far as i know|as far as i can tell|as far as i can see|so far as i know|to my knowledge|to the best of my knowledge"
    "|i heard|i hear|i read|i am told"
    "|i was told|so they say|they say|people say|it is said|it seems|in my opinion|in my view|to my mind|with respect|with all due respect"
    "|from what i gather|from what i hear|from what i have heard|from what i read|from what i have read|from what i understand"
    "|from what i know|from what i see|from what i was told|from all i hear|from all i know|as i understand"
    "|as far as i understand|as far as i remember"
    "|as far as i recall|as i recall|as i remember|the way i see it|the way i understand it|if memory serves|unless i am mistaken"
    "|if you ask me|strictly speaking|believe it or not|believe me|trust me|mark my words|last i heard"
    "|last time i checked|no wonder|no doubt"
    "|needless to say|it goes without saying|in theory|in practice|rumour has it|rumor has it|word has it"
    "|legend has it|truth be told|fun fact"
    "|to be honest|in short|in brief|in other words|in fact|in truth|as everyone knows|as everybody knows|as we all know|as you know"
    "|as is well known|as i understand it|if i understand correctly|if i understand it correctly|if i am not mistaken|if i am right"
    "|if i remember correctly|if i remember rightly|for the record|just so you know|no offence|by the way|come on|well come on|i say|i mean"
)
"""Who says it and how firmly: before or behind a statement these say nothing of the matter."""

TRAILERS = _phrases("these days|at the moment|right now|at present|lol|thanks|thank you|please|anyway|though|honestly|mate|you know")
"""What hangs on to a statement without a comma and changes nothing."""

WHOEVER = _phrases("whoever|anyone who|anybody who|everyone who|everybody who|those who|people who|he who|all who")
"""Who is spoken of as saying something."""

NO_PROOF = _phrases(
    "is no guarantee|is no proof|is no protection|is no evidence|is not a guarantee|is not proof|is no reason|proves nothing|means nothing"
    "|does not mean anything|does not prove anything|says nothing"
)
"""What is said of a fact that is no proof of what somebody concludes from it."""

IRONIC_OPENINGS = _phrases("yeah right|oh sure|ha ha sure|oh yeah right|yeah sure|sure sure")
"""Assent at the head of a sentence that rejects what follows."""

AS_IF = _phrases("like|as if|as though")
"""What rejects what follows where that has a "would": "like they would ever do that"."""

SHORT_ANSWERS = {
    tuple(text.split()): sign
    for text, sign in {
        "no": -1, "nope": -1, "never": -1, "no way": -1, "not at all": -1, "of course not": -1, "certainly not": -1, "nonsense": -1,
        "not": -1,
        "surely not": -1, "give me a break": -1, "hardly": -1, "as if": -1, "no chance": -1, "far from it": -1, "i think not": -1,
        "do not make me laugh": -1, "you must be joking": -1, "you must be kidding": -1, "you are joking": -1, "you are kidding": -1,
        "pull the other one": -1, "tell me another": -1, "tell me another one": -1, "dream on": -1, "in your dreams": -1, "hell no": -1,
        "not in a million years": -1, "what nonsense": -1, "what rubbish": -1, "what a joke": -1, "i beg to differ": -1, "good one": -1,
        "i do not think so": -1, "i do not believe it": -1, "i doubt it": -1, "absolutely not": -1, "definitely not": -1,
        "i think so": 1, "i believe so": 1, "no doubt": 1, "without a doubt": 1, "it is": 1, "they do": 1, "it does": 1,
        "yes": 1, "yep": 1, "sure": 1, "of course": 1, "certainly": 1, "always": 1, "absolutely": 1, "definitely": 1, "right": 1,
    }.items()
}  # fmt: skip

DO_SO = frozenset((verb, word) for verb in ("do", "be") for word in ("so", "that", "it", "this", "true", "right"))
"""What stands at the end of a sentence for all that was said before it."""

DOES_THAT_MEAN = frozenset((verb, word, "mean") for verb in ("does", "do", "did", "would") for word in ("that", "this", "it"))

_SUBJECT_TAKEN_BACK = (
    r"(?:i|he|she|it|they|that|this|which|we|you|\{organisation\}|nobody|no \w+|in (?:real life|reality|fact|truth)|really|just|simply"
    r"|of course)"
)

_VERB_TAKEN_BACK = r"(?:is|are|was|were|do|does|did|can|could|will|would|has|have)"

_REST_TAKEN_BACK = r"(?: (?:do|be))?(?: (?:that|so|it|this|such|anything|of the kind|the case|how it is))*"

TAKEN_BACK = pattern(
    r"(?:(?:but|and|,|well|yet|although|though) )*"
    r"(?:i (?:say|said|think|thought|know|knew|believe|told (?:him|her|them)|replied)(?: that)? )?(?:"
    rf"(?:{_SUBJECT_TAKEN_BACK} )+{_VERB_TAKEN_BACK} (?:just |simply |plainly |really )?(?:not|no such thing|nothing of the (?:sort|kind))"
    rf"{_REST_TAKEN_BACK}"
    rf"|(?:nobody|no \w+) (?:{_VERB_TAKEN_BACK} )?(?:able to )?(?:do |does |can )?(?:that|so|it|this)"
    r"|.{0,24}\b(?:got|gets|has|have|had|marked|called|calls|finds|found|considers)"
    r" (?:that|it|this) (?:all )?(?:wrong|false|a mistake|nonsense)"
    r"|(?:i|we|you) (?:do )?know better|(?:i|we) beg to differ|(?:they|you|he|she) can not be serious"
    r"|.{0,24}\b(?:pigs (?:can |might |will )?fly|(?:i am|my name is) (?:the (?:pope|queen|king)\b.*|father christmas|santa\b.*|napoleon)"
    r"|the (?:moon is made of (?:\w+ )?cheese|earth is flat))"
    r"|.{0,24}\b(?:fell for|was taken in by|made that up|made it up)\b.{0,20}"
    r"|(?:he|she|they|it|that) (?:is|are|was) (?:a |all )?(?:trick|crook|crooks|liar|liars|swindler|fraud|scam))"
)
"""A clause that says nothing but that what stood before is not so: "but they do no such thing", "which it is not"."""

REJECTIONS = (("no", "way"), ("yeah", "right"), ("my", "foot"), ("my", "arse"))
"""Remarks of two words that reject what was said."""

SHORT_CHECKS = (("really",), ("any", "truth", "in", "that"), ("any", "truth", "in", "it"), ("true", "or", "false"))
"""Questions about what was just said that have no verb."""

FRAMES = {
    ("it", "is", "not", "as", "if"): -1, ("it", "is", "not", "as", "though"): -1, ("not", "as", "if"): -1,
    ("as", "if"): -1, ("no", "way"): -1, ("no", "doubt"): 1, ("like", "hell"): -1, ("no", "wonder"): 1, ("no", "chance"): -1,
    ("without", "doubt"): 1, ("not", "because"): 1, ("it", "is", "just", "that"): 1, ("the", "thing", "is"): 1,
}  # fmt: skip

TRIGGERS: Mapping[Words, int] = {
    tuple(phrase.split()): sign
    for phrase, sign in {
        "no longer": -1, "not any more": -1, "far from": -1, "anything but": -1, "by no means": -1, "in no way": -1,
        "no way": -1, "nothing like": -1, "no such thing as": -1, "no doubt": 1, "without doubt": 1, "without a doubt": 1,
        "without any doubt": 1, "not even": -1, "no matter": 1, "rather than": -1, "instead of": -1, "as opposed to": -1,
        "not to mention": 1, "free of": -1, "not a single": -1, "never ever": -1, "none other than": 1,
        "under no circumstances": -1, "on no account": -1, "at no time": -1, "never mind": 1, "no less": 1, "not least": 1,
        "can not help": 1, "there is no": -1, "there are no": -1, "no one": -1, "not one": -1, "neither": -1, "without": -1,
        "not that": -1, "isnt": -1, "few": -1, "unlikely": -1, "cannot": -1, "little": -1, "non": -1,
        "with no": -1, "free from": -1, "more than": -1, "longer than": -1, "less than": -1,
        "out of": -1, "beyond": -1, "rule out": -1, "rules out": -1, "ruled out": -1, "least of all": -1, "let alone": -1, "much less": -1,
        "regardless of": 1, "irrespective of": 1,
        "fewer than": -1, "other than": -1, "nobody other than": 1,
    }.items()
}  # fmt: skip
"""What turns the sign of the words after it, or (1) looks as if it did and does not. Longer phrases go before shorter ones."""

ADJOINING_TRIGGERS = frozenset(
    tuple(phrase.split(" "))
    for phrase in (
        "without|rather than|instead of|as opposed to|non|free of|free from|with no|out of|beyond|rule out|rules out|ruled out"
        "|more than|longer than|less than|fewer than|other than"
    ).split("|")
)
"""These turn a phrase, not a sentence: the next verb is free of them."""

LIMITS = frozenset(
    tuple(phrase.split(" "))
    for phrase in "nobody but|none but|no one but|nothing but|nothing more than|no more than|no longer than|nothing other than".split("|")
)
"""What says "only" in more words."""

COORDINATING = ((",",), ("and",), ("or",))

_ASKING = "|".join(sorted(QUESTION_WORDS))

_VERBS = rf"(?:{'|'.join(sorted(AUXILIARIES - {'need', 'ought'}))})(?:n't)?|(?:ca|wo|sha)n't"

_LEADS = r"(?:(?:also|then|so|now|secondly|firstly|finally|lastly|by the way|btw|and|but|or|ok|okay|well|please|sorry)[,:]?\s+)*"

_TO = r"(?:(?:to|from|with|for|in|at|by|on|under|about|since)\s+)?"

_WHETHER = r"(?:whether|if)(?=\s+\w)"

_ASK = rf"{_TO}(?:{_ASKING})(?:['\u2019](?:s|re|ll|d))?(?=\s+\w|\W*$)"

_STATED = r"(?!(?:ha[sd]|have|did)\s+(?:an?|to|been|no|not|just|already)\b)"  # "had a row" tells, "had you" asks

_SUBJECT = r"(?=\s+(?!(?:to|been|not|just|already)\b)(?!\w+ing\b)\w)"

_VERB = rf"{_STATED}(?:{_VERBS}){_SUBJECT}"

_TAG = (
    r"\w+(?:n't|nt)?\s+(?:it|they|he|she|that|this|you|we|i)\b(?:\s+not)?(?=\W*$|\s+(?:the|an?|your|all|just|only|really|by|because|for)\b)"
)
"""What stands behind a question and belongs to it: "..., is it the governments?"."""

_OPENING = rf"{_LEADS}(?:{_ASK}|{_VERB})"
"""How a question begins: with a word that asks, or with a verb before its subject."""

REQUEST = pattern(
    r"\b(?:want(?:ed)? (?:to )?(?:know|ask)|like to (?:know|ask|understand|learn|find out)|(?:tell|inform|advise|let) (?:me|us)(?: know)?"
    r"|explain|wonder(?:ing)?|question (?:is|was)|need(?:ed)? to (?:know|find out|understand)|find out|clarify|be grateful|appreciate it if"
    r"|i(?:'d| would) like|looking for|interested in|do not (?:know|understand)|don't (?:know|understand)|what i (?:still )?(?:lack|need)"
    r"|all i want|have no idea|cannot find|can't find|asking)\b",
    re.I,
)

SENTENCE_END = pattern(
    r"(?<=[?!])[\"')\u201d\u2019]*\s+"
    r"|(?<=\?)(?=[A-Za-z])"
    r"|(?<=[.;])(?<!\b[A-Za-z]\.)(?<!\b(?:Mr|Ms|Dr|St|no|vs)\.)(?<!\b(?:Mrs|Sgt)\.)(?<!\be\.g\.)(?<!\bi\.e\.)\s+"
    r"|\s*\n\s*"
    r"|\s+(?=P\.?S\.?\b)"
)

JOINT = pattern(
    rf"\s*[,;:]?\s+(?:and|plus|also|&|n)\s+(?={_WHETHER}|{_OPENING})"
    rf"|\s*[,;]?\s+or\s+(?={_ASK})"
    r"|\s+\+\s+"
    r"|\s*,\s+(?:and|plus)\s+(?:also\s+)?(?=(?:the|your|an?|any|its|my)\s)"
    r"|[,;:]?\s*(?:\band\s+)?\b(?:[ab12]\)|firstly\b|secondly\b)\s*",
    re.I,
)

COMMA_JOINT = pattern(rf"\s*,\s+(?={_ASK}|{_VERB})(?!{_TAG})", re.I)
"""A comma joins questions in a list that ends with a joint ("what ..., who ..., and can ..."); alone it does not."""

ANNOUNCED = pattern(rf"{COMMA_JOINT.pattern}|\s*:\s+(?={_ASK}|{_VERB})", re.I)
"""What stands between a statement and the question that it leads to."""

SUBORDINATE = pattern(
    rf"^\W*(?:(?:and|but|so|or)\s+)?(?:if|(?:when|since when)\b(?!\s+{_VERB})|once|as|since(?!\s+when)|because|although|though|after|before"
    r"|while|until)\b",
    re.I,
)
"""What opens a condition; "when is it" asks."""

BARE_QUESTION = pattern(rf"^(?:{_ASKING})(?: (?:much|many|long|so|not|exactly))?\W*$", re.I)

QUESTION_WORD = pattern(rf"\b(?:{_ASKING})\b", re.I)

VERB_FIRST = pattern(rf"^\W*{_VERB}", re.I)

PLAIN_QUESTION = pattern(rf"^\W*(?:{_ASK}|{_VERB})[^.!?;,\n]*\??\s*$", re.I)

ASIDE = pattern(
    r"\s*\([^()]*\)|,\s*(?:the|not|i mean|i'm talking about|as in|meaning|also known as|aka|formerly|once)\b[^,:;?!.]*(?=[,:;?!.])[,:]?",
    re.I,
)

AND_THAT = pattern(r"\s*,?\s+and (?:also )?that\s+", re.I)

SIDE_BY_SIDE = pattern(r"\s*[,+&/]\s+|\s+and\s+")

MAIL_GREETING = pattern(
    r"^\W*(?:(?:dear|respected|esteemed|hi|hello|hey|hallo|hiya|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern"
    r"|excellency|attn)\b[^.?]{0,60})[,:!.]*$",
    re.I,
)

MAIL_CLOSING = pattern(
    r"^\W*(?:with (?:\w+ )?(?:regards?|wishes|thanks|respect|greetings)|(?:\w+ ){0,2}(?:regards|wishes)|yours\b|faithfully|sincerely"
    r"|respectfully|cordially|cheers|thanks|many thanks|thank you|thx|best|love|warmly|bless you|god bless|greetings|kind(?:ly)?|take care"
    r"|in anticipation|looking forward|sent from my)\b[^?]{0,70}$",
    re.I,
)

MAIL_NOTICE = pattern(
    r"\b(?:confidential|privileged|intended (?:only |solely )?for|addressee|named recipient|received (?:it|this)[\w ]* in error"
    r"|scanned for viruses|unsubscribe|before printing|registered office|disclosure|privacy policy|do not (?:reply|answer) to this)\b",
    re.I,
)

FORM_FIELDS_READ = pattern(r"^(?:message|question|your (?:message|question)|text|comments?|enquiry|inquiry|request|details|subject)$", re.I)

POLITE_BEFORE = _phrases(
    "hi|hello|hey|hi there|hello there|dear sir|dear sir or madam|good morning|good afternoon|good evening|excuse me|please|tell me|"
    "could you tell me|could you please tell me|could you kindly tell me|can you tell me|can you please tell me|please can you tell me|"
    "please could you tell me|would you tell me|would you please tell me|i would like to know|"
    "hola|salam|salaam|assalamu alaikum|salam alaikum|namaste|bonjour|bonsoir|hallo|guten tag|ciao|buongiorno|ola|bom dia|buenos dias|"
    "buenas tardes|merhaba|selam|privet|zdravstvuyte|shalom|konnichiwa|ni hao|sawubona|jambo"
)

POLITE_AFTER = _phrases(
    "please|thanks|thank you|thank you very much|thank you so much|many thanks|thanks a lot|thanks very much|thanks in advance|"
    "thank you in advance|cheers|kind regards|best regards|regards"
)

CHECK = pattern(
    r"^\W*(?:(?:so|and|now|but)\W+)?(?:is|are|was) (?:he|she|it|that|this|they|either|any of (?:it|that|this))(?: \w+)?"
    r" (?:right|correct|true|so|wrong)\b|^\W*(?:right|correct|true|true or false|is that so)\W*$"
)
"""A question that only asks whether what was told before is so."""

ANNOUNCES = pattern(
    r"^\W*(?:(?:hi|hello|hey|i|have|had|got|was|am|just|wondering|need|want|would|like|to|ask|an?|some|couple|of|few|quick|one|two|three|2|3"
    r"|four|things?|questions?|please|help|also|thanks|and|another|for|you|know|about)\b\W*)+$"
)
"""What announces a question and asks nothing."""

SEVERAL_THINGS = pattern(
    r"\b(?:(?:two|three|2|3|couple of|few) (?:quick |short |more )?(?:things|questions|points)|secondly|second[:,]|and second"
    r"|(?:another|my other) question|2\))"
)
"""What a letter says that asks several things."""

TO_YOU = {("are", "you"): "is {}", ("you", "are"): "{} is", ("do", "you"): "does {}", ("you",): "{}", ("your",): "{}", ("yours",): "{}"}
"""What the words that speak to somebody become when that is a name; the longest first."""

VERDICT_HEAD = pattern(r"^(?:No|Yes), (?=(?:an?|the|it|they|there|this|that|each|every|all|most|some|nobody|you|we)\b|[A-Z])")
"""A "No" or "Yes" at the head of an answer, before what is a sentence by itself."""
