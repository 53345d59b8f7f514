"""The extremes of a growing series, block by block: what thinning a long series looks at instead of its points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.breath import breathe

BLOCK = 64
_AT_ONCE = 1 << 16  # points looked at in one go: a call that holds the interpreter stays short
_NONE = BLOCK  # the place in a block of a value that it has not

Indices = NDArray[np.intp]


class Extremes(NamedTuple):
    """Indices of the lowest, the highest and the first non-finite value of each bucket that has one."""

    low: Indices
    high: Indices
    broken: Indices


class Blocks:
    """Where the lowest, the highest and the first non-finite value of each whole block of `BLOCK` points lie.

    They take a third of a byte a point and depend on the points alone, not on how often they were extended.
    """

    def __init__(self) -> None:
        self._looks: list[_Look] = []

    def extend(self, values: NDArray[np.float64]) -> None:
        """Look at what has been appended; the values before are those of the last call."""
        known = sum(len(look.low) for look in self._looks)
        rows = values[known * BLOCK : len(values) // BLOCK * BLOCK].reshape(-1, BLOCK)
        if len(rows):
            at_once = _AT_ONCE // BLOCK
            looks = self._looks
            for start in range(0, len(rows), at_once):
                looks = [*looks, _look(rows[start : start + at_once])]
                breathe()
            self._looks = [_joined(looks)]

    def extremes(self, values: NDArray[np.float64], buckets: int) -> Extremes:
        """Return the extremes of a series in buckets of whole blocks.

        Parameters
        ----------
        values : ndarray of float64, shape (n,)
            Those of the last `extend`.
        buckets : int
            At most as many as there are blocks.
        """
        rest = values[len(values) // BLOCK * BLOCK :]
        look = _joined([*self._looks, _look(rest.reshape(1, -1))] if len(rest) else self._looks)
        edges = np.linspace(0, len(look.low), buckets + 1).astype(np.intp)
        index, inside = spans(edges)
        low = np.where(inside, look.low[index], np.inf)
        high = np.where(inside, look.high[index], -np.inf)
        broken = inside & (look.places[index, 2] != _NONE)
        lowest, highest, first = (edges[:-1] + at for at in (low.argmin(1), high.argmax(1), broken.argmax(1)))
        return Extremes(
            (lowest * BLOCK + look.places[lowest, 0])[low.min(1) < np.inf],
            (highest * BLOCK + look.places[highest, 1])[high.max(1) > -np.inf],
            (first * BLOCK + look.places[first, 2])[broken.any(1)],
        )


class _Look(NamedTuple):
    """Of some blocks the extremes (infinite where a block has no finite value), and the three places in the block."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    places: NDArray[np.uint8]


def _look(rows: NDArray[np.float64]) -> _Look:
    finite = np.isfinite(rows)
    every = np.arange(len(rows))
    if finite.all():
        low, high = rows.argmin(1), rows.argmax(1)
        broken = np.full(len(rows), _NONE)
        low_value, high_value = rows[every, low], rows[every, high]
    else:
        lows, highs = np.where(finite, rows, np.inf), np.where(finite, rows, -np.inf)
        low, high = lows.argmin(1), highs.argmax(1)
        broken = np.where(finite.all(1), _NONE, (~finite).argmax(1))
        low_value, high_value = lows[every, low], highs[every, high]
    return _Look(low_value, high_value, np.column_stack([low, high, broken]).astype(np.uint8))


def _joined(looks: list[_Look]) -> _Look:
    if len(looks) == 1:
        return looks[0]
    return _Look(*(np.concatenate(columns) for columns in zip(*looks)))


def spans(edges: Indices) -> tuple[Indices, NDArray[np.bool_]]:
    """Return, a row for each bucket between two edges, its indices, and which of them are inside of it."""
    index = edges[:-1, None] + np.arange(int(np.diff(edges).max()))
    inside = index < edges[1:, None]
    return np.minimum(index, edges[-1] - 1), inside
