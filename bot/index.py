"""A knowledge base -> arrays in which the similar wordings of a query are found at once.

Two views of every wording: its words (stems and pairs of neighbours) and its characters (pieces of 2 to 5 letters, which
forgive endings and typing errors). Both are TF-IDF vectors of length one (G. Salton and C. Buckley, 1988), but the rarity of
a term counts entries, not wordings: a word in many alternates of one entry is typical of it, not common. Each entry also
has a centroid for each view, the sum of its wordings' vectors (J. Rocchio, 1971).
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from bot.english import STOP_WORDS, stems
from bot.knowledge import ENTRY_KINDS, KnowledgeBase, subject_of
from bot.query import Words
from bot.synonyms import synonyms_of
from bot.text import plain_words

Placed = tuple[str, int]
Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int32]]

STOP_WEIGHT = 0.3
"""What a stop word or a placeholder counts beside a word of matter that is as rare: that a country is named says little."""

_PLACEHOLDER = re.compile(r"\{\w+\}")
_NOBODY = np.zeros(0, np.int32)
_STOP_STEMS = frozenset(stems(sorted(STOP_WORDS)))


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a wording leads to: an entry or a piece of small talk."""

    id: str
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term, the rows that hold it: rows[starts[t]:starts[t + 1]] with their weights."""

    starts: Ints
    rows: Ints
    weights: Floats
    size: int


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at wordings: term numbers, what each counts, and who holds them: row w for wording w, then, from `owners` on,
    a row for the centroid of each owner."""

    terms: dict[str, int]
    rarity: Floats
    postings: Postings
    owners: int

    def holders(self, term: str) -> Ints:
        """The numbers of the owners whose wordings hold a term, in order."""
        number = self.terms.get(term)
        if number is None:
            return _NOBODY
        rows = self.postings.rows[self.postings.starts[number] : self.postings.starts[number + 1]]
        found: Ints = rows[rows.searchsorted(self.owners) :].astype(np.int32) - self.owners
        return found


@dataclass(frozen=True, slots=True)
class Index:
    """Wordings are questions, alternates and claims; `lines` tell where each stands in its file (0: unknown).
    `first[o]` is the first wording of owner o; the wordings of an owner stand together. After all of them come the
    wordings that owners exclude: wording `len(wordings) - len(excludes) + n` is excluded by owner `excludes[n]`;
    `excludes` is in order."""

    owners: tuple[Owner, ...]
    wordings: tuple[str, ...]
    lines: Ints
    first: Ints
    excludes: tuple[int, ...]
    words: View
    chars: View


def word_terms(reading: Words) -> list[str]:
    """Stems, and pairs of neighbouring stems."""
    return [*reading, *(f"{left} {right}" for left, right in pairwise(reading))]


def char_terms(reading: Words) -> list[str]:
    """Every piece of 2 to 5 characters of each word, with its borders marked by a space; a placeholder is one piece."""
    found: list[str] = []
    for word in reading:
        if _PLACEHOLDER.fullmatch(word):
            found.append(word)
            continue
        padded = f" {word} "
        found.extend(padded[at : at + size] for size in range(2, 6) for at in range(len(padded) - size + 1))
    return found


def term_weight(view: View, term: str, unknown: float) -> float:
    """What a term counts: its rarity, less for stop words and placeholders; a term that no entry uses is as rare as can be."""
    number = view.terms.get(term)
    return float(view.rarity[number]) if number is not None else unknown * _share(term)


def _share(term: str) -> float:
    return STOP_WEIGHT if term in _STOP_STEMS or _PLACEHOLDER.fullmatch(term) else 1.0


def rarest(owners: int) -> float:
    """The rarity of a term that no owner uses: ln(1 + owners / 1)."""
    return math.log(1 + owners)


def build(kb: KnowledgeBase) -> Index:
    """The index of a base. It does not depend on the order of files, entries or alternates."""
    groups = _groups(kb)
    excluded = [(number, text) for number, (owner, _) in enumerate(groups) for text in _excluded(kb, owner)]
    wordings = [wording for _, group in groups for wording in group] + [(text, 0) for _, text in excluded]
    sizes = [len(group) for _, group in groups]
    synonyms = synonyms_of(kb.synonyms)
    readings = [synonyms.read(stems(plain_words(text)))[0] for text, _ in wordings]
    of_row = [number for number, size in enumerate(sizes) for _ in range(size)]
    return Index(
        owners=tuple(owner for owner, _ in groups),
        wordings=tuple(text for text, _ in wordings),
        lines=np.array([line for _, line in wordings], dtype=np.int32),
        first=np.cumsum([0, *sizes[:-1]], dtype=np.int32),
        excludes=tuple(number for number, _ in excluded),
        words=_view(readings, of_row, len(sizes), word_terms),
        chars=_view(readings, of_row, len(sizes), char_terms),
    )


