"""Candidates -> evidence in readable parts, and a score (0..100) made of it with fixed constants.

The constants were fitted once, by logistic regression on public question sets (tests/measure/fit.py prints them); they are the
same for every knowledge base. Until a base has a fit of its own the score orders and cuts, but it is no probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.candidates import Candidate
from bot.index import Index, rarest, term_weight
from bot.knowledge import ENTRY_KINDS
from bot.query import Query, Words

Weights = dict[str, float]

INTERCEPT = -1.6
STRENGTH = 2.2
LEAD = 17.4

UNCOVERED = 0.6
"""What is left of the similarity of a candidate that accounts for no word of the query."""

NAMESAKE = 0.75
"""How strong an entry must be, as a share, to be preferred to something outside the base that explains no more of the query."""

FAINT = 0.18
"""Under this strength a candidate is never answered: with no rival in sight the lead alone would carry it."""

FAINT_SCORE = 35.0
"""The highest score of a faint candidate."""

UNNAMED = 10.0
"""The highest score of an entry that does not name what the message names (another organisation, say)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate. All parts are shares of one; `lead` can be negative.

    similarity: likeness to its wordings.
    coverage: share of the query's weight that the candidate's wordings hold.
    strength: similarity, less what it owes to words beside those that the candidate does not hold.
    lead: its strength less that of the best candidate of another subject.
    unknown: share of the query's weight that no wording of the base holds.
    unnamed: the message names something that the candidate does not.
    """

    candidate: Candidate
    similarity: float
    coverage: float
    strength: float
    lead: float
    unknown: float
    unnamed: bool
    score: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what it accounts for and how strong that leaves it."""

    candidate: Candidate
    coverage: float
    strength: float


def weigh(query: Query, candidates: Sequence[Candidate], index: Index) -> tuple[Evidence, ...]:
    """The evidence of each candidate that is not excluded, best first: by score, then by id."""
    weights = [_weights(reading, index) for reading in query.readings]
    allowed = [_weighed(candidate, weights[candidate.reading], index) for candidate in candidates if candidate.excluded_by is None]
    strange = [unknown(weighed, index) for weighed in weights]
    rivals = _without_namesakes(allowed)
    found = [_evidence(query, item, rivals, strange[item.candidate.reading], index) for item in rivals]
    return tuple(sorted(found, key=lambda evidence: (-evidence.score, evidence.candidate.owner.id)))


def _weighed(candidate: Candidate, weights: Weights, index: Index) -> Weighed:
    held = coverage(weights, candidate, index)
    return Weighed(candidate, held, strength(candidate.similarity, held))


def _without_namesakes(candidates: Sequence[Weighed]) -> list[Weighed]:
    """The candidates less those outside the base where the best entry is nearly as strong and accounts for as much of the query.

    "What is the CCF" fits the bank of that name as well as the commission: only words that the entry cannot explain tell them apart.
    """
    entries = [item for item in candidates if item.candidate.owner.kind in ENTRY_KINDS]
    best = max(entries, key=lambda item: item.strength, default=None)

    def namesake(item: Weighed) -> bool:
        near = best is not None and best.strength >= NAMESAKE * item.strength and best.coverage >= item.coverage
        return item.candidate.owner.kind == "outside" and near

    return [item for item in candidates if not namesake(item)]


def _evidence(query: Query, item: Weighed, rivals: Sequence[Weighed], strange: float, index: Index) -> Evidence:
    ahead = lead(item, rivals)
    unnamed = not all(_holds(item.candidate, name, index) for name in query.names)
    score = min(logistic(item.strength, ahead), FAINT_SCORE if item.strength < FAINT else 100.0)
    parts = (item.candidate.similarity, item.coverage, item.strength, ahead, strange)
    return Evidence(item.candidate, *parts, unnamed, min(score, UNNAMED) if unnamed else score)


def logistic(strength: float, lead: float) -> float:
    """The score (0..100) of the two parts (logistic regression: D. R. Cox, 1958)."""
    total = INTERCEPT + STRENGTH * strength + LEAD * lead
    return 100 / (1 + math.exp(-total))


def strength(similarity: float, coverage: float) -> float:
    """Similarity, of which a share depends on how much of the query is accounted for (0..1)."""
    return similarity * (UNCOVERED + (1 - UNCOVERED) * coverage)


def lead(item: Weighed, rivals: Sequence[Weighed]) -> float:
    """Own strength less the best of the candidates of other subjects (-1..1)."""
    others = [rival.strength for rival in rivals if rival.candidate.owner.subject != item.candidate.owner.subject]
    return item.strength - max(others, default=0.0)


def coverage(weights: Weights, candidate: Candidate, index: Index) -> float:
    """Share of a reading's weight (stem -> rarity) whose stems stand in some wording of the candidate (0..1)."""
    held = sum(weight for term, weight in weights.items() if _holds(candidate, (term,), index))
    return held / (sum(weights.values()) or 1.0)


def unknown(weights: Weights, index: Index) -> float:
    """Share of a reading's weight (stem -> rarity) whose stems stand in no wording of the base (0..1)."""
    return sum(weight for term, weight in weights.items() if term not in index.words.terms) / (sum(weights.values()) or 1.0)


def unknown_words(reading: Words, index: Index) -> tuple[str, ...]:
    """The stems of a reading that stand in no wording of the base, in order."""
    return tuple(term for term in dict.fromkeys(reading) if term not in index.words.terms)


def _weights(reading: Words, index: Index) -> Weights:
    most = rarest(len(index.owners))
    return {term: term_weight(index.words, term, most) for term in dict.fromkeys(reading)}


def _holds(candidate: Candidate, stems: Words, index: Index) -> bool:
    """Whether every one of the stems stands in some wording of the candidate."""
    for stem in stems:
        owners = index.words.holders(stem)
        at = int(owners.searchsorted(candidate.number))
        if at == len(owners) or owners[at] != candidate.number:
            return False
    return True
