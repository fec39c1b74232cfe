"""Somebody is in trouble (a missing child, blackmail, an arrest, a fraud): help comes first, unless an entry fits better.

A question is never trouble, it is told in statements.
"""

from bot.kinds.kind import Kind

KIND = Kind(
    name="trouble",
    about="needs help first, unless an entry fits better",
    helps=True,
    form="report",
    urgency=1,
    asked=False,
    reason="danger",
)
