"""Figures on public question sets, and the constants of the score fitted to them.

    python tests/measure/fit.py FOLDER

FOLDER holds one folder a set: entries.jsonl with {"id", "questions"}, queries.jsonl with {"q", "id"} (id null: nothing answers it).
Prints accuracy@1, AUROC of the score and, where a set has questions out of scope, the mean of right on scope and refused off scope
at the score of 50; then the constants of bot/evidence.py as fitted to all sets together, each set counting alike.
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot import Bot
from bot.candidates import find
from bot.evidence import Evidence, weigh
from bot.query import read

Floats = npt.NDArray[np.float64]

MOST_QUERIES = 1500
SEED = 1


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def top(bot: Bot, text: str) -> Evidence | None:
    query = read(text, bot.lexicon)
    return max(weigh(query, find(query, bot.index), bot.index), key=lambda item: item.strength, default=None)


def measured(folder: Path) -> tuple[Floats, Floats, Floats]:
    """For each query of a set: (strength, lead, score) of the top candidate, whether it is right, whether it is out of scope."""
    bot = Bot.from_entries([{"id": row["id"], "questions": row["questions"], "answer": "-"} for row in lines(folder / "entries.jsonl")])
    queries = lines(folder / "queries.jsonl")
    random.Random(SEED).shuffle(queries)
    found = [(top(bot, row["q"]), row["id"]) for row in queries[:MOST_QUERIES]]
    parts = [(item.strength, item.lead, item.score) if item else (0.0, 0.0, 0.0) for item, _ in found]
    right = [item is not None and item.candidate.owner.id == wanted for item, wanted in found]
    return np.array(parts), np.array(right, float), np.array([wanted is None for _, wanted in found], float)


def auroc(score: Floats, right: Floats) -> float:
    """Chance that a right answer scores higher than a wrong one (J. A. Hanley and B. J. McNeil, 1982); ties count half."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        ranks[score == value] = ranks[score == value].mean()
    good, bad = right.sum(), len(right) - right.sum()
    return float((ranks[right == 1].sum() - good * (good + 1) / 2) / (good * bad)) if good and bad else float("nan")


def fitted(parts: Floats, right: Floats, weights: Floats, rounds: int = 30) -> Floats:
    """Intercept and slopes of a logistic regression, by Newton's method with a small ridge."""
    inputs = np.column_stack([np.ones(len(parts)), parts])
    slopes = np.zeros(inputs.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-inputs @ slopes))
        gradient = inputs.T @ (weights * (right - chance)) - 0.1 * slopes
        curvature = (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + 0.1 * np.eye(len(slopes))
        slopes = slopes + np.linalg.solve(curvature, gradient)
    return slopes


def main(folder: Path) -> None:
    sets = {path.parent.name: measured(path.parent) for path in sorted(folder.glob("*/entries.jsonl"))}
    print(f"{'set':<22}{'queries':>8}{'accuracy@1':>12}{'AUROC':>8}{'balanced':>10}")
    for name, (parts, right, outside) in sets.items():
        inside = outside == 0
        passed = parts[:, 2] >= 50
        balanced = f"{50 * (right[inside] * passed[inside]).mean() + 50 * (~passed[~inside]).mean():>10.1f}" if outside.any() else ""
        print(f"{name:<22}{len(right):>8}{100 * right[inside].mean():>12.1f}{auroc(parts[:, 2], right):>8.3f}{balanced}")
    parts, right = (np.concatenate([values[number] for values in sets.values()]) for number in (0, 1))
    weights = np.concatenate([np.full(len(values[1]), 1000 / len(values[1])) for values in sets.values()])
    intercept, strength, lead = fitted(parts[:, :2], right, weights)
    print(f"\nINTERCEPT = {intercept:.1f}\nSTRENGTH = {strength:.1f}\nLEAD = {lead:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
