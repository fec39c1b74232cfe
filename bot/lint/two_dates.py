"""Finds one figure to which two answers give different dates.

Why: one of the two answers is wrong, or both are.

How to mend it: look the figure up, and give it the same date in both answers.

    in "size":    It has 196 member countries since November 2023.
    in "joining": It had 196 member countries in 2021.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import Entry, KnowledgeBase, place_of
from bot.lint.dates import YEAR, sentences, texts
from bot.lint.examples import a_base, an_entry

ID = "two-dates"
LEVEL: Level = "warning"

FIGURE = re.compile(r"\b(\d[\d,.]*\d) (?:(?:million|per cent|[a-z-]+) )?([a-z-]{4,})\b")

FAILS = (
    a_base(
        an_entry(id="size", answer="It has 196 member countries since November 2023."),
        an_entry(id="joining", answer="It had 196 member countries in 2021."),
    ),
)
PASSES = (
    a_base(
        an_entry(id="size", answer="It has 196 member countries since November 2023."),
        an_entry(id="joining", answer="It had 195 member countries in 2021."),
        an_entry(id="counting", answer="It had 196 member countries in 2023 and in 2025."),
    ),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    seen: dict[str, dict[str, tuple[Entry, str]]] = defaultdict(dict)
    for entry in kb.entries.values():
        for key, figure, year in _dated(entry):
            seen[figure].setdefault(year, (entry, key))
    for figure, years in seen.items():
        (first, (one, _)), *others = years.items()
        for year, (entry, key) in others:
            fault = f"'{entry.id}' gives {figure} for {year}, '{one.id}' for {first}."
            yield place_of(entry, key).problem(ID, fault, "Look up which date is right.", LEVEL)


def _dated(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """The key, figure and year of each sentence that names one year only."""
    for key, text in texts(entry):
        for sentence in sentences(text):
            years = set(YEAR.findall(sentence))
            if len(years) == 1:
                for number, noun in FIGURE.findall(sentence):
                    if not YEAR.fullmatch(number):
                        yield key, f"{number} {noun}", min(years)
