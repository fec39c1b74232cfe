"""Rows of numbers that are mostly nought, kept as what is there (compressed sparse rows), and what the index asks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[Any]]
Ints = np.ndarray[Any, np.dtype[Any]]
"""Arrays of numbers with and without a fraction: the reader is told which, the type checker is not."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """Row r holds columns[starts[r]:starts[r + 1]], in order, with their weights. `width` is the number of columns."""

    starts: Ints
    columns: Ints
    weights: Floats
    width: int


def sparse(rows: Ints, columns: Ints, weights: Floats, shape: tuple[int, int]) -> Sparse:
    """The rows of entries given, within each row, in order of column, no place twice. Weights are kept with half precision."""
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(shape[0] + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=shape[0]), out=starts[1:])
    return Sparse(starts.astype(np.int32), columns[order].astype(_kind(shape[1])), weights[order].astype(np.float16), shape[1])


def _kind(width: int) -> Any:
    """As few bytes for a column as suffice: the index is read at every start."""
    return next((small for small, most in ((np.uint8, 2**8), (np.uint16, 2**16)) if width <= most), np.int32)


def renumbered(held: Sparse, columns: Ints | None, width: int) -> Sparse:
    """The rows with other numbers for the columns, in the same order, of so many (None: with the same numbers)."""
    numbers = held.columns if columns is None else columns[held.columns]
    return Sparse(held.starts, numbers.astype(_kind(width)), held.weights, width)


def inserted(held: Sparse, at: Ints, new: Sparse, rows: Ints | None = None) -> Sparse:
    """The rows with new ones of the same width, each before the row `at`; `rows` are those of the new ones that are taken (None: all)."""
    places, lengths = entries(new, np.arange(len(new.starts) - 1) if rows is None else rows)
    before, starts = np.repeat(held.starts[at], lengths), np.cumsum(np.insert(np.diff(held.starts), at, lengths))
    return Sparse(
        np.concatenate([[0], starts]).astype(np.int32),
        np.insert(held.columns, before, new.columns[places]),
        np.insert(held.weights, before, new.weights[places]),
        held.width,
    )


def stacked(parts: Sequence[Sparse]) -> Sparse:
    """The rows of several, one after the other; they have the same width."""
    before = np.cumsum([0, *(part.starts[-1] for part in parts)])
    starts = [part.starts[:-1] + offset for part, offset in zip(parts, before, strict=False)]
    return Sparse(
        np.concatenate([*starts, before[-1:]]).astype(np.int32),
        np.concatenate([part.columns for part in parts]),
        np.concatenate([part.weights for part in parts]),
        parts[0].width,
    )


def row(held: Sparse, number: int) -> Ints:
    """The columns of a row, in order."""
    return held.columns[held.starts[number] : held.starts[number + 1]]


def weight(held: Sparse, number: int, column: int) -> float:
    """What stands in a row at a column."""
    columns = row(held, number)
    at = int(columns.searchsorted(column))
    return float(held.weights[held.starts[number] + at]) if at < len(columns) and columns[at] == column else 0.0


def entries(held: Sparse, rows: Ints) -> tuple[Ints, Ints]:
    """(the places of all entries of some rows, how many each row has)."""
    starts = held.starts[rows]
    lengths = held.starts[rows + 1] - starts
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths), lengths


def total(held: Sparse, rows: Ints, factors: Floats, groups: Ints, number: int) -> Floats:
    """The sums of some rows, each times its factor: one sum for each of so many groups of rows, as one number a column."""
    places, lengths = entries(held, rows)
    columns = held.columns[places] + np.repeat(groups * held.width, lengths)
    return np.bincount(columns, held.weights[places] * np.repeat(factors, lengths), number * held.width).reshape(number, held.width)


def products(held: Sparse, spans: Sequence[tuple[int, int]], columns: Ints, factors: Floats) -> list[Floats]:
    """The rows of each span (the first, and the one after the last) times a vector that has `factors` at `columns` and nought elsewhere."""
    dense = np.zeros(held.width, np.float32)  # untouched pages of it cost nothing, however wide it is
    dense[columns] = factors
    places = [slice(*held.starts[[first, last]].tolist()) for first, last in spans]
    there, weights = (np.concatenate([part[place] for place in places]) for part in (held.columns, held.weights))
    values = dense.take(there, mode="clip") * weights  # all are there: "clip" only saves a copy
    lengths = np.concatenate([held.starts[first + 1 : last + 1] - held.starts[first:last] for first, last in spans])
    found, filled = np.zeros(len(lengths), np.float32), np.flatnonzero(lengths)  # reduceat would give an empty row the product of the next
    if len(filled):
        found[filled] = np.add.reduceat(values, (np.cumsum(lengths) - lengths)[filled])
    ends = np.cumsum([last - first for first, last in spans]).tolist()
    return [found[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def holds(held: Sparse, rows: Ints, columns: Ints) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """For each row, whether it holds each of some columns."""
    found = np.zeros((len(rows), len(columns)), bool)
    for at, number in enumerate(rows):
        there = row(held, int(number))
        places = np.minimum(there.searchsorted(columns), len(there) - 1)
        found[at] = there[places] == columns if len(there) else False
    return found


def holds_any(held: Sparse, rows: Ints, columns: Ints) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether one of some rows, however many, holds each of some columns."""
    there = np.zeros(held.width, bool)
    there[held.columns[entries(held, rows)[0]]] = True
    return there[columns]


def summed(rows: Ints, columns: Ints, weights: Floats, width: int) -> tuple[Ints, Ints, Floats]:
    """(rows, columns, weights) with the weights of the same place added up, in order of place."""
    keys, places = np.unique(rows.astype(np.int64) * width + columns, return_inverse=True)
    return keys // width, keys % width, np.bincount(places, weights, len(keys))
