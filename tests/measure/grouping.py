"""Our groups of like questions beside agglomerative clustering, on public question sets whose labels neither sees, in one run.

    pip install '.[bench]'
    OPENBLAS_NUM_THREADS=1 python tests/measure/grouping.py FOLDER FOLDER FOLDER
    OPENBLAS_NUM_THREADS=1 python tests/measure/grouping.py FOLDER ... --many 100000

FOLDER holds queries.jsonl with {"q", "id"}: what was asked, and the entry that answers it. Queries without an id are left out. Those of an
entry should be one group: B-cubed F1 (Bagga and Baldwin 1998), the mean over the questions of how many of its group belong with it, and of
how many that belong with it are in its group.

The baseline is scikit-learn's agglomerative clustering with average linkage on its TF-IDF of words, at the one of 49 thresholds that is the
best for the set, which nobody without labels could know. Ours has one constant for all sets (bot/grouping/groups.py), chosen on clinc150,
stackfaq and askubuntu. Exit status 1 if ours is below TIMES the baseline on one of the sets.

--many: groups so many different questions, made of those of the sets by putting another word in place of one of theirs, and prints CPU
seconds and memory; exit status 1 over SECONDS or MEGABYTES.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.grouping.groups import grouped

TIMES = 1.15
SECONDS, MEGABYTES = 60, 1_000
THRESHOLDS = np.linspace(0.02, 0.98, 49)


def read(folder: Path) -> tuple[list[str], list[str]]:
    """The questions in scope and the id of each."""
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    told = [row for row in rows if row.get("id")]
    return [row["q"] for row in told], [row["id"] for row in told]


def b_cubed(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> float:
    """B-cubed F1 (0..1) of groups, each question's by its label."""
    both, own, right = Counter(zip(found, wanted, strict=True)), Counter(found), Counter(wanted)
    precision = sum(count * count / own[one] for (one, _), count in both.items()) / len(found)
    recall = sum(count * count / right[other] for (_, other), count in both.items()) / len(found)
    return 2 * precision * recall / (precision + recall)


def baseline(questions: Sequence[str], wanted: Sequence[str]) -> float:
    """B-cubed F1 of agglomerative clustering at its best threshold."""
    rows = TfidfVectorizer().fit_transform(questions)
    apart = np.clip(1 - (rows @ rows.T).toarray(), 0, 1)
    np.fill_diagonal(apart, 0)
    cut = (
        AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=far).fit_predict(apart)
        for far in THRESHOLDS
    )
    return max(b_cubed(found.tolist(), wanted) for found in cut)


def varied(questions: Sequence[str], count: int) -> list[str]:
    """So many different questions, each with one word of another."""
    chance, made = random.Random(4711), dict.fromkeys(questions[:0])
    words = [text.split() for text in questions if text.split()]
    while len(made) < count:
        own = list(chance.choice(words))
        own[chance.randrange(len(own))] = chance.choice(chance.choice(words))
        made[" ".join(own)] = None
    return list(made)


def many(questions: Sequence[str], count: int) -> bool:
    """Groups many questions; whether that keeps to the limits."""
    texts = varied(questions, count)
    before = time.process_time()
    groups, _ = grouped(texts)
    seconds = time.process_time() - before
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} questions: {len(groups.sizes):,} groups, {seconds:.1f} CPU s, {megabytes:,.0f} MB with all that the command loads")
    return seconds <= SECONDS and megabytes <= MEGABYTES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--many", type=int, metavar="N")
    given = parser.parse_args()
    sets = {folder.name: read(folder) for folder in given.folders}
    if given.many:
        return 0 if many([text for texts, _ in sets.values() for text in texts], given.many) else 1
    met = True
    print(f"{'set':<20} {'questions':>9} {'entries':>8} {'groups':>7} {'ours':>6} {'TF-IDF':>7} {'times':>6}")
    for name, (questions, wanted) in sets.items():
        found = grouped(questions)[1].tolist()
        own, other = b_cubed(found, wanted), baseline(questions, wanted)
        met = met and own >= TIMES * other
        print(f"{name:<20} {len(questions):>9} {len(set(wanted)):>8} {len(set(found)):>7} {own:>6.3f} {other:>7.3f} {own / other:>6.2f}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
