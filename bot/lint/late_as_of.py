"""Finds entries whose as_of is later than the date of every source and every date in their text.

Why: the day on which a page was read is not the date of what it says: an old fact looks new.

How to mend it: write the date of the newest fact in the answer, or of the source's publication.

    wrong: as_of: 2026-11   (a page of May 2020, read in November 2026)
    right: as_of: 2020-05
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import Entry, KnowledgeBase, place_of
from bot.lint.dates import YEAR, named, texts
from bot.lint.examples import SOURCES, a_base, an_entry

ID = "late-as-of"
LEVEL: Level = "warning"

FAILS = (
    a_base(an_entry(as_of="2026-11")),
    a_base(an_entry(as_of="2020-06"), sources={name: replace(source, published="2020-05-31") for name, source in SOURCES.items()}),
)
PASSES = (
    a_base(an_entry(as_of="2020-06")),
    a_base(an_entry(as_of="2024", answer="Since 2024 the moon makes them.")),
    a_base(an_entry(as_of="2026-11"), sources={name: replace(source, published=None) for name, source in SOURCES.items()}),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        if entry.as_of and (newest := _newest(kb, entry)) and _later(entry.as_of, newest):
            fault = f"'{entry.id}' is dated {entry.as_of}, and the newest that it cites or names is of {newest}."
            yield place_of(entry, "as_of").problem(ID, fault, "Write the date of the newest fact, not the day of reading.", LEVEL)


def _newest(kb: KnowledgeBase, entry: Entry) -> str | None:
    """The newest date of its sources and its text; none if a source has no date, as the text may rest on that one."""
    published = [kb.sources[cited.id].published for cited in entry.sources if cited.id in kb.sources]
    if None in published:
        return None
    told = [day for _, text in texts(entry) for day in (*YEAR.findall(text), *named(text))]
    return max([*(day for day in published if day), *told], default=None)


def _later(day: str, other: str) -> bool:
    """Whether a day lies after another, as far as both are known."""
    known = min(len(day), len(other))
    return day[:known] > other[:known]
