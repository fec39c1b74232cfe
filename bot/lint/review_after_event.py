"""Finds entries that name a month after their as_of and are not to be reviewed by then.

Why: what an event can change is to be looked at before the event is over; afterwards the answer is told as if it were still to come.

How to mend it: set review_by to a day before the event.

    wrong: The next meeting is due in March 2021.   review_by: 2027-05-31
    right: The next meeting is due in March 2021.   review_by: 2021-03-01
"""

from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.dates import named, texts
from bot.lint.examples import a_base, an_entry

ID = "review-after-event"
LEVEL: Level = "warning"

_TOLD = "The next meeting is due in March 2021."
FAILS = (
    a_base(an_entry(answer=_TOLD, as_of="2020", review_by="2027-05-31")),
    a_base(an_entry(answer=_TOLD, as_of="2020")),
)
PASSES = (
    a_base(an_entry(answer=_TOLD, as_of="2020", review_by="2021-03-01")),
    a_base(an_entry(answer=_TOLD, as_of="2021-03", review_by="2027-05-31")),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        told = {day[:7] for _, text in texts(entry) for day in named(text)}
        for event in sorted(month for month in told if entry.as_of and month > entry.as_of):
            if (entry.review_by or "9")[:7] > event:
                fault = f"'{entry.id}' names {event}, which lies after its date, and is to be reviewed {entry.review_by or 'on no day'}."
                yield place_of(entry, "review_by" if entry.review_by else "as_of").problem(ID, fault, "Set a day before the event.", LEVEL)
