"""Finds signs of Markdown, HTML or templates in what is answered: they are shown as they were typed.

Why: a reader sees **bold**, [a link](https://example.org) or <b> instead of what was meant.

How to mend it: write plain text. An address of the web or of mail is made a link by itself; lists go under `points` or `steps`.

    wrong: See [our page](https://example.org/hours).
    right: See https://example.org/hours.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import Entry, KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry

ID = "raw-markup"
LEVEL: Level = "warning"

MARKUP = re.compile(
    r"\[[^\]\n]+\]\([^)\s]+\)|(?<!\w)(\*\*|__)(?=\S)[^\n]+?\1|</?(?:a|b|br|div|em|h\d|i|img|li|ol|p|span|strong|table|td|tr|u|ul)\b[^>]*>"
    r"|&(?:nbsp|amp|lt|gt|quot|#\d+);|\{\{.*?\}\}|(?m:^#{1,4} \S)",
    re.IGNORECASE,
)
"""Markdown's links, bold and headings; HTML's usual tags and entities; {{templates}}."""

FAILS = (
    a_base(an_entry(answer="See [our page](https://example.org/hours).")),
    a_base(an_entry(answer="The **moon** makes them.")),
    a_base(an_entry(more="The moon<br>makes&nbsp;them.")),
    a_base(an_entry(points=("Hello {{name}}",))),
)
PASSES = (
    a_base(an_entry()),
    a_base(an_entry(answer="See https://example.org/my__page [1]; 2 ** 3 is 8, a < b & c > d.")),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        marks = [(at, found[0]) for at, text in _texts(entry) for found in MARKUP.finditer(text)]
        for at, mark in marks[:1]:
            fault = f"'{entry.id}' is shown as typed: '{mark[:60]}'."
            yield place_of(entry, at).problem(ID, fault, "Write plain text; addresses become links by themselves.", LEVEL)


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    for key in ("question", "answer", "why", "remember", "more"):
        yield key, getattr(entry, key) or ""
    for key in ("points", "steps"):
        yield from ((f"{key}[{number}]", text) for number, text in enumerate(getattr(entry, key)))
