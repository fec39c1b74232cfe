"""A report -> one JSON object, with the names of report.Report; days and times as ISO 8601 has them."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.reporting.period import Period
from bot.reporting.report import Counts, Report
from bot.reporting.words import how_estimated


def as_json(report: Report) -> str:
    """The object, with the way in which `saved` is estimated."""
    found = asdict(report) | {name: _period(getattr(report, name)) for name in ("period", "before")}
    found["now"]["asked"], found["then"]["asked"] = report.now.asked, report.then.asked
    for name in ("channels", "hours", "days"):
        for values, line in zip(found[name], getattr(report, name), strict=True):
            _with_sum(values["now"], line.now)
            _with_sum(values["then"], line.then)
    found["saved"]["how"] = how_estimated(report.saved)
    return json.dumps({"report": 1, **found}, indent=2, ensure_ascii=False, default=_plain)


def _with_sum(values: dict[str, Any], counts: Counts) -> None:
    values["asked"] = counts.asked


def _period(period: Period | None) -> dict[str, Any] | None:
    return (
        None
        if period is None
        else {"first": period.first, "last": period.last, "zone": period.zone.key, "start": period.start, "end": period.end}
    )


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
