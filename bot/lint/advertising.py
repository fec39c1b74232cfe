"""Finds words of advertising in an answer, such as "free consultation", "our experts" or "success rate".

Why: an answer informs. Praise for somebody's services sends a worried person to whoever pays for it, and costs the bot its credit.

How to mend it: say what is so, and who says it, in neutral words.

    wrong: Our experts have a success rate of 90 %.
    right: By the firm's own account, most of its requests succeeded.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.errors import Level, Problem
from bot.knowledge import KnowledgeBase, place_of
from bot.lint.examples import a_base, an_entry

ID = "advertising"
LEVEL: Level = "warning"

WORDS = re.compile(
    r"free consultation|call us|contact us today|our (?:lawyers|experts|team|clients)|success rate|best (?:lawyers|law firm)"
    r"|no win,? no fee"
    r"|guaranteed|leading (?:law )?firm|trusted by|special offer|years of experience|click here",
    re.IGNORECASE,
)

FAILS = (
    a_base(an_entry(answer="Our experts have a success rate of 90 %.")),
    a_base(an_entry(answer="Call us for a free consultation.")),
)
PASSES = (
    a_base(an_entry()),
    a_base(an_entry(answer="Nobody can guarantee a result; there is no fee.")),
)


def check(kb: KnowledgeBase, today: date) -> Iterator[Problem]:
    for entry in kb.entries.values():
        for at in ("answer", "more", "why", "remember"):
            found = WORDS.search(getattr(entry, at) or "")
            if found:
                yield place_of(entry, at).problem(ID, f"'{entry.id}' advertises: '{found[0]}'.", "Say what is so, and who says it.", LEVEL)
