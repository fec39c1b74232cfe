"""Somebody asks for help that nobody gets here: to hide from the police, to forge papers.

Its words are those of people who were cheated by forgers, too: so it takes a higher score than an answer does.
"""

from bot.kinds.kind import Kind

KIND = Kind(
    name="declined",
    about="asks for help that nobody gets here",
    tells_against=True,
    reserve=True,
    form="wish",
    status="none",
    reason="declined",
)
