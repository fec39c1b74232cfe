"""A report -> its pictures, drawn by matplotlib as SVG (bot/evaluate/plots.py). Every picture stands beside a table of the same figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.evaluate.plots import Draw
from bot.reporting.report import Line, Report
from bot.reporting.words import NAMES, SHARED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NOW, _THEN = "#0072b2", "#e69f00"  # told apart whatever colours one sees (M. Okabe and K. Ito, 2008)
_WIDTH = 0.4
_MOST_NAMES = 16


def days(report: Report) -> Draw:
    """Questions by day, beside the day that has its place in the period before."""
    return _bars([line.name[:10] for line in report.days], report.days, report, "day")


def hours(report: Report) -> Draw:
    """Questions by hour of the day."""
    return _bars([line.name for line in report.hours], report.hours, report, "hour of the day")


def outcomes(report: Report) -> Draw:
    """What became of the questions, as shares."""
    rows = [("now", report.now, _NOW), *([("before", report.then, _THEN)] if report.before else [])]

    def draw(axes: "Axes") -> None:
        for place, (name, counts, colour) in enumerate(rows):
            shares = [counts.share(part) or 0 for part in SHARED]
            axes.barh([at + place * _WIDTH for at in range(len(SHARED))], shares, _WIDTH, color=colour, label=name)
        axes.set_yticks([at + _WIDTH * (len(rows) - 1) / 2 for at in range(len(SHARED))], [NAMES[part] for part in SHARED])
        axes.invert_yaxis()
        axes.set(xlabel="questions, %", xlim=(0, 100))
        axes.legend()

    return draw


def _bars(names: Sequence[str], lines: Sequence[Line], report: Report, label: str) -> Draw:
    def draw(axes: "Axes") -> None:
        at = range(len(lines))
        axes.bar([place - _WIDTH / 2 for place in at], [line.now.asked for line in lines], _WIDTH, color=_NOW, label="now")
        if report.before:
            axes.bar([place + _WIDTH / 2 for place in at], [line.then.asked for line in lines], _WIDTH, color=_THEN, label="before")
        step = max(1, -(-len(lines) // _MOST_NAMES))
        axes.set_xticks(list(at)[::step], list(names)[::step], rotation=45)
        axes.set(xlabel=label, ylabel="questions", ylim=(0, max(1, *(max(line.now.asked, line.then.asked) for line in lines)) * 1.1))
        axes.legend()

    return draw
