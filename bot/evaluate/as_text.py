"""What was measured -> lines of text."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.english.tokens import safe
from bot.evaluate.leave_one_out import Pair
from bot.evaluate.measure import OUTCOMES, Result, by_kind, sums
from bot.evaluate.metrics import Figures, risk_at
from bot.evaluate.summary import OWN, Section, Summary

MOST_PAIRS = 20
COVERAGES = tuple(range(10, 101, 10))


def as_text(summary: Summary, *, with_failures: bool = False) -> str:
    """All that people are told of a run."""
    parts = [
        failures(summary.results) if with_failures else "",
        table(summary.results) if summary.results else "",
        stances(summary.results),
        *map(_section, summary.sections),
        *(f"line {case.line}: stands word for word among the alternates and measures nothing: {case.message}" for case in summary.seen),
        *map(str, summary.missed),
    ]
    return "\n".join(filter(None, parts)).lstrip("\n")


def table(results: Sequence[Result]) -> str:
    """Rows of each kind by outcome, in per cent, with the sums over rows in scope and out of scope."""
    head = f"{'kind':<14}{'rows':>6}" + "".join(f"{name:>12}" for name in OUTCOMES)
    lines = [_row(name, counts) for found in (by_kind(results), sums(results)) for name, counts in found.items()]
    return "\n".join([head, *lines])


def _row(name: str, counts: Counter[str]) -> str:
    rows = sum(counts.values())
    return f"{name:<14}{rows:>6}" + "".join(f"{100 * counts[outcome] / rows:>11.1f}%" for outcome in OUTCOMES)


def failures(results: Sequence[Result]) -> str:
    """Each case that is not right, with what was said instead."""
    return "\n".join(
        f"line {result.case.line}: {result.outcome}: {' '.join(result.case.message.split())[:100]}\n    {instead(result)}"
        for result in results
        if not result.as_wanted
    )


def instead(result: Result) -> str:
    """What was said to a case, and what it wanted."""
    return f"got {result.said}, wanted {result.case.accept_all or result.case.accept or 'no answer'}"


def stances(results: Sequence[Result]) -> str:
    """How many stances were right, of the answered rows that have one."""
    judged = [result.stance_right for result in results if result.stance_right is not None]
    return f"stance: {sum(judged)} of {len(judged)} right" if judged else ""


def _section(section: Section) -> str:
    """The figures of a section in one line, its two small tables and, of the left-out questions, the pairs."""
    own = section.title == OWN
    told = section.pairs[:MOST_PAIRS] if own else ()
    lines = [f"\n{section.title}, {section.figures.rows}: {in_words(section.figures)}", _curve(section.figures), _bins(section.figures)]
    return "\n".join([*lines, *([f"taken for another most often ({len(section.pairs)} pairs):"] if told else []), *map(pair_line, told)])


def in_words(found: Figures) -> str:
    """The figures in one line, of a hundred."""
    return ", ".join(f"{name} {number(value)}{'' if value is None else '%'}" for name, value in found.named().items())


def number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def pair_line(pair: Pair) -> str:
    """One pair with its words and an example."""
    words = f" by {', '.join(pair.words)}" if pair.words else ""
    return f"{pair.times:>5}  {pair.entry} -> {pair.other}{words}: {' '.join(safe(pair.example).split())[:100]}"


def _curve(found: Figures) -> str:
    """The risk at each tenth of the messages, the surest first."""
    points = [risk_at(found.curve, coverage) for coverage in COVERAGES]
    return "\n".join(
        [_line("% answered", COVERAGES), _line("% of them not right", (number(point.risk if point else None) for point in points))]
    )


def _bins(found: Figures) -> str:
    """What the scores promise and what holds, by bins of scores."""
    rows = {
        "score up to": (f"{item.high:.0f}" for item in found.bins),
        "messages": (item.rows for item in found.bins),
        "mean score": (number(item.score if item.rows else None) for item in found.bins),
        "% right": (number(item.share if item.rows else None) for item in found.bins),
    }
    return "\n".join(_line(name, cells) for name, cells in rows.items())


def _line(name: str, cells: Iterable[object]) -> str:
    return f"{name:<20}" + "".join(f"{cell!s:>7}" for cell in cells)
