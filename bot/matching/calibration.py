"""Evidence -> score: of the candidates with a score of 80, about 80 in a hundred are right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.knowledge import Settings
from bot.matching.sparse import Floats


@dataclass(frozen=True, slots=True)
class PlattScaling:
    """score = 100 / (1 + exp(-(offset + slope * evidence))): Platt's scaling (J. Platt, 1999). `rows` is the number of the base's own
    rows (questions left out, and questions that it has no answer to) that it was fitted to; 0: it is the one that bases have in common.
    `error` is how far the scores of rows that it was not fitted to lie from the share that is right, where they would be answered, with
    a standard error (0..1)."""

    offset: float
    slope: float
    rows: int = 0
    error: float = 1.0

    @property
    def calibrated(self) -> bool:
        """Whether the base's own questions bear out that scores are probabilities."""
        return self.rows > 0 and self.error <= MOST_ERROR


MOST_ERROR = 0.1
"""The error up to which scores may be called probabilities: of answers with a score of 80, 70 to 90 in a hundred are right."""

COMMON = PlattScaling(-1.2, 0.45)
"""Fitted to public question sets and bases of twenty entries made of them (tests/measure/public.py), with the share of messages out of
scope that leave_out reckons with. It stands for a base until it has a fit of its own, and weighs in that."""

COMMON_WEIGHT = 0.1
"""What the common fit weighs beside the average row of a base's own."""

ENOUGH = 3.5
NEARLY = 0.5
"""The evidence from which on an answer is given, or asked back, where the curator sets no limit in points of the score. With 3.5 bases of
twenty entries answer 56 % of what they hold rightly and 10 % of what they do not hold, with 3 58 and 14, with 4 52 and 9; of first-day
bases 93 % of what they hold is answered or offered with NEARLY at .5, 91 with 1: measured on the sets that they were chosen on."""

_ROUNDS = 30
_LEAST_STEP = 1e-9


@dataclass(frozen=True, slots=True)
class Limits:
    """What is in force, in points of the score: as in Settings."""

    threshold: float
    ask: float
    margin: float

    def above(self, share: float) -> float:
        """The score that lies a share (0..1) of the way from the threshold to 100: where a base sets another threshold, what asks for more
        than that moves with it."""
        return self.threshold + self.reach(share)

    def reach(self, share: float) -> float:
        """A share (0..1) of the points between the threshold and 100."""
        return share * (100.0 - self.threshold)


def limits(settings: Settings, fit: PlattScaling) -> Limits:
    """The limits of a base: what the curator set, or else what the base's fit makes of the common amounts of evidence."""
    threshold = score(ENOUGH, fit) if settings.threshold is None else settings.threshold
    ask = score(NEARLY, fit) if settings.ask is None else settings.ask
    return Limits(threshold, min(ask, threshold), settings.margin)


def score(evidence: float, fit: PlattScaling) -> float:
    """The score (0..100) of an amount of evidence."""
    return 100 / (1 + math.exp(-(fit.offset + fit.slope * evidence)))


def fitted(evidence: Sequence[float], right: Sequence[float], weights: Sequence[float]) -> PlattScaling:
    """The fit to rows of evidence, each right (1) or not (0), drawn towards the common one."""
    common = COMMON.offset + COMMON.slope * np.asarray(evidence)
    inputs, wanted, weight = np.column_stack([np.ones(len(common)), common]), np.asarray(right), np.asarray(weights) / sum(weights)
    values: Floats = np.array([0.0, 1.0])

    def loss(at: Floats) -> float:
        margin = np.where(wanted > 0.5, 1, -1) * (inputs @ at)
        return float(weight @ np.logaddexp(0, -margin) + COMMON_WEIGHT * ((at - [0.0, 1.0]) ** 2).sum())

    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-inputs @ values))
        gradient = inputs.T @ (weight * (wanted - chance)) - 2 * COMMON_WEIGHT * (values - [0.0, 1.0])
        curvature = (inputs * (weight * chance * (1 - chance))[:, None]).T @ inputs + 2 * COMMON_WEIGHT * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        while loss(values + step) > loss(values) and float(abs(step).max()) > _LEAST_STEP:
            step = step / 2  # far from the minimum a whole step may lead away from it
        values = values + step
    return PlattScaling(float(values[0] + values[1] * COMMON.offset), float(values[1] * COMMON.slope), len(common))


def checked(rows: Sequence[tuple[float, float, float]]) -> PlattScaling:
    """The fit to rows (evidence, right, weight) with its error: each half of the rows is scored by the fit to the other half."""
    halves = rows[::2], rows[1::2]
    fits = [fitted(*zip(*half, strict=True)) for half in reversed(halves)]
    answered = [(score(row[0], fit) / 100, *row[1:]) for half, fit in zip(halves, fits, strict=True) for row in half if row[0] >= ENOUGH]
    return replace(fitted(*zip(*rows, strict=True)), error=_error(np.array(answered).reshape(-1, 3)))


def _error(answered: Floats) -> float:
    """|mean score - share right| of rows (score, right, weight), and the standard error of that share."""
    scores, right, weights = answered.T
    if not len(answered):
        return 1.0
    share, rows = min(float(weights @ right / weights.sum()), 1.0), float(weights.sum() ** 2 / (weights @ weights))
    return abs(float(weights @ scores / weights.sum()) - share) + math.sqrt(share * (1 - share) / rows)
