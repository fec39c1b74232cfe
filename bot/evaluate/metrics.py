"""Scores and what was right -> the figures that matchers are compared by. Shares and scores are 0..100 everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
PRECISION = 90.0
"""The share of answers that must be right where coverage is told."""


@dataclass(frozen=True, slots=True)
class Row:
    """One message. score: that of its top entry (0..100; 0 if there is none). rank: the place of the first entry that is right, from 1;
    None if none was ranked. in_scope: whether some entry is right at all."""

    score: float
    rank: int | None
    in_scope: bool = True

    @property
    def right(self) -> bool:
        return self.rank == 1


@dataclass(frozen=True, slots=True)
class Point:
    """If only messages with a score of at least `score` are answered: the share that is (coverage, 0..100), and the share of those
    answers that is not right (risk, 0..100)."""

    score: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows with a score from `low` on to below `high` (the last bin holds 100): their number, how many are right and their mean
    score (0..100; 0 if there are none)."""

    low: float
    high: float
    rows: int
    right: int
    score: float

    @property
    def share(self) -> float:
        """How many of a hundred are right."""
        return percent(self.right, self.rows) or 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of some rows, 0..100; None where no row could tell."""

    rows: int
    accuracy: float | None
    mrr: float | None
    auroc: float | None
    coverage: float | None
    ece: float | None
    curve: tuple[Point, ...]
    bins: tuple[Bin, ...]

    def named(self) -> dict[str, float | None]:
        """The numbers by the names that people and files of limits call them."""
        return dict(zip(NAMES, (self.accuracy, self.mrr, self.auroc, self.coverage, self.ece), strict=True))


NAMES = ("accuracy@1", "mrr", "auroc", "coverage@90", "ece")


def figures(rows: Sequence[Row]) -> Figures:
    """Accuracy and MRR tell of the rows in scope, the others of all: to answer what is out of scope is never right."""
    curve, found = risk_coverage(rows), bins(rows)
    return Figures(
        len(rows),
        accuracy_at_1(rows),
        mean_reciprocal_rank(rows),
        auroc([row.score for row in rows if row.right], [row.score for row in rows if not row.right]),
        coverage_at(curve) if rows else None,
        calibration_error(found),
        curve,
        found,
    )


def percent(part: float, whole: float) -> float | None:
    """So many of a hundred; None of nothing."""
    return 100 * part / whole if whole else None


def accuracy_at_1(rows: Sequence[Row]) -> float | None:
    """The share of the rows in scope whose top entry is right, whether the bot would have answered or not."""
    inside = [row for row in rows if row.in_scope]
    return percent(sum(row.right for row in inside), len(inside))


def mean_reciprocal_rank(rows: Sequence[Row]) -> float | None:
    """The mean of 1 / rank over the rows in scope, nought where no right entry was ranked (E. Voorhees, TREC-8, 1999)."""
    inside = [row for row in rows if row.in_scope]
    return percent(sum(1 / row.rank for row in inside if row.rank), len(inside))


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float | None:
    """How often a right row scores higher than a wrong one, of all such pairs; a tie counts half. That is the area under the ROC curve
    (J. Hanley and B. McNeil, 1982), by ranks."""
    pairs = len(right) * len(wrong)
    ordered = sorted([(score, True) for score in right] + [(score, False) for score in wrong])
    above = below = 0.0
    for group in _ties(ordered):
        good = sum(item[1] for item in group)
        bad = len(group) - good
        above += good * (below + bad / 2)
        below += bad
    return percent(above, pairs)


def risk_coverage(rows: Sequence[Row]) -> tuple[Point, ...]:
    """The curve of risk by coverage (R. El-Yaniv and Y. Wiener, 2010): a point for each score from the highest down, as messages with
    the same score are answered together or not at all."""
    points: list[Point] = []
    answered = wrong = 0
    for group in reversed(_ties(sorted((row.score, row.right) for row in rows))):
        answered += len(group)
        wrong += sum(not right for _, right in group)
        points.append(Point(group[0][0], 100 * answered / len(rows), 100 * wrong / answered))
    return tuple(points)


def _ties(ordered: Sequence[tuple[float, bool]]) -> list[list[tuple[float, bool]]]:
    """The pairs in groups of the same score."""
    groups: list[list[tuple[float, bool]]] = []
    for item in ordered:
        if not groups or groups[-1][0][0] != item[0]:
            groups.append([])
        groups[-1].append(item)
    return groups


def coverage_at(curve: Sequence[Point], precision: float = PRECISION) -> float:
    """The largest share of messages that can be answered with at least so many of a hundred answers right (both 0..100)."""
    return max((point.coverage for point in curve if point.risk <= 100 - precision + 1e-9), default=0.0)


def risk_at(curve: Sequence[Point], coverage: float) -> Point | None:
    """The first point of the curve that covers so many of a hundred."""
    return next((point for point in curve if point.coverage >= coverage - 1e-9), None)


def bins(rows: Sequence[Row], number: int = BINS) -> tuple[Bin, ...]:
    """The rows in bins of equal width over the scores, lowest first."""
    groups: list[list[Row]] = [[] for _ in range(number)]
    for row in rows:
        groups[min(int(row.score * number / 100), number - 1)].append(row)
    width = 100 / number
    return tuple(
        Bin(at * width, (at + 1) * width, len(group), sum(row.right for row in group), _mean([row.score for row in group]))
        for at, group in enumerate(groups)
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def calibration_error(found: Sequence[Bin]) -> float | None:
    """The expected calibration error (C. Guo et al., 2017): how far mean score and share of right rows lie apart in a bin, in points,
    averaged over the rows."""
    rows = sum(item.rows for item in found)
    return sum(item.rows * abs(item.score - item.share) for item in found) / rows if rows else None
