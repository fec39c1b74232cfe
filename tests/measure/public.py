"""Our matcher and public baselines on the same question sets, in one run and one table.

    pip install '.[bench]'
    OPENBLAS_NUM_THREADS=1 python tests/measure/public.py FOLDER
    python tests/measure/public.py FOLDER --constants        (only COMMON of bot/matching/calibration.py, fitted anew)

FOLDER holds one folder a set: entries.jsonl with {"id", "questions", "answer"}, queries.jsonl with {"q", "id"} (id null: nothing answers
it: out of scope) or {"q", "accept"} (ids, any of which is right; none: out of scope). Every query is asked. Factotum gets the answers too,
where a set has them; the baselines match questions only. A top candidate is right if it is an entry wanted. Where a system has no
candidate, which is where nothing scores above 0, the score is 0 and wrong. The table has a part for each measure:

acc@1: share of the queries in scope whose top candidate is right, %; whatever its score.
balanced: mean of the share right and answered in scope and the share refused out of scope, %, for sets with at least 20 queries out of
    scope. Factotum by its own threshold (of the score of the top candidate), and by what bot.ask says: anything but an answer refuses.
    A baseline by the one threshold that is best on the other sets, on average; a set and the same with typos are no others.
AUROC: chance that a query whose top candidate is right scores higher than one whose is not (in or out of scope); pooled: over all rows.
coverage: largest share of all queries of a set that can be answered, from some score on, with at least 90 % of them right, %.

bot.ask: what became of the queries, %: of those in scope right, right or offered among the options, and answered wrongly; of those out of
    scope answered; and of all answers right.
ECE: how far Factotum's score/100 is from the share that is right, over all rows of a set, refused and out of scope included. Pooled over
    all sets that begin with "firstday" (bases as they are on their first day) and over all others.

Factotum's constants (in bot/matching, evidence.py and calibration.py) were chosen on public sets: where FOLDER holds the same ones,
they are not unseen.
Systems: see SYSTEMS. MiniLM takes part only where sentence-transformers and the model are installed; nothing is downloaded.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

from bot import Bot
from bot.matching import query
from bot.matching.match import match

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Found = tuple[str | None, float]
"""The id of the top candidate (None: there is none) and its score."""

FEWEST_OUTSIDE = 20
PRECISION = 0.9
BINS = 10
POOLED = "pooled"
FIRST_DAY = "firstday"
MODEL = "sentence-transformers/all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Phrases, each with the id it leads to, the answers of ids, and queries, each with the ids wanted (none: out of scope)."""

    name: str
    phrases: list[str]
    targets: list[str]
    queries: list[str]
    wanted: list[frozenset[str]]
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What a system makes of a set, a value for each query: the score, whether what it found is right, and whether it is out of scope."""

    score: Floats
    right: Bools
    outside: Bools


@dataclass(frozen=True, slots=True)
class Own:
    """What Factotum makes of a set: the top candidates, with the evidence for each and the threshold of the base; and the replies, which
    score 1 if they answer, else 0, with whether each `offered` what is wanted among its options."""

    top: Result
    evidence: Floats
    threshold: float
    replies: Result
    offered: Bools


Results = Mapping[str, Result]
"""By the name of the set."""

Values = Mapping[str, float]
"""What a line of the table tells, by the name of the set or POOLED."""

T = TypeVar("T")


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def read(folder: Path) -> QuestionSet:
    entries, queries = lines(folder / "entries.jsonl"), lines(folder / "queries.jsonl")
    phrases = [phrase for row in entries for phrase in row["questions"]]
    targets = [row["id"] for row in entries for _ in row["questions"]]
    wanted = [frozenset(row["accept"] if "accept" in row else filter(None, [row["id"]])) for row in queries]
    answers = {row["id"]: row.get("answer") or "-" for row in entries}
    return QuestionSet(folder.name, phrases, targets, [row["q"] for row in queries], wanted, answers)


def result(found: Sequence[Found], wanted: Sequence[frozenset[str]]) -> Result:
    right = [name in wish for (name, _), wish in zip(found, wanted, strict=True)]
    return Result(np.array([score for _, score in found]), np.array(right), np.array([not wish for wish in wanted]))


# The systems: a set -> for each query what is found.


def factotum(given: QuestionSet) -> Own:
    questions: dict[str, list[str]] = {}
    for target, phrase in zip(given.targets, given.phrases, strict=True):
        questions.setdefault(target, []).append(phrase)
    bot = Bot.from_entries([{"id": name, "questions": phrases, "answer": given.answers[name]} for name, phrases in questions.items()])
    rows = [considered(bot, text) for text in given.queries]
    tops, evidence, replied, options = zip(*rows, strict=True)
    offered = [bool(wanted & names) for names, wanted in zip(options, given.wanted, strict=True)]
    return Own(result(tops, given.wanted), np.array(evidence), bot.limits.threshold, result(replied, given.wanted), np.array(offered))


def considered(bot: Bot, text: str) -> tuple[Found, float, Found, frozenset[str]]:
    """The matcher's top candidate, the evidence for it, and the first answer and the options of the reply as bot.ask gives it."""
    reply = bot.ask(text)
    replied: Found = (reply.answers[0].id, 1.0) if reply.answers else (None, 0.0)
    options = frozenset(option.id for option in reply.options)
    evidence = match(query.read(text, bot.lexicon), bot.matcher).evidence
    if not evidence:
        return (None, 0.0), 0.0, replied, options
    top = evidence[0]
    return (top.candidate.target.id, top.score), top.total, replied, options


