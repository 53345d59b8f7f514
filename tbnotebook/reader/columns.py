"""Columns that grow: what the records of one tag hold, as numpy arrays."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

_generations = itertools.count(1)


def next_generation() -> int:
    """Return a number that no series has borne before, greater than all that came before."""
    return next(_generations)


class Points(NamedTuple):
    """Points in the order of their records: three arrays of the same length."""

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float64]


class Places(NamedTuple):
    """Where payloads lie in a file, in the order of their records: four arrays of the same length."""

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    offset: NDArray[np.int64]
    length: NDArray[np.int64]


Row = TypeVar("Row", Points, Places)

_TYPES: dict[type[Any], tuple[type[Any], ...]] = {
    Points: (np.int64, np.float64, np.float64),
    Places: (np.int64, np.float64, np.int64, np.int64),
}


class Columns(Generic[Row]):
    """The columns of one tag, appended to as its records are read.

    They grow by blocks, so that nothing is copied while a file is read; who asks for what lies in several blocks has
    them joined. Views given out stay as they were: appending writes behind them, and removing rows always copies.

    Parameters
    ----------
    kind
        `Points` or `Places`.

    Attributes
    ----------
    generation : int
        Changes, to a greater number, when anything but an append happened.
    lowest, highest : int
        The extremes of the steps; without meaning while there is no row.
    """

    __slots__ = ("_full", "_kind", "_last", "_length", "_start", "_views", "generation", "highest", "lowest")

    def __init__(self, kind: type[Row]) -> None:
        self.generation: int = next_generation()
        self.lowest: int = 0
        self.highest: int = 0
        self._kind: type[Row] = kind
        self._length: int = 0
        self._start: int = 0  # of the last block; the rows before it are in the full ones
        self._full: list[Sequence[NDArray[Any]]] = []  # block by block
        self._last: Sequence[NDArray[Any]] = _NOTHING[kind]
        self._views = _read_only(self._last)

    @classmethod
    def of(cls, rows: Row, lowest: int, highest: int) -> Columns[Row]:
        """Return columns of these rows, not copied, whose steps have these extremes."""
        columns = cls(type(rows))
        columns.lowest, columns.highest = lowest, highest
        columns._replace(rows, len(rows.step))
        return columns

    def __reduce__(self) -> tuple[Any, ...]:
        return Columns.of, (self.points(), self.lowest, self.highest)

    def __len__(self) -> int:
        return self._length

    def extend(self, *columns: ArrayLike) -> None:
        """Append rows; lists or arrays of the same length, one for each column."""
        step = columns[0]
        if isinstance(step, list):  # of a few rows: numpy would take ten times as long to look at them
            added: Sequence[Any] = columns
            count = len(step)
            low, high = (min(step), max(step)) if count else (0, 0)
        else:
            added = [np.asarray(column, dtype) for column, dtype in zip(columns, _TYPES[self._kind])]
            count = len(added[0])
            low, high = (int(added[0].min()), int(added[0].max())) if count else (0, 0)
        if not count:
            return
        self.lowest = min(self.lowest, low) if self._length else low
        self.highest = max(self.highest, high) if self._length else high
        room = len(self._last[0]) - (self._length - self._start)
        self._write([column[:room] for column in added] if count > room else added)
        if count > room:
            if self._length > self._start:
                self._full.append(self._last)
            self._start = self._length
            self._last = _allocate(self._kind, max(count - room, self._length, 16))
            self._views = _read_only(self._last)
            self._write([column[room:] for column in added])

    def reserve(self, count: int) -> None:
        """Make room for so many more rows at once, where so many are expected: they will need no joining."""
        if count > len(self._last[0]) - (self._length - self._start):
            self._join(count)

    def _write(self, rows: Sequence[Any]) -> None:
        at = self._length - self._start
        for last, column in zip(self._last, rows):
            last[at : at + len(column)] = column
        self._length += len(rows[0])

    def keep(self, mask: NDArray[np.bool_]) -> Row:
        """Remove the rows for which the mask is false, and return them."""
        rows = self.points()
        removed: Row = self._kind._make(column[~mask] for column in rows)
        if not mask.all():
            self._replace([column[mask] for column in rows], int(mask.sum()))
            self.generation = next_generation()
            if self._length:
                self.lowest, self.highest = int(self._last[0].min()), int(self._last[0].max())
        return removed

    def points(self, start: int = 0) -> Row:
        """Return read-only views of the rows from index ``start`` on."""
        if start < self._start:
            self._join(self._length // 2)
        at, end = start - self._start, self._length - self._start
        rows: Row = self._kind._make([column[at:end] for column in self._views])
        return rows

    def _join(self, more: int) -> None:
        """Make one block of all, with room for so many more rows."""
        used = self._length - self._start
        blocks, self._full = [*self._full, tuple(column[:used] for column in self._last)], []
        columns = [list(column) for column in zip(*blocks)]
        self._last, self._views, blocks = (), (), []
        self._replace([_drained(column, self._length, more) for column in columns], self._length)

    def _replace(self, last: Sequence[NDArray[Any]], length: int) -> None:
        self._full, self._last, self._start, self._length = [], last, 0, length
        self._views = _read_only(last)


def _allocate(kind: type[Any], size: int) -> Sequence[NDArray[Any]]:
    return tuple(np.empty(size, dtype) for dtype in _TYPES[kind])


_NOTHING = {kind: _allocate(kind, 0) for kind in _TYPES}


def _drained(blocks: list[NDArray[Any]], length: int, more: int) -> NDArray[Any]:
    """Join a column's blocks and let go of them, before it is the next column's turn."""
    joined: NDArray[Any] = np.empty(length + more, blocks[0].dtype)
    np.concatenate(blocks, out=joined[:length])
    blocks.clear()
    return joined


def _read_only(columns: Sequence[NDArray[Any]]) -> Sequence[NDArray[Any]]:
    views = tuple(column.view() for column in columns)
    for view in views:
        view.setflags(write=False)
    return views
