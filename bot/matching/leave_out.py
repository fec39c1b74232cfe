"""The questions of a base, each asked as if it did not stand there: what they tell of the matcher, without labelled rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.english.stems import stems
from bot.kinds import KINDS
from bot.knowledge import OUTSIDE_KINDS
from bot.matching.calibration import COMMON, PlattScaling, checked
from bot.matching.candidates import find, find_without, span_of, target_of, wordings_of
from bot.matching.coverage import words_of_matter
from bot.matching.evidence import Evidence, weigh
from bot.matching.index import Index, Target
from bot.matching.query import Lexicon, Query, wording_query

MOST = 600
"""Questions that are left out for a fit at most, spread evenly over the base: enough for two numbers, and quick."""

STEP = 3
"""One in so many questions is asked with a replaced object, and one in so many of the list."""

Row = tuple[float, float]
"""The evidence for the best candidate, and whether it is right (1, else 0)."""

FEWEST = 30
"""Questions that a fit of a base's own takes at least."""

USUAL = 20
"""Entries of a base that would have an answer to half of what people ask: the more entries, the more. So a base of 20 reckons with half of
its messages out of scope, one of 200 with 9 %. Chosen with the shares below by the ECE of public sets and bases of twenty entries made of
them (from .060 and .107 at 10 to .050 and .092)."""

MOST_OUTSIDE = 1 / 2
"""The largest share of messages out of scope that is reckoned with: a base of four entries is asked about those."""

NEAR_MISSES = 0.8
REPLACED = 0.15
"""What counts as out of scope: of three kinds of questions these shares, and the rest the list of what hardly any base is about. A near
miss is a question whose whole subject is left out; one with a replaced object asks in the words of the base about something else. Near
misses are what people ask most of what a base does not hold."""

FOREIGN = "violin tractor volcano penguin wedding dentist telescope castle elephant perfume helicopter glacier guitar mortgage".split()
"""Objects that hardly any base is about, from many fields."""


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
    """The fit of a base's score to its own questions and to questions that it has no answer to; the common one if it has too few."""
    every = questions(index)
    if len(every) < FEWEST:
        return COMMON
    outside = min(MOST_OUTSIDE, 1 / (1 + sum(KINDS[target.kind].is_entry for target in index.targets) / USUAL))
    kinds = _rows(every[:: -(-len(every) // MOST)], index, lexicon)
    shares = (1 - outside, outside * NEAR_MISSES, outside * REPLACED, outside * (1 - NEAR_MISSES - REPLACED))
    return checked([(*row, share / len(kind)) for kind, share in zip(kinds, shares, strict=True) for row in kind])


def _rows(wordings: Sequence[int], index: Index, lexicon: Lexicon) -> tuple[list[Row], ...]:
    """Rows of four kinds: questions left out; near misses; questions with a replaced object; and what hardly any base is about."""
    left_out = [leave_out(wording, index, lexicon) for wording in wordings]
    replaced = [query for number, item in enumerate(left_out[::STEP]) if (query := _replaced(item.query, number, index, lexicon))]
    listed = [wording_query(text, lexicon) for text in list(wordings_of(OUTSIDE_KINDS, index))[::STEP]]
    return (
        [(item.inside[0].total if item.inside else 0.0, float(item.right)) for item in left_out],
        [(item.outside[0].total if item.outside else 0.0, 0.0) for item in left_out],
        [(_best_entry(query, index), 0.0) for query in replaced],
        [(_best_entry(query, index), 0.0) for query in listed],
    )


def _best_entry(query: Query, index: Index) -> float:
    """The evidence for the best entry."""
    return next((item.total for item in weigh(find(query, index), COMMON) if KINDS[item.candidate.target.kind].is_entry), 0.0)


def _replaced(query: Query, number: int, index: Index, lexicon: Lexicon) -> Query | None:
    """A question with its rarest word of matter replaced by one of the FOREIGN; None if it has none that the index knows."""
    known = [(word, index.stems.get(stem, -1)) for word, stem in zip(query.words, stems(query.words), strict=True)]
    rarity = {word: float(index.rarity[place]) for word, place in known if place >= 0 and words_of_matter([word])}
    if not rarity:
        return None
    rarest = max(rarity, key=lambda word: rarity[word])
    return wording_query(" ".join(FOREIGN[number % len(FOREIGN)] if word == rarest else word for word in query.words), lexicon)
