"""What a question asks of its subject: when, where, for how long. And what of that a text tells.

An entry that is about the right thing may still not hold what is asked of it: "when was the tower built" is not answered by who owns it.
Only aspects are listed whose answer can be told by its form (a date, a figure, a place); "why" and "how" are not. Where it is in doubt a
text is taken to tell it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.english.forms import MONTHS

_UNITS = "seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?"
_BEGUN = (
    "invent(?:ed|s)?|found(?:ed|s)|founder|creat(?:ed?|es|or)|launch(?:ed|es)?|establish(?:ed|es)?|introduced?|design(?:ed|s)?|built|set up"
    "|drew up|devised|came up with|thought up|start(?:ed)?|beg[au]n|opened|wrote|written|came into (?:being|force)|date[sd] (?:back|from)"
)
_LED = "leads?|led|runs?|heads?|directs?|chairs?|commands?|manages?|in charge"
_OFFICES = (
    "president|head|chief|director|directorate|secretary|chair(?:man|woman|person)?|leader|boss|manager|elected|owner|board|committee"
)
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundreds?|thousands?|millions?|half|dozen"
_WEEKDAYS = "mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends?"
_YEAR = r"\b(?:1[5-9]|20)\d\d\b"
_COMPARED = (
    r"(?:bigger|larger|smaller|greater|better|worse|stronger|weaker|faster|slower|quicker|safer|cheaper|dearer|richer|poorer|newer|harder"
    r"|easier|stricter|tougher|older|younger|heavier|taller|longer|shorter|(?:more|less) (?!than)\w+)"
)


class Aspect(NamedTuple):
    """`asked` is found in the words of a question that asks it (lower case, single spaces), `named` in a wording that is about it in
    fewer words ("annual fee"), `told` in a sentence that tells it; these two are wanted only to build an index, and compiled then. `said`
    names it within "our sources do not say ..."."""

    said: str
    asked: re.Pattern[str]
    named: str
    told: str


def _aspect(said: str, asked: str, named: str, told: str) -> Aspect:
    return Aspect(said, re.compile(rf"\b(?:{asked})\b"), rf"\b(?:{named})\b", rf"(?i:{told})")


ASPECTS: Mapping[str, Aspect] = {
    "age": _aspect(
        "how old", "how old|what age", "how old|age|aged|birth\\w*", r"\b(?:aged?|born|years? old|ages|birth)\b|\bunder \d|\bover \d"
    ),
    "comparison": _aspect(
        "how the two compare",
        rf"(?:is|are|was|were|does|do|has|have|which)\b.* {_COMPARED} than(?! \d)|compared? (?:to|with)",
        "than|versus|vs|compar\\w+",
        r"\bthan\b|\bdiffer|\bunlike\b|\bwhereas\b|\bcompar|\bboth\b|\bneither\b|\bwhile\b|\bnot the same\b|\binstead\b",
    ),
    "founder": _aspect(
        "who began it",
        rf"who(?: (?:first|originally|actually|really|has|had))? (?:{_BEGUN})|(?:founder|inventor|creator) of",
        "founders?|inventors?|creators?|histor(?:y|ical)|origins?|who (?:founded|started|created|built|made|set)",
        rf"\b(?:{_BEGUN})\b.*\b(?:by|with)\b|\b(?:founders?|inventor|creator|idea of|proposed|suggested)\b",
    ),
    "origin": _aspect(
        "when it began",
        rf"(?:when|what year|which year|what date|since when)\b.* (?:{_BEGUN})",
        rf"histor(?:y|ical)|origins?|founded|beginnings?|when .*(?:{_BEGUN})|anniversary",
        rf"(?:\b(?:{_BEGUN}|since|first|became|history)\b.*(?:{_YEAR}|\bcentury\b))|(?:(?:{_YEAR}|\bcentury\b).*\b(?:{_BEGUN}|first|became)\b)",
    ),
    "leader": _aspect(
        "who leads it",
        rf"who(?: (?:currently|now|actually|really))? (?:{_LED})(?! to)|who is (?:in charge|the (?:head|boss|leader|chief|director))",
        rf"{_OFFICES}|who .*(?:{_LED})|in charge",
        rf"\b(?:{_OFFICES}|led|leads|heads|runs|in charge)\b",
    ),
    "duration": _aspect(
        "for how long",
        rf"how long (?!ago)|how many (?:working |more )?(?:{_UNITS})|for what (?:time|period)",
        "how long|periods?|durations?|terms?|deadlines?|time limits?|expir\\w+|valid(?:ity)?|until when|(?:delivery|waiting) times?|lasts?"
        "|weeks?",
        rf"\b(?:\d+|an?|one|few|some|several|many|{_NUMBERS})\W+(?:\w+ )?(?:{_UNITS})\b|\b(?:{_UNITS})\b|\buntil\b|\bas (?:long|soon) as\b"
        r"|\bindefinite|\bforever\b|\blimit|\bpermanent|\bat once\b|\bimmediate|\binstant|\bdeadline|\bperiod|\balways\b|\btime\b"
        r"|\bovernight\b",
    ),
    "price": _aspect(
        "how much it costs",
        r"how much (?:does|do|is|are|will|would|did|for|to)\b(?!.* (?:time|information|data|know)\b)|(?:price|cost) of"
        r"|what (?:does|do|did|will|would) .*\bcosts?",
        "how much|prices?|pric(?:ey|ing)|costs?|fees?|charg\\w+|free|fares?|fines?|pay\\w*|paid|money|budget|salar(?:y|ies)|cheap\\w*"
        "|expensive|penalt(?:y|ies)|rates?|wages?|earn|contributions?|fund\\w*|discount|euros?|dollars?|pounds?",
        r"[€$£%]|\b(?:euros?|dollars?|pounds?|cents?|pence|francs?|free|pa(?:y|ys|id|yment|yments)|price[ds]?|costs?|charge[ds]?|fees?"
        r"|fines?|budget|salar\w+|unpaid|million|billion|money|fund\w*|expenses?|gratis)\b|\d+[.,]\d\d\b",
    ),
    "count": _aspect(
        "how many",
        rf"how many (?!(?:working |more )?(?:{_UNITS})\b|times\b)\w+|what number of|number of",
        "how many|numbers?|count|total|size|large|big|population|statistics|figures?|limit|maximum|most|list of|all",
        rf"\d|\b(?:{_NUMBERS}|one|single|several|none|no|every|each|all|both|any|most|many|few)\b",
    ),
    "place": _aspect(
        "where",
        r"where (?:is|are|was|were|does|did) (?!my\b|the (?:difference|problem)|.* come from)"
        r"|in (?:which|what) (?:city|country|town|street|place|building)",
        "where|address|locations?|located|directions?|head ?quarters?|hq|seat|based|offices?|city|street",
        r"(?-i:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]pposite|[Bb]ehind|[Tt]o|[Ff]rom|[Nn]ext to) (?:the )?[A-Z][a-z]+)|\b\d+ (?-i:[A-Z])[a-z]+"
        r"|\b(?:address|streets?|lanes?|roads?|avenue|floors?|buildings?|desks?|rooms?|online|web ?sites?|sites?|app|counter|branch(?:es)?"
        r"|head ?quarters?|cit(?:y|ies)|capital|offices?|station|entrance|hall|corner|centre|center|shelf|shelves|locker|home|abroad"
        r"|account|everywhere|anywhere|nowhere|worldwide|basement|ground|door|outside|inside|upstairs|downstairs|campus|library|shops?|stores?)\b",
    ),
    "date": _aspect(
        "when",
        r"when (?:is|was|are|were|does|do|did|will|has|have)|(?:what|which|on what|on which) (?:day|date|year|month)|what time|until when",
        f"when|dates?|days?|years?|times?|hours?|opening|open|clos\\w+|deadlines?|schedule|timetable|today|tomorrow|late|{_WEEKDAYS}"
        "|next|histor\\w+|due|early|soon|last|latest|newest|news|how long|since",
        rf"\d|\b(?:{_UNITS}|{_WEEKDAYS}|{'|'.join(sorted(MONTHS))}|mornings?|afternoons?|evenings?|noon|midnight|nights?|today|tomorrow|now"
        r"|yesterday|daily|weekly|monthly|yearly|annual\w*|always|never|ever|once|twice|after|before|until|during|since|soon|when\w*|while"
        r"|first|last|later|immediate\w*|at once|instantly|early|every|century|then|as long as|if|on)\b",
    ),
}
"""The aspects, the more particular first: a question asks the first that is found in it."""

MANY = 12
"""Wordings from which on they alone tell what an entry holds: so many people ask whatever it is about, and an answer of some length holds
a date or a figure of something else. Of 53 right answers to questions that ask an aspect (tests/content/questions.yaml and others) one is
not asked so in any of 12 and more wordings; with the sentences of answers the guard would hardly ever speak there."""

FEWEST = 4
"""Words of a text below which it is not judged: a link or "see below" tells nothing of what the entry holds."""


LONGEST = 20
"""Words of a question up to which its aspect is looked for: a longer one tells a story, and asks of several things."""


def asked_aspect(words: Sequence[str]) -> str | None:
    """The aspect that a question asks, by its lower-case words; None if it asks none of them."""
    text = " ".join(words) if len(words) <= LONGEST else ""
    return next((name for name, aspect in ASPECTS.items() if aspect.asked.search(text)), None)


def held_aspects(wordings: Sequence[Sequence[str]], sentences: Sequence[str]) -> frozenset[str]:
    """The aspects that an entry holds: those that one of its wordings (lower-case words) asks or names, and with fewer than MANY wordings
    those that one of the sentences of its answer tells. All of them if the answer is too short to be judged."""
    if sum(len(sentence.split()) for sentence in sentences) < FEWEST:
        return frozenset(ASPECTS)
    lines = "\n".join(" ".join(words) for words in wordings)  # no pattern of a question reaches over the end of a line
    told = sentences if len(wordings) < MANY else ()
    return frozenset(name for name, aspect in ASPECTS.items() if _holds(aspect, lines, told))


def _holds(aspect: Aspect, wordings: str, sentences: Sequence[str]) -> bool:
    asked = aspect.asked.search(wordings) or re.search(aspect.named, wordings)
    return bool(asked) or any(re.search(aspect.told, sentence) for sentence in sentences)