def nearest(likeness: Floats, targets: Sequence[str]) -> list[Found]:
    """What is found by likeness (a row for each query, a column for each phrase); of equal ones the first."""
    return [
        (targets[at], float(row[at])) if row[at] > 0 else (None, 0.0) for row, at in zip(likeness, likeness.argmax(axis=1), strict=True)
    ]


def fuzzy(given: QuestionSet, scorer: Callable[..., float]) -> list[Found]:
    """rapidfuzz, case and punctuation aside."""
    likeness = process.cdist(given.queries, given.phrases, scorer=scorer, processor=utils.default_process, dtype=np.float64)
    return nearest(likeness, given.targets)


def bm25(given: QuestionSet) -> list[Found]:
    """bm25s as it comes (Lucene's formula, k1 1.5, b 0.75, English stop words) with the stems of PyStemmer."""
    tokens = partial(bm25s.tokenize, stemmer=Stemmer.Stemmer("english"), show_progress=False)
    index = bm25s.BM25()
    index.index(tokens(given.phrases), show_progress=False)
    places, scores = index.retrieve(tokens(given.queries), k=1, show_progress=False)
    found = zip(places[:, 0].tolist(), scores[:, 0].tolist(), strict=True)
    return [(given.targets[place], score) if score > 0 else (None, 0.0) for place, score in found]


def features() -> Any:
    """TF-IDF of words and pairs beside that of characters within words, two to five of them; otherwise as scikit-learn has it."""
    words, ngrams = TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))
    return FeatureUnion([("words", words), ("pieces", ngrams)])


def tfidf(given: QuestionSet) -> list[Found]:
    made = features().fit(given.phrases)
    return nearest(cosine_similarity(made.transform(given.queries), made.transform(given.phrases)), given.targets)


def margins(given: QuestionSet) -> list[Found]:
    """A linear support vector machine, one entry against the rest: its decision margin, which may be below 0."""
    model = make_pipeline(features(), LinearSVC(random_state=0)).fit(given.phrases, given.targets)
    found = np.asarray(model.decision_function(given.queries))
    found = found if found.ndim == 2 else np.column_stack([-found, found])
    return [(str(model.classes_[row.argmax()]), float(row.max())) for row in found]


