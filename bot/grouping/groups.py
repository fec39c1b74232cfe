"""Questions -> the groups that they make, which grow as further questions come."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.grouping.likeness import Floats, Scale, scale_of, vectors
from bot.grouping.linkage import Ints, linked

LEAST = 0.28
"""How alike the questions of two groups are on average (0..1) if they are one. Of 0.20, 0.24, 0.28, 0.32 and 0.36 the best on clinc150,
stackfaq and askubuntu together; tests/measure/grouping.py measures it on others."""

CLEAR = 0.5
"""From here on a later question joins the group that is there, without a look at all others: half-way between LEAST and what two wordings
of the same words come to."""

SCALED = 10_000
"""Questions that tell what all have in common: more tell the same."""

STEP = 1_000
"""Questions that are compared at once, with each other and with as many groups. The best of 500, 1,000, 1,500 and 3,000 on clinc150, and
20 MB of likenesses: what is apart after a thousand questions stays so, which keeps groups from growing into each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups of questions: the sum of the vectors of each one's questions (g, d), and their numbers (g). `scale` is that of the questions
    that they began with."""

    scale: Scale
    sums: Floats
    sizes: Floats


def grouped(questions: Sequence[str]) -> tuple[Groups, Ints]:
    """The groups of some questions, and the number of each question's group (n). Questions of the same words are best given once."""
    scale = scale_of(questions[:SCALED])
    nothing = Groups(scale, np.zeros((0, len(vectors([""], scale)[0])), np.float32), np.zeros(0, np.float32))
    return grown(nothing, questions)


def grown(groups: Groups, questions: Sequence[str]) -> tuple[Groups, Ints]:
    """The groups after further questions, and the number of each of those questions' group (n). Groups that are there keep their numbers
    and their questions."""
    labels: list[Ints] = []
    for at in range(0, len(questions), STEP):
        groups, own = _taken(groups, vectors(questions[at : at + STEP], groups.scale))
        labels.append(own)
    return groups, np.concatenate(labels) if labels else np.zeros(0, np.intp)


def _taken(groups: Groups, rows: Floats) -> tuple[Groups, Ints]:
    """The groups after some more questions. What is clearly like a group joins it; the rest is compared with each other and with the
    largest groups."""
    own = _clear(groups, rows)
    groups = _with(groups, rows, own)
    rest = np.flatnonzero(own < 0)
    largest = np.sort(np.argsort(-groups.sizes, kind="stable")[:STEP])
    means = groups.sums[largest] / groups.sizes[largest, None]
    points = np.vstack([means, rows[rest]])
    sizes = np.concatenate([groups.sizes[largest], np.ones(len(rest), np.float32)])
    roots = linked(points @ points.T, sizes, LEAST, apart=len(largest))[len(largest) :]
    own[rest] = _numbers(roots, largest, len(groups.sizes))
    return _with(groups, rows[rest], own[rest]), own


def _clear(groups: Groups, rows: Floats) -> Ints:
    """The group that each question is clearly like (n); -1 for none."""
    own = np.full(len(rows), -1, np.intp)
    if len(groups.sizes):
        alike = rows @ (groups.sums / groups.sizes[:, None]).T
        best = alike.argmax(axis=1)
        clear = alike[np.arange(len(rows)), best] >= CLEAR
        own[clear] = best[clear]
    return own


def _numbers(roots: Ints, largest: Ints, count: int) -> Ints:
    """The numbers of groups for what was linked: that of the group that is there, or a new one from `count` on."""
    new = roots >= len(largest)
    numbers = np.empty(len(roots), np.intp)
    numbers[~new] = largest[roots[~new]]
    numbers[new] = count + np.unique(roots[new], return_inverse=True)[1]
    return numbers


def _with(groups: Groups, rows: Floats, own: Ints) -> Groups:
    """The groups with questions put into them; -1 puts one nowhere."""
    count = max(len(groups.sizes), int(own.max(initial=-1)) + 1)
    sums, sizes = np.zeros((count, groups.sums.shape[1]), np.float32), np.zeros(count, np.float32)
    sums[: len(groups.sums)], sizes[: len(groups.sizes)] = groups.sums, groups.sizes
    placed = own >= 0
    np.add.at(sums, own[placed], rows[placed])
    np.add.at(sizes, own[placed], 1)
    return Groups(groups.scale, sums, sizes)
