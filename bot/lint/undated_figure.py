"""Finds figures in an answer without a year in their sentence or the one before. Opening hours, measures and the like are none.

Why: a figure without its date is told as if it were true for ever.

How to mend it: say of which year it is.

    wrong: It has 196 members.
    right: Since November 2023 it has had 196 members.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.dates import YEAR, sentences
from bot.lint.examples import a_base, an_entry

ID = "undated-figure"
LEVEL: Level = "warning"

FIGURE = re.compile(r"\d[\d,.]*\s*(?:%|per cent|million|billion)|\b\d{2,}(?:,\d{3})*\b")
NAMES = re.compile(
    r"I-24/7|24/7|\b(?:112|911|999|101|419|69006)\b|\b\d+ quai\b"
    r"|\b0\d{3,4} \d{3} \d{3,4}\b|\b1-\d{3}-\d{3}-\d{4}\b|\b116 \d{3}\b|\btext \d{5,6}\b|\b[Uu]nder 1[68]\b"
    r"|(?:Articles?|[Ss]ections?|Resolution|Rule|Order|Act)\s\d[\d\s,and-]*[A-Z]?"
)
"""What has digits and is no figure: names, numbers of rules, addresses, emergency and telephone numbers, ages."""

SIZES = re.compile(
    r"\b\d[\d.,]*(?: ?(?:x|×|by|to|or|-|–) ?\d[\d.,]*)* ?-?(?:mm|cm|km|m|metres?|meters?|inch(?:es)?|ft|feet|kg|kilos?|g|grams?|ml|cl|l"
    r"|lit(?:re|er)s?|[KMGT]B|px|pixels?|dpi|°C|degrees|watts?|volts?|(?:working |business )?days?|weeks?|hours?|minutes?|seconds?)\b"
    r"|\b\d[\d.,]* ?(?:x|×) ?\d[\d.,]*\b"
    r"|\b(?:[Rr]oom|[Ll]ine|[Bb]us|[Tt]ram|[Pp]age|[Nn]umber|[Nn]o\.|[Ee]xtension|[Pp]latform|[Gg]ate|[Ff]loor|[Dd]esk|[Ff]orm) #?\d+\w*"
    r"|\b\d+[a-z]? (?:[A-Z][\w'-]+ )+(?:Street|Road|Lane|Avenue|Square|Way|Drive|Place|Row|Quay)\b"
)
"""What does not grow old by the year: measures, lengths of time, numbers of rooms and lines, streets."""

HOURS = re.compile(
    r"\b(?:open|opens|opening|close[sd]?|closing|hours|weekdays?|weekends?|noon|midnight|o'clock|until|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|daily|\d ?[ap]\.?m)\b"
)
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?(?: ?[ap]\.?m\b\.?)?(?![\d%]| ?(?:per cent|euros?|pounds?|dollars?|[€£$]))")
"""Times of the day, in a sentence about hours."""

FAILS = (
    a_base(an_entry(answer="It has 196 members.")),
    a_base(an_entry(answer="About 40 % of the budget comes from members.")),
    a_base(an_entry(answer="We are open on Sundays, which costs 15 euros.")),
)
PASSES = (
    a_base(an_entry(answer="It has 196 members since 28 November 2023.")),
    a_base(an_entry(answer="The figure is of 2016. It was 54 million euros.")),
    a_base(an_entry(answer="Article 3 forbids it; the network is called I-24/7; call 112.")),
    a_base(an_entry(answer="We are open from 10 to 18 on weekdays and until 12:30 on Saturdays.")),
    a_base(an_entry(answer="Bags of up to 40 x 30 x 20 cm and 10 kg may come in; bring them back within 14 days to room 12.")),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        texts = [
            ("answer", entry.answer),
            ("more", entry.more or ""),
            *((f"by_status.{status}", text) for status, text in entry.by_status.items()),
        ]
        for at, text in texts:
            for sentence in undated(text):
                fault = f"'{entry.id}' gives a figure without its date: {sentence}"
                yield place_of(entry, at).problem(ID, fault, "Say of which year it is.", LEVEL)


def undated(text: str) -> Iterator[str]:
    """The sentences with a figure and no year in them or in the sentence before."""
    dated = False
    for sentence in sentences(text):
        year = bool(YEAR.search(sentence))
        bare = SIZES.sub("", NAMES.sub("", YEAR.sub("", sentence)))
        bare = _CLOCK.sub("", bare) if HOURS.search(bare) else bare
        if FIGURE.search(bare) and not (year or dated):
            yield sentence
        dated = year
