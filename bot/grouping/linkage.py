"""Likenesses of some things to each other -> which of them belong together: average linkage, cut where nothing is alike enough."""

import numpy as np
import numpy.typing as npt

from bot.grouping.likeness import Floats

Ints = npt.NDArray[np.intp]

_GONE = np.float32(-9.0)
"""Stands for the likeness to what is settled, has become part of another or is to stay apart: below every product of two vectors of length
one."""


def linked(likeness: Floats, sizes: Floats, least: float, apart: int = 0) -> Ints:
    """For each thing the number of the first one of its group (n). Two groups become one as long as their members are `least` alike on
    average (UPGMA: Sokal and Michener 1958; found by chains of nearest neighbours: Murtagh 1983).

    `likeness` (n, n) is symmetric, and is written over; `sizes` (n) are the members that each thing stands for. The first `apart` things
    never become one.
    """
    count = len(likeness)
    sizes, first = sizes.astype(np.float32), np.arange(count)
    np.fill_diagonal(likeness, _GONE)
    likeness[:apart, :apart] = _GONE
    waiting, chain = np.ones(count, bool), [0] if count else []
    while chain:
        top = chain[-1]
        near = int(likeness[top].argmax())
        if len(chain) > 1 and likeness[top, chain[-2]] >= likeness[top, near]:
            near = chain[-2]
        if likeness[top, near] < least:
            _settle(likeness, chain.pop())
            waiting[top] = False
        elif len(chain) > 1 and near == chain[-2]:
            chain[-2:] = []
            _join(likeness, sizes, min(top, near), max(top, near))
            first[max(top, near)], waiting[max(top, near)] = min(top, near), False
        else:
            chain.append(near)
        if not chain and waiting.any():
            chain.append(int(waiting.argmax()))
    return _roots(first)


def _settle(likeness: Floats, thing: int) -> None:
    """Takes out a thing to which nothing is alike enough: it stays so, since an average never exceeds what it is taken of."""
    likeness[thing] = _GONE
    likeness[:, thing] = _GONE


def _join(likeness: Floats, sizes: Floats, one: int, other: int) -> None:
    """Makes two things one, whose likeness to others is the average over its members."""
    both = sizes[one] + sizes[other]
    mean = (sizes[one] * likeness[one] + sizes[other] * likeness[other]) / both
    mean[(likeness[one] == _GONE) | (likeness[other] == _GONE)] = _GONE
    _settle(likeness, other)
    likeness[one] = mean
    likeness[:, one] = mean
    likeness[one, one] = likeness[one, other] = likeness[other, one] = _GONE
    sizes[one] = both


def _roots(first: Ints) -> Ints:
    """What each thing became a part of in the end; a thing always became part of an earlier one."""
    roots = first.copy()
    for thing in range(len(first)):
        roots[thing] = roots[first[thing]]
    return roots