@cache
def encoder() -> Any:
    """MiniLM, or None if it is not installed here."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(MODEL, local_files_only=True)
    except (ImportError, OSError):
        return None


def minilm(given: QuestionSet) -> list[Found]:
    encode = partial(encoder().encode, normalize_embeddings=True, show_progress_bar=False)
    return nearest(np.asarray(encode(given.queries) @ encode(given.phrases).T), given.targets)


FACTOTUM = "factotum"
MINILM = "MiniLM, nearest phrase"
SYSTEMS: dict[str, Callable[[QuestionSet], list[Found]]] = {
    "rapidfuzz token_set_ratio, best phrase": partial(fuzzy, scorer=fuzz.token_set_ratio),
    "rapidfuzz WRatio, best phrase": partial(fuzzy, scorer=fuzz.WRatio),
    "bm25s with stemming, best phrase": bm25,
    "TF-IDF words + chars, nearest phrase": tfidf,
    "the same features, LinearSVC": margins,
    MINILM: minilm,
}


# The measures.


def accuracy(results: Results) -> Values:
    return {name: 100 * float(item.right[~item.outside].mean()) for name, item in results.items()}


def balanced(item: Result, cuts: Floats) -> Floats:
    """For each cut, of which scores from it on are answered, the mean of right and answered in scope and refused out of scope, %."""
    right, outside = np.sort(item.score[item.right]), np.sort(item.score[item.outside])
    answered = (len(right) - right.searchsorted(cuts)) / (~item.outside).sum()
    return np.asarray(50 * (answered + outside.searchsorted(cuts) / len(outside)))


def with_outside(results: Results) -> Results:
    """The results of sets with enough queries out of scope to measure refusing."""
    return {name: item for name, item in results.items() if item.outside.sum() >= FEWEST_OUTSIDE}


def balanced_at(results: Results, thresholds: Mapping[str, float]) -> Values:
    """Balanced accuracy by the threshold of each set."""
    return {
        name: float(balanced(item, np.array([thresholds[name]]))[0]) for name, item in with_outside(results).items() if name in thresholds
    }


def family(name: str) -> str:
    """What sets share that are made of the same questions."""
    return name.removesuffix("_typo")


def learnt(results: Results) -> Mapping[str, float]:
    """For each set the threshold learnt on the sets of other families: the score with the best mean balanced accuracy (the lowest of
    several); none if there are no others."""
    thresholds: dict[str, float] = {}
    for name in results:
        others = [item for other, item in with_outside(results).items() if family(other) != family(name)]
        if others:
            cuts = np.unique(np.concatenate([item.score for item in others]))
            thresholds[name] = float(cuts[np.mean([balanced(item, cuts) for item in others], axis=0).argmax()])
    return thresholds


def auroc(item: Result) -> float:
    """Area under the ROC curve: chance that a right answer scores higher than a wrong one (J. A. Hanley and B. J. McNeil, 1982)."""
    return float(roc_auc_score(item.right, item.score)) if 0 < item.right.sum() < len(item.right) else float("nan")


def aurocs(results: Results) -> Values:
    return {**{name: auroc(item) for name, item in results.items()}, POOLED: auroc(pooled(results))}


def pooled(results: Results) -> Result:
    """The rows of all sets as one."""
    every = results.values()
    return Result(*(np.concatenate([getattr(item, part) for item in every]) for part in ("score", "right", "outside")))


def coverage(item: Result) -> float:
    """The largest share of queries, %, that can be answered at PRECISION (R. El-Yaniv and Y. Wiener, 2010: one point of the risk-coverage
    curve). No threshold parts equal scores."""
    order = np.argsort(-item.score, kind="stable")
    right, answered = item.right[order].cumsum(), np.arange(1, len(order) + 1)
    ends = np.append(np.diff(item.score[order]) != 0, True)
    return 100 * float(answered[ends & (right >= PRECISION * answered)].max(initial=0)) / len(order)


def coverages(results: Results) -> Values:
    return {name: coverage(item) for name, item in results.items()}


def decisions(own: Mapping[str, Own]) -> Mapping[str, Values]:
    """What became of the queries of each set."""
    found: dict[str, dict[str, float]] = {}
    for name, item in own.items():
        replies, inside = item.replies, ~item.replies.outside
        answered = replies.score > 0
        helped = replies.right | (item.offered & ~answered)
        shares = {
            "right": replies.right[inside],
            "right or offered": helped[inside],
            "wrong": (answered & ~replies.right)[inside],
            "out of scope answered": answered[~inside],
            "of answers right": replies.right[answered],
        }
        for share, rows in shares.items():
            found.setdefault(share, {})[name] = 100 * float(rows.mean()) if len(rows) else float("nan")
    return found


def errors(tops: Results) -> Values:
    """The ECE of each set, and pooled over first-day bases and over the others."""
    groups = {"first-day bases": [name for name in tops if name.startswith(FIRST_DAY)]}
    groups["other sets"] = [name for name in tops if name not in groups["first-day bases"]]
    return {name: ece(item) for name, item in tops.items()} | {
        title: ece(pooled({name: tops[name] for name in names})) for title, names in groups.items() if names
    }


def ece(item: Result) -> float:
    """Expected calibration error in BINS bins of equal width: the mean over rows of |share right - mean score| of their bin (M. P. Naeini,
    G. F. Cooper and M. Hauskrecht, 2015; C. Guo et al., 2017, equation 3)."""
    chance = item.score / 100
    bins = np.clip(np.ceil(chance * BINS) - 1, 0, BINS - 1).astype(int)
    return float(np.abs(np.bincount(bins, item.right - chance)).sum() / len(chance))


# The run, and what it prints.


def timed(system: str, given: QuestionSet, run: Callable[[QuestionSet], T]) -> T:
    """What a system makes of a set; a line on stderr tells that it is done."""
    start = time.perf_counter()
    made = run(given)
    print(f"{system}: {given.name}, {len(given.queries)} queries, {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return made


def baselines(sets: Sequence[QuestionSet]) -> dict[str, Results]:
    """Name of a system -> its results; only of the systems that are there."""
    there = {name: run for name, run in SYSTEMS.items() if name != MINILM or encoder() is not None}
    return {name: {given.name: result(timed(name, given, run), given.wanted) for given in sets} for name, run in there.items()}


def table(own: Mapping[str, Own], others: Mapping[str, Results]) -> Iterator[str]:
    """The lines of the table."""
    tops = {name: item.top for name, item in own.items()}
    systems = {FACTOTUM: tops, **others}
    refusing = {
        f"{FACTOTUM}, top score, own threshold": balanced_at(tops, {name: item.threshold for name, item in own.items()}),
        f"{FACTOTUM}, bot.ask": balanced_at({name: item.replies for name, item in own.items()}, dict.fromkeys(own, 1.0)),
        **{name: balanced_at(results, learnt(results)) for name, results in others.items()},
    }
    yield from part("acc@1, %", {name: accuracy(results) for name, results in systems.items()}, [*own], 1)
    yield from part("balanced, %", refusing, [*own], 1)
    yield from part("AUROC", {name: aurocs(results) for name, results in systems.items()}, [*own], 3)
    yield from part("bot.ask, %", decisions(own), [*own], 1)
    calibration = errors(tops)
    yield from part("ECE", {FACTOTUM: calibration}, [*calibration], 3)
    yield from part("coverage at 90 % precision, %", {name: coverages(results) for name, results in systems.items()}, [*own], 1)


def part(title: str, rows: Mapping[str, Values], sets: Sequence[str], digits: int) -> Iterator[str]:
    """The lines for one measure: its name and those of the sets, then a line for each system; "-" where there is no value."""
    columns = [*sets, POOLED] if any(POOLED in values for values in rows.values()) else sets
    yield f"{title:<40}" + "".join(f"  {name}" for name in columns)
    for system, values in rows.items():
        cells = ((name, values.get(name, float("nan"))) for name in columns)
        yield f"{system:<40}" + "".join(f"  {'-' if np.isnan(value) else f'{value:.{digits}f}':>{len(name)}}" for name, value in cells)
    yield ""


def constants(own: Mapping[str, Own]) -> str:
    """COMMON as fitted to all sets together, each counting alike."""
    evidence = np.concatenate([item.evidence for item in own.values()])
    right = np.concatenate([item.top.right for item in own.values()]).astype(float)
    weights = np.concatenate([np.full(len(item.evidence), 1000 / len(item.evidence)) for item in own.values()])
    offset, slope = fitted(evidence, right, weights)
    return f"COMMON = Fit({offset:.2f}, {slope:.2f})"


def fitted(evidence: Floats, right: Floats, weights: Floats, rounds: int = 30) -> Floats:
    """Offset and slope of a logistic regression of right on evidence, by Newton's method with a small ridge."""
    inputs = np.column_stack([np.ones(len(evidence)), evidence])
    slopes = np.zeros(2)
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-inputs @ slopes))
        gradient = inputs.T @ (weights * (right - chance)) - 0.1 * slopes
        curvature = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + 0.1 * np.eye(2)
        slopes = slopes + np.linalg.solve(curvature, gradient)
    return slopes


def main(folder: Path, only_constants: bool) -> None:
    sets = [read(path.parent) for path in sorted(folder.glob("*/entries.jsonl"))]
    own = {given.name: timed(FACTOTUM, given, factotum) for given in sets}
    if only_constants:
        print(constants(own))
        return
    for line in table(own, baselines(sets)):
        print(line)
    every = pooled({name: item.top for name, item in own.items()})
    print(f"{FACTOTUM}, pooled: ECE {ece(every):.3f}, AUROC {auroc(every):.3f}, {len(every.score)} rows")
    if encoder() is None:
        print(f"{MINILM}: not installed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Factotum and public baselines on public question sets.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--constants", action="store_true", help="only fit COMMON of bot/matching/calibration.py anew")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.constants)
