"""Finds claims, denials and facts that would be read the wrong way round if somebody said them.

Why: whoever says a myth's claim must never be told that it is right, and whoever says a denial or a fact must never be corrected. Each of
them is sent through the reading that people's statements go through.

How to mend it: say the statement in a plainer way, without a second negation, and built like its siblings.

    wrong: denials: [It is false that the earth has no edge.]   (of the claim "The earth has an edge.")
    right: denials: [The earth has no edge.]
"""

from collections.abc import Iterator
from datetime import date

from bot.answering.agreement import agreement
from bot.answering.confirmation import confirms
from bot.answering.stance import reading
from bot.errors import Level, Problem
from bot.kinds import KINDS
from bot.knowledge import Entry, KnowledgeBase, Usage, place_of
from bot.lint.examples import a_base, a_myth, an_entry

ID = "misread-statement"
LEVEL: Level = "warning"

FAILS = (a_base(a_myth(claims=("The earth has an edge.",), denials=("It is false that the earth has no edge.",))),)
PASSES = (
    a_base(a_myth(claims=("The earth has an edge.",), denials=("The earth is not flat.", "The earth has no edge."))),
    a_base(an_entry(facts=("The moon makes the tides.", "The sun alone does not make the tides."))),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    usage = kb.usage
    for entry in kb.entries.values():
        for field, text, read_as in (*_turned(entry, usage), *_corrected(entry, usage)):
            fault = f"'{text}' of '{entry.id}' is read as {read_as}."
            yield place_of(entry, field).problem(ID, fault, "Say it in a plainer sentence, with at most one word that denies.", LEVEL)


def _turned(entry: Entry, usage: Usage) -> Iterator[tuple[str, str, str]]:
    """(field, statement, what it is read as) for the claims and denials of a myth that are read as their contrary."""
    if not KINDS[entry.kind].has_claim:
        return
    for field, text in (("claim", entry.claim or ""), *(("claims", text) for text in entry.claims)):
        read = reading(text, entry, usage)
        if read.stance == "denies_myth" or confirms(text, read, entry, usage):
            yield field, text, "a denial of the myth"
    for text in entry.denials:
        if reading(text, entry, usage).stance == "asserts_myth":
            yield "denials", text, "the myth itself"


def _corrected(entry: Entry, usage: Usage) -> Iterator[tuple[str, str, str]]:
    for text in entry.facts:
        if not KINDS[entry.kind].has_claim and agreement(text, entry, (), usage) == "fails":
            yield "facts", text, "contrary to the entry"
