"""Any record with a text: rows of sheets (also the sheets that help desks export) and lines of JSON."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.triage.formats.fields import first, message, unmarked
from bot.triage.message import Found

_TEXTS = ("text", "message", "question", "query", "q", "description", "body", "content", "comment", "utterance")
_SUBJECTS = ("subject", "title", "summary")
_TIMES = ("created at", "created time", "date created", "created", "date", "time", "timestamp", "requested", "sent at", "received at")
_HTML = re.compile(r"</?(?:p|div|br|span|table|ul|ol|a|b|html)\b[^>]*>", re.I)


def messages(record: Mapping[str, Any], place: str) -> Iterator[Found] | None:
    fields = {re.sub(r"[\W_]+", " ", str(key)).strip().lower(): value for key, value in record.items()}
    words, subject = first(fields, _TEXTS), first(fields, _SUBJECTS)
    if not words and not subject:
        return None
    return iter((message(place, unmarked(words) if _HTML.search(words) else words, subject, first(fields, _TIMES)),))
