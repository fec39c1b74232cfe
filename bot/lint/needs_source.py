"""Finds answers about law, health, or what others found out, that rest on the organisation's own word alone.

Why: a desk is the source of its own hours, prices and rules. What the law says, what helps against an illness or what a survey found it
knows from somebody else, and a reader should be able to look that up.

How to mend it: name the source in sources.yaml and cite it, or leave the claim to those who can make it.

    wrong: By law you may return it within 14 days.
    right: By law you may return it within 14 days.  (with sources: [{id: consumer-act, at: section 9}])
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import OWN_WORD, Citation, KnowledgeBase, Source, place_of
from bot.lint.dates import texts
from bot.lint.examples import SOURCES, a_base, an_entry

ID = "needs-source"
LEVEL: Level = "warning"

CLAIM = re.compile(
    r"\b(?:by law|the law|(?:il)?legal(?:ly)? (?:\w+ ){0,2}to|unlawful|against the law|statutory|legislation|directive|criminal offence"
    r"|(?:Act|Regulation|Directive)(?: \(EU\))?(?: of)? \d{4}|GDPR"
    r"|cures?|curing|symptoms?|side effects?|dos(?:e|es|age)|milligrams?|\d ?mg|contagious|infectious|vaccin\w+|diagnos\w+|cancer"
    r"|stud(?:y|ies) (?:show|found|say)\w*|surveys? (?:show|found|say)\w*|statistics|research (?:show|found)\w*|scientists|on average"
    r"|according to|\d[\d.,]* (?:million|billion))\b",
    re.IGNORECASE,
)
"""Words with which an answer tells of law, of health, of what others found out, and of figures that nobody counts at a desk."""

_OWN = {OWN_WORD: Source(OWN_WORD, "Harbour Office", "Harbour Office", "internal", None, None, "2026-11", "live")}
_CITED = {"sources": (Citation(OWN_WORD),)}

FAILS = (
    a_base(an_entry(answer="By law, boats wait for the tide.", **_CITED), sources=_OWN),
    a_base(an_entry(answer="According to the navy, 3 million boats do.", **_CITED), sources=_OWN),
)
PASSES = (
    a_base(an_entry(answer="We open at the tide. A berth costs 20 euros.", **_CITED), sources=_OWN),
    a_base(an_entry(answer="By law, boats wait for the tide."), sources=SOURCES),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if {citation.id for citation in entry.sources} == {OWN_WORD}:
            claims = [(at, found[0]) for at, text in texts(entry) for found in CLAIM.finditer(text)]
            for at, claim in claims[:1]:
                fault = f"'{entry.id}' says '{claim}' by the organisation's own word."
                yield place_of(entry, at).problem(ID, fault, "Cite who says so: sources: [{id: ...}].", LEVEL)
