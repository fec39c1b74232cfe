"""Candidates -> evidence in readable parts, and a score (0..100) made of it with fixed constants.

The constants were fitted once, by logistic regression on public question sets (tests/measure/fit.py prints them); they are the
same for every knowledge base. Until a base has a fit of its own the score orders and cuts, but it is no probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.candidates import Candidate
from bot.index import Index, rarest, term_weight
from bot.query import Query, Words

INTERCEPT = -3.2
SIMILARITY = 2.0
LEAD = 13.5
COVERAGE = 2.8

NAMESAKE = 0.75
"""How similar an entry must be, as a share, to be preferred to something outside the base that explains no more of the query."""

UNNAMED = 10.0
"""The highest score of an entry that does not name what the message names (another organisation, say)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate. All parts are shares of one; `lead` can be negative.

    similarity: likeness to its wordings.
    lead: its similarity less that of the best candidate of another subject.
    coverage: share of the query's weight that the candidate's wordings hold.
    unknown: share of the query's weight that no wording of the base holds.
    unnamed: the message names something that the candidate does not.
    """

    candidate: Candidate
    similarity: float
    lead: float
    coverage: float
    unknown: float
    unnamed: bool
    score: float


def weigh(query: Query, candidates: Sequence[Candidate], index: Index) -> tuple[Evidence, ...]:
    """The evidence of each candidate that is not excluded, best first: by score, then by id."""
    allowed = [candidate for candidate in candidates if candidate.excluded_by is None]
    rivals = _without_namesakes(query, allowed, index)
    found = [_weigh(query, candidate, rivals, index) for candidate in rivals]
    return tuple(sorted(found, key=lambda evidence: (-evidence.score, evidence.candidate.owner.id)))


def _without_namesakes(query: Query, candidates: Sequence[Candidate], index: Index) -> list[Candidate]:
    """The candidates less those outside the base where the best entry is nearly as similar and accounts for as much of the query.

    "What is the CCF" fits the bank of that name as well as the commission: only words that the entry cannot explain tell them apart.
    """
    best = next((candidate for candidate in candidates if candidate.owner.kind in ("faq", "myth")), None)
    if best is None:
        return list(candidates)
    held = coverage(query.readings[best.reading], best, index)

    def namesake(candidate: Candidate) -> bool:
        near = best.similarity >= NAMESAKE * candidate.similarity
        return candidate.owner.kind == "outside" and near and coverage(query.readings[candidate.reading], candidate, index) <= held

    return [candidate for candidate in candidates if not namesake(candidate)]


def _weigh(query: Query, candidate: Candidate, rivals: Sequence[Candidate], index: Index) -> Evidence:
    reading = query.readings[candidate.reading]
    parts = (candidate.similarity, lead(candidate, rivals), coverage(reading, candidate, index))
    unnamed = not all(_holds(candidate, name, index) for name in query.names)
    score = logistic(*parts)
    return Evidence(candidate, *parts, unknown(reading, index), unnamed, min(score, UNNAMED) if unnamed else score)


def logistic(similarity: float, lead: float, coverage: float) -> float:
    """The score (0..100) of the three parts (logistic regression: D. R. Cox, 1958)."""
    total = INTERCEPT + SIMILARITY * similarity + LEAD * lead + COVERAGE * coverage
    return 100 / (1 + math.exp(-total))


def lead(candidate: Candidate, rivals: Sequence[Candidate]) -> float:
    """Own similarity less the best of the candidates of other subjects (-1..1)."""
    others = [rival.similarity for rival in rivals if rival.owner.subject != candidate.owner.subject]
    return candidate.similarity - max(others, default=0.0)


def coverage(reading: Words, candidate: Candidate, index: Index) -> float:
    """Share of the reading's weight (rarity) whose stems stand in some wording of the candidate (0..1)."""
    weights = _weights(reading, index)
    held = sum(weight for term, weight in weights.items() if _holds(candidate, (term,), index))
    return held / (sum(weights.values()) or 1.0)


def unknown(reading: Words, index: Index) -> float:
    """Share of the reading's weight (rarity) whose stems stand in no wording of the base (0..1)."""
    weights = _weights(reading, index)
    return sum(weight for term, weight in weights.items() if term not in index.words.terms) / (sum(weights.values()) or 1.0)


def unknown_words(reading: Words, index: Index) -> tuple[str, ...]:
    """The stems of a reading that stand in no wording of the base, in order."""
    return tuple(term for term in dict.fromkeys(reading) if term not in index.words.terms)


def _weights(reading: Words, index: Index) -> dict[str, float]:
    most = rarest(len(index.owners))
    return {term: term_weight(index.words, term, most) for term in dict.fromkeys(reading)}


def _holds(candidate: Candidate, stems: Words, index: Index) -> bool:
    """Whether every one of the stems stands in some wording of the candidate."""
    for stem in stems:
        number = index.words.terms.get(stem)
        if number is None:
            return False
        postings = index.words.owners
        rows = postings.rows[postings.starts[number] : postings.starts[number + 1]]
        at = int(rows.searchsorted(candidate.number))
        if at == len(rows) or rows[at] != candidate.number:
            return False
    return True
