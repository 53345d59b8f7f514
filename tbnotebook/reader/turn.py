"""Records that come in turn, again and again, read many at once.

A training writes the same records in the same order, but for some 15 bytes of each. They are compared with their
patterns word by word, and their checksums follow from the patterns' own (`tbnotebook.events.affine`): exact, and by
numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.affine import contributions, mask_all
from tbnotebook.reader.layout import STEP_AT, U4, U8, WALL_TIME_AT
from tbnotebook.reader.pattern import Pattern
from tbnotebook.reader.pieces import RowArrays

_STEP_KEY = 0x10  # of an event's second field


class Turn:
    """Records of one layout that come one behind the other.

    Parameters
    ----------
    patterns
        In the order of the records.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = patterns
        layout = self._layout = patterns[0].layout
        self.size = layout.size * len(patterns)
        records = np.frombuffer(b"".join(pattern.blank for pattern in patterns), np.uint8)
        records = records.reshape(len(patterns), layout.size)
        self._words = [
            (dtype, at, records[:, at : at + dtype.itemsize].copy().view(dtype)) for dtype, at in layout.words()
        ]
        self._crcs = np.array([[pattern.crc] for pattern in patterns], np.uint32)
        # Of the step's bytes, of which the key comes first, all but the last have their upper bit set.
        more = [0x80 << 8 * place for place in range(1, layout.width + 1)]
        self._fixed = np.uint64(0xFF | sum(more))
        self._key = np.uint64(_STEP_KEY | sum(more[:-1]))
        self._step = np.uint64((1 << 8 * layout.width) - 1)
        self._septets = [np.uint64(0x7F << 7 * place) for place in range(layout.width)]
        self._time_distances, self._step_distances, self._value_distances = layout.distances()

    def room(self, rounds: int) -> RowArrays:
        """Return arrays for so many rounds of points, of shape (patterns, rounds)."""
        shape = len(self.patterns), rounds
        return RowArrays(np.empty(shape, "<i8"), np.empty(shape, "<f8"), np.empty(shape, "<f4"))

    def read(self, buffer: bytes | memoryview, at: int, stride: int, room: RowArrays) -> int:
        """Read the records at ``at``, ``at + stride``, …, and those behind each; return how many, round by round.

        They end with the first that is none of these, and where the buffer or the room ends; only whole rounds within
        the buffer are looked at. Behind the last the room holds anything.
        """
        kinds, size, width = len(self.patterns), self._layout.size, self._layout.width
        rounds = min((len(buffer) - at - self.size) // stride + 1, room.step.shape[1])
        if rounds <= 0:
            return 0
        count = kinds * rounds

        def column(dtype: np.dtype[Any], offset: int) -> NDArray[Any]:
            return np.ndarray((kinds, rounds), dtype, buffer, at + offset, (size, stride))

        for dtype, offset, word in self._words:
            count = _equal(column(dtype, offset).copy() == word, count)  # a comparison of unaligned numbers is slow
            rounds = -(-count // kinds)
        varying: list[tuple[NDArray[np.unsignedinteger], list[int]]] = []
        if width:
            steps = column(U8, STEP_AT - 1).copy()
            count = _equal((steps & self._fixed) == self._key, count)
            rounds = -(-count // kinds)
            steps = steps[:, :rounds] >> np.uint64(8) & self._step
            varying.append((steps, self._step_distances))
        if not count:
            return 0
        step, wall_time, value = (each[:, :rounds] for each in room)
        wall_time.view(U8)[...] = column(U8, WALL_TIME_AT)
        value.view(U4)[...] = column(U4, self._layout.value_at)
        varying += [(wall_time.view(U8), self._time_distances), (value.view(U4), self._value_distances)]
        crcs = contributions(*varying)
        crcs ^= self._crcs
        step[...] = self._number(steps) if width else 0
        return _equal(mask_all(crcs) == column(U4, self._layout.crc_at), count)

    def _number(self, varints: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return what the varints of steps say."""
        number = varints & self._septets[0]
        for place, septet in enumerate(self._septets[1:], 1):
            number |= varints >> np.uint64(place) & septet
        return number.view(np.int64)


def turns_of(patterns: Sequence[Pattern]) -> Iterator[Turn]:
    """Yield what comes in turn, cut where the layout changes."""
    for _, alike in groupby(patterns, key=lambda pattern: pattern.layout):
        yield Turn(list(alike))


def _equal(equal: NDArray[np.bool_], count: int) -> int:
    """Return how many of the first ``count`` records, round by round, are equal before the first that is not.

    ``equal`` has a row for each kind, a column for each round.
    """
    if not count:
        return 0
    first = int(equal.argmin())
    if equal.reshape(-1)[first]:
        return count
    return min(count, int(equal.T.reshape(-1).argmin()))
