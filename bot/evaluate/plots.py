"""Figures -> pictures, drawn by matplotlib: SVG that needs nothing from elsewhere. matplotlib is imported only here, and only to draw."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bot.errors import UsageError
from bot.evaluate.leave_one_out import Pair
from bot.evaluate.metrics import Figures, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes"], None]

MOST_CONFUSED = 12
"""Entries in the picture of what is taken for what."""

_STYLE: dict[Any, Any] = {"svg.hashsalt": "factotum", "font.size": 12, "axes.grid": True, "grid.alpha": 0.3, "axes.axisbelow": True}
_INCHES = (6.4, 4.4)
_RIGHT, _WRONG = "#0072b2", "#d55e00"  # told apart whatever colours one sees (M. Okabe and K. Ito, 2008)


def require() -> None:
    """Raises UsageError if there is nothing to draw with."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise UsageError("--html draws with matplotlib, which is not installed. Run: pip install 'factotum-faq[report]'") from None


def svg(draw: Draw) -> bytes:
    """The picture that a function draws; the same input gives the same bytes."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=_INCHES, layout="constrained")
        draw(figure.add_subplot())
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def risk_coverage(found: Figures) -> Draw:
    """Risk by coverage, as steps: between two scores nothing else can be had."""

    def draw(axes: "Axes") -> None:
        axes.step([point.coverage for point in found.curve], [point.risk for point in found.curve], color=_RIGHT, where="post")
        axes.set(xlabel="messages answered, %", ylabel="answers not right, %", xlim=(0, 100), ylim=(0, None))

    return draw


def scores(rows: Sequence[Row]) -> Draw:
    """How often each score comes with a right and with a wrong top entry."""
    groups = [[row.score for row in rows if row.right is wanted] for wanted in (True, False)]

    def draw(axes: "Axes") -> None:
        axes.hist(groups, bins=20, range=(0, 100), color=[_RIGHT, _WRONG], label=["right", "not right"])
        axes.set(xlabel="score of the top entry", ylabel="messages", xlim=(0, 100))
        axes.legend()

    return draw


def calibration(found: Figures) -> Draw:
    """The share of right rows by mean score; on the dotted line the score tells the truth."""
    filled = [item for item in found.bins if item.rows]

    def draw(axes: "Axes") -> None:
        axes.plot([0, 100], [0, 100], ":", color="grey")
        axes.plot([item.score for item in filled], [item.share for item in filled], "o-", color=_RIGHT)
        axes.set(xlabel="mean score", ylabel="right, %", xlim=(0, 100), ylim=(0, 103))

    return draw


def confusion(pairs: Sequence[Pair]) -> Draw:
    """How often an entry (row) is taken for another (column), for the most frequent pairs."""
    shown = pairs[:MOST_CONFUSED]
    rows, columns = (list(dict.fromkeys(names)) for names in ([pair.entry for pair in shown], [pair.other for pair in shown]))
    times = {(pair.entry, pair.other): pair.times for pair in pairs}
    counts = [[times.get((row, column), 0) for column in columns] for row in rows]

    def draw(axes: "Axes") -> None:
        axes.imshow(counts, cmap="Blues", aspect="auto")
        axes.grid(visible=False)
        axes.set_xticks(range(len(columns)), columns, rotation=60, ha="right", fontsize=8)
        axes.set_yticks(range(len(rows)), rows, fontsize=8)
        middle = max(map(max, counts)) / 2
        for (row, column), count in {
            (rows.index(a), columns.index(b)): n for (a, b), n in times.items() if a in rows and b in columns
        }.items():
            axes.text(column, row, str(count), ha="center", va="center", color="white" if count > middle else "black", fontsize=8)

    return draw
