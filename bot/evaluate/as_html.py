"""What was measured -> one HTML page that needs nothing from elsewhere: pictures inside, a table beside each, no scripts."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from bot.english.tokens import safe
from bot.evaluate import plots
from bot.evaluate.as_text import COVERAGES, instead, number
from bot.evaluate.leave_one_out import Pair
from bot.evaluate.measure import OUTCOMES, by_kind, sums
from bot.evaluate.metrics import Figures, percent, risk_at
from bot.evaluate.summary import Section, Summary

MOST_ROWS = 30
"""Rows of a table of pairs."""

_NAMES = {
    "accuracy@1": "messages in scope whose top entry is right, %",
    "mrr": "mean reciprocal rank of the first right entry, %",
    "auroc": "pairs of a right and a wrong row in which the right one scores higher, %",
    "coverage@90": "messages that can be answered with 90 % of the answers right, %",
    "ece": "expected calibration error: how far score and share of right rows lie apart, points",
}

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
img { max-width: 100%; height: auto; background: #fff }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0 1rem }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #8888; text-align: right; vertical-align: top }
th:first-child, td:first-child, td.text, th.text { text-align: left }
"""


def as_html(summary: Summary) -> str:
    """The page."""
    parts = [f"<h1>How well the base answers</h1><p>Version {_text(summary.kb)} of the base.</p>", _limits(summary)]
    parts += [_outcomes(summary)] if summary.results else []
    parts += [_section(section) for section in summary.sections]
    parts += [_failures(summary)] if summary.results else []
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>factotum test</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n<body>'
        + "\n".join(filter(None, parts))
        + "</body></html>\n"
    )


def _limits(summary: Summary) -> str:
    rows = [(verdict.name, verdict.wanted, number(verdict.measured), "met" if verdict.met else "missed") for verdict in summary.verdicts]
    return "<h2>Limits</h2>" + _table(("limit", "wanted", "measured", ""), rows) if rows else ""


def _outcomes(summary: Summary) -> str:
    found = [*by_kind(summary.results).items(), *sums(summary.results).items()]
    rows = [(name, counts.total(), *(number(percent(counts[outcome], counts.total())) for outcome in OUTCOMES)) for name, counts in found]
    return "<h2>Outcomes by kind, %</h2>" + _table(("kind", "rows", *OUTCOMES), rows)


def _section(section: Section) -> str:
    found = section.figures
    told = [(f"{name}: {_NAMES[name]}", number(value)) for name, value in found.named().items()]
    parts = [f"<h2>{_text(section.title.capitalize())}: {found.rows}</h2>", _table(("figure", "value"), told)]
    return "\n".join([*parts, *(_pictures(section) if section.rows else ()), *(_confusion(section.pairs) if section.pairs else ())])


def _pictures(section: Section) -> Iterable[str]:
    found = section.figures
    yield "<h3>Risk and coverage</h3>"
    yield _picture(plots.risk_coverage(found), "Share of answers that are not right by share of messages answered; figures in the table.")
    yield _curve(found)
    yield "<h3>Scores of right and wrong</h3>"
    yield _picture(plots.scores(section.rows), "Histogram of the scores of right and of wrong top entries; figures in the table below.")
    yield "<h3>Calibration</h3>"
    yield _picture(plots.calibration(found), "Share of right rows by mean score; figures in the table.")
    yield _bins(found)


def _curve(found: Figures) -> str:
    points = [(coverage, risk_at(found.curve, coverage)) for coverage in COVERAGES]
    rows = [(coverage, number(point.risk), number(point.score)) for coverage, point in points if point]
    return _table(("answered, %", "not right, %", "least score"), rows)


def _bins(found: Figures) -> str:
    rows = [
        (f"{item.low:.0f} to {item.high:.0f}", item.right, item.rows - item.right, number(item.score), number(item.share))
        for item in found.bins
        if item.rows
    ]
    return _table(("score", "right", "not right", "mean score", "right, %"), rows)


def _confusion(pairs: Sequence[Pair]) -> Iterable[str]:
    yield "<h3>Confusion</h3>"
    yield _picture(plots.confusion(pairs), "How often an entry (row) is taken for another (column); figures in the table.")
    rows = [(pair.entry, pair.other, pair.times, ", ".join(pair.words), pair.example) for pair in pairs[:MOST_ROWS]]
    yield _table(("entry", "taken for", "times", "by the words", "for example"), rows)


def _failures(summary: Summary) -> str:
    rows = [
        (f"line {result.case.line}", result.outcome, result.case.message, instead(result))
        for result in summary.results
        if not result.as_wanted
    ]
    return "<h2>Rows that are not right</h2>" + _table(("row", "outcome", "message", "instead"), rows) if rows else ""


def _picture(draw: plots.Draw, about: str) -> str:
    return f'<img alt="{_text(about)}" src="data:image/svg+xml;base64,{b64encode(plots.svg(draw)).decode()}">'


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table that scrolls by itself on a narrow screen; texts stand left, numbers right."""
    cells = "".join(f'<th scope="col">{_text(name)}</th>' for name in head)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f'<div class="wide" tabindex="0"><table><thead><tr>{cells}</tr></thead>\n<tbody>{body}</tbody></table></div>'


def _cell(value: object) -> str:
    number_like = isinstance(value, int) or str(value).replace(".", "").isdigit()
    return f"<td>{_text(str(value))}</td>" if number_like else f'<td class="text">{_text(str(value))}</td>'


def _text(text: str) -> str:
    return escape(safe(text))