def _groups(kb: KnowledgeBase) -> list[tuple[Owner, list[Placed]]]:
    """Owners in order of id, each with its wordings in order of their text."""
    found: dict[str, list[Placed]] = {}
    for entry in kb.entries.values():
        places = ["question", *(f"alternates[{number}]" for number in range(len(entry.alternates))), "claim"]
        found[entry.id] = [(text, entry.places.get(at, (0, 0))[0]) for text, at in zip(entry.questions, places, strict=False)]
    for entry in kb.entries.values():
        for exclusion in entry.exclusions:
            if exclusion.see in found:
                found[exclusion.see].append((exclusion.say, 0))
    groups = [(Owner(entry.id, entry.kind, subject_of(entry, kb.entries)), found[entry.id]) for entry in kb.entries.values()]
    for talk in kb.talk.values():
        groups.append((Owner(talk.id, talk.kind, talk.id), [(text, 0) for text in talk.alternates]))
    return [(owner, sorted(wordings)) for owner, wordings in sorted(groups, key=lambda group: group[0].id)]


def _excluded(kb: KnowledgeBase, owner: Owner) -> list[str]:
    entry = kb.entries.get(owner.id)
    return sorted(exclusion.say for exclusion in entry.exclusions) if entry and owner.kind in ENTRY_KINDS else []


def _view(readings: Sequence[Words], of_row: Sequence[int], owners: int, terms_of: Callable[[Words], list[str]]) -> View:
    counts = [Counter(terms_of(reading)) for reading in readings]
    holders: dict[str, set[int]] = {}
    for owner, count in zip(of_row, counts, strict=False):
        for term in count:
            holders.setdefault(term, set()).add(owner)
    terms = {term: number for number, term in enumerate(sorted({term for count in counts for term in count}))}
    rarity = np.array([_share(term) * math.log(1 + owners / max(len(holders.get(term, ())), 1)) for term in terms], dtype=np.float32)
    bare = View(terms, rarity, Postings(_NOBODY, _NOBODY, np.zeros(0, np.float32), 0), len(readings))
    vectors = [unit(bare, count, rarest(owners)) for count in counts]
    centroids: list[dict[int, float]] = [{} for _ in range(owners)]
    for owner, vector in zip(of_row, vectors, strict=False):
        for number, weight in vector.items():
            centroids[owner][number] = centroids[owner].get(number, 0.0) + weight
    postings = _postings([*vectors, *(_normal(vector) for vector in centroids)], len(terms))
    return View(terms, rarity, postings, len(readings))


def unit(view: View, count: Counter[str], unknown: float) -> dict[int, float]:
    """A vector of length one over the known terms; unknown terms have no place in it, but they make it shorter."""
    weights = {term: (1 + math.log(times)) * term_weight(view, term, unknown) for term, times in count.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {view.terms[term]: weight / length for term, weight in weights.items() if term in view.terms}


def _normal(vector: dict[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {number: weight / length for number, weight in vector.items()}


def _postings(vectors: Iterable[dict[int, float]], terms: int) -> Postings:
    rows: list[tuple[int, int, float]] = []
    size = 0
    for row, vector in enumerate(vectors):
        rows.extend((number, row, weight) for number, weight in vector.items())
        size = row + 1
    rows.sort()
    counts = np.bincount(np.array([number for number, _, _ in rows], dtype=np.int64), minlength=terms)
    starts: Any = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    # Half the bytes, where they suffice: the index is read at every start.
    kind: Any = np.uint16 if size < 2**16 else np.int32
    places: Any = np.array([row for _, row, _ in rows], dtype=kind)
    weights: Any = np.array([weight for _, _, weight in rows], dtype=np.float16)
    return Postings(starts, places, weights, size)


def similar(postings: Postings, vector: dict[int, float]) -> Floats:
    """Cosine of a unit vector with every row (0..1)."""
    if not vector:
        return np.zeros(postings.size, np.float32)
    numbers = np.fromiter(vector, np.int64, len(vector))
    weights = np.fromiter(vector.values(), np.float32, len(vector))
    starts = postings.starts[numbers].astype(np.int64)
    lengths = postings.starts[numbers + 1] - starts
    before = np.cumsum(lengths) - lengths
    places = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    found = np.bincount(postings.rows[places], postings.weights[places] * np.repeat(weights, lengths), postings.size)
    return found.astype(np.float32)
