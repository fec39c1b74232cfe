"""The questions of a base, each asked as if it did not stand there: what they tell of the matcher, without labelled rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.kinds import KINDS
from bot.matching.calibration import COMMON, PlattScaling, fitted
from bot.matching.candidates import find_without, span_of, target_of
from bot.matching.evidence import Evidence, weigh
from bot.matching.index import Index, Target
from bot.matching.query import Lexicon, Query, wording_query

MOST = 600
"""Questions that are left out for a fit at most, spread evenly over the base: enough for two numbers, and quick."""

FEWEST = 30
"""Questions that a fit of a base's own takes at least."""

OUTSIDE = 0.1
"""The share of messages out of scope that is reckoned with: for them the whole subject is left out."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A wording that was left out, whose it is, and the evidence for it: with its owner's other wordings, and without its subject."""

    wording: int
    target: Target
    query: Query
    inside: tuple[Evidence, ...]
    outside: tuple[Evidence, ...]

    @property
    def right(self) -> bool:
        return bool(self.inside) and self.inside[0].candidate.target.subject == self.target.subject


def questions(index: Index) -> list[int]:
    """The wordings of entries that have several."""
    spans = [span_of(number, index) for number, target in enumerate(index.targets) if KINDS[target.kind].is_entry]
    return [wording for first, last in spans if last - first > 1 for wording in range(first, last)]


def leave_out(wording: int, index: Index, lexicon: Lexicon, fit: PlattScaling = COMMON) -> LeftOut:
    """A wording asked as if it did not stand in the base."""
    query = wording_query(index.wordings[wording], lexicon)
    target = index.targets[target_of(wording, index)]
    found = find_without(wording, query, index)
    others = [candidate for candidate in found if candidate.target.subject != target.subject]
    return LeftOut(wording, target, query, weigh(found, fit), weigh(others, fit))


def calibrate(index: Index, lexicon: Lexicon) -> PlattScaling:
    """The fit of a base's score to its own questions; the common one if it has too few."""
    every = questions(index)
    step = max(1, -(-len(every) // MOST))
    rows = [row for wording in every[::step] for row in _rows(leave_out(wording, index, lexicon))] if len(every) >= FEWEST else []
    return fitted(*zip(*rows, strict=True)) if rows else COMMON


def _rows(item: LeftOut) -> Iterator[tuple[float, float, float]]:
    """(evidence, right, weight) of the best candidate in scope and out of scope."""
    yield item.inside[0].total if item.inside else 0.0, float(item.right), 1 - OUTSIDE
    yield item.outside[0].total if item.outside else 0.0, 0.0, OUTSIDE
