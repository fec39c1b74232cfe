"""Formats of archives, a module each: mail (mbox, EML), and records of help desks, sheets and JSON.

A module of records has `messages(record, place)`: what customers wrote in a record, or None if the record is not of its format. The first
that knows a record reads it, so `table`, which takes anything with a text, is the last.
"""

from collections.abc import Iterator
from typing import Any

from bot.imports.values import mapping
from bot.triage.formats import freshdesk, osticket, table, zammad, zendesk
from bot.triage.message import Found, Left

RECORDS = (zendesk, zammad, freshdesk, osticket, table)


def of_record(record: Any, place: str) -> Iterator[Found]:
    """What customers wrote in a record of any format; of one without a text, why. What was not read in the first place stays so."""
    if isinstance(record, Left):
        yield record
        return
    for module in RECORDS:
        found = module.messages(mapping(record), place)
        if found is not None:
            yield from found
            return
    yield Left(place, "unreadable", "no text of a customer is in it")
