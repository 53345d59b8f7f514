"""Columns that grow: the points of one series as three numpy arrays."""

from __future__ import annotations

import itertools
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

_T = TypeVar("_T", np.int64, np.float64)

_generations = itertools.count(1)


def next_generation() -> int:
    """Return a number that no series has borne before, greater than all that came before."""
    return next(_generations)


class Points(NamedTuple):
    """Points in the order of their records: three arrays of the same length."""

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float64]

    def where(self, keep: NDArray[np.bool_]) -> Points:
        """Return the points for which ``keep`` is true, copied."""
        return Points(self.step[keep], self.wall_time[keep], self.value[keep])


class Columns:
    """The points of one tag, appended as they are read.

    Views given out stay as they were: appending writes behind them or moves to larger arrays, and removing points
    always copies.

    Attributes
    ----------
    generation : int
        Changes, to a greater number, when anything but an append happened.
    lowest, highest : int
        The extremes of the steps; without meaning while there is no point.
    """

    def __init__(self) -> None:
        self.generation = next_generation()
        self.lowest = 0
        self.highest = 0
        self._length = 0
        self._arrays = _allocate(16)

    def __len__(self) -> int:
        return self._length

    def extend(self, step: ArrayLike, wall_time: ArrayLike, value: ArrayLike) -> None:
        """Append points; three lists or arrays of the same length."""
        added = np.asarray(step, np.int64)
        if not len(added):
            return
        end = self._length + len(added)
        if end > len(self._arrays.step):
            larger = _allocate(max(end, 2 * self._length))
            larger.step[: self._length], larger.wall_time[: self._length], larger.value[: self._length] = self.points()
            self._arrays = larger
        self._arrays.step[self._length : end] = added
        self._arrays.wall_time[self._length : end] = np.asarray(wall_time, np.float64)
        self._arrays.value[self._length : end] = np.asarray(value, np.float64)
        low, high = int(added.min()), int(added.max())
        self.lowest = min(self.lowest, low) if self._length else low
        self.highest = max(self.highest, high) if self._length else high
        self._length = end

    def keep(self, mask: NDArray[np.bool_]) -> None:
        """Remove the points for which the mask is false."""
        if mask.all():
            return
        self._arrays = self.points().where(mask)
        self._length = len(self._arrays.step)
        self.generation = next_generation()
        if self._length:
            self.lowest, self.highest = int(self._arrays.step.min()), int(self._arrays.step.max())

    def points(self, start: int = 0) -> Points:
        """Return read-only views of the points from index ``start`` on."""
        step, wall_time, value = self._arrays
        return Points(
            _view(step, start, self._length),
            _view(wall_time, start, self._length),
            _view(value, start, self._length),
        )


def _allocate(size: int) -> Points:
    return Points(np.empty(size, np.int64), np.empty(size, np.float64), np.empty(size, np.float64))


def _view(array: NDArray[_T], start: int, end: int) -> NDArray[_T]:
    view = array[start:end]
    view.flags.writeable = False
    return view
