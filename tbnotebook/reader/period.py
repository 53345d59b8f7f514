"""Records that come in turn, again and again: a period, read as many rounds as there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tbnotebook.reader.breath import breathe
from tbnotebook.reader.pattern import Pattern
from tbnotebook.reader.pieces import RowArrays
from tbnotebook.reader.turn import Turn, turns_of

_FEW = 1024  # records that are compared at once; more where these were all alike
_MANY = 1 << 15  # as above; their columns are small enough for a processor's nearer memory


class Rounds(NamedTuple):
    """What a period gave.

    Attributes
    ----------
    rows
        By tag.
    records
        How many there were.
    end
        Where the last one ends.
    """

    rows: dict[bytes, RowArrays]
    records: int
    end: int


class Period:
    """Records that come one behind the other, and then again.

    Parameters
    ----------
    patterns
        In the order of the records.

    Attributes
    ----------
    stride : int
        Bytes of a round.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self.stride = sum(pattern.layout.size for pattern in patterns)

    @cached_property
    def _turns(self) -> list[Turn]:
        return list(turns_of(self._patterns))

    def __len__(self) -> int:
        return len(self._patterns)

    def turned(self, count: int) -> Period:
        """Return the same when ``count`` records have come."""
        count %= len(self)
        return Period([*self._patterns[count:], *self._patterns[:count]]) if count else self

    def read(self, buffer: bytes, at: int) -> Rounds:
        """Read the records at ``at``, up to the first that is not what comes in turn."""
        length = len(self)
        most = (len(buffer) - at) // self.stride + 1
        rooms = [turn.room(most) for turn in self._turns]
        done, reach = 0, max(_FEW // length, 1)
        while True:
            reach = min(reach, most - done)
            found = self._compare(buffer, at + done * self.stride, [room.part(done, done + reach) for room in rooms])
            if found < reach * length or done + reach == most:
                break
            done += reach
            breathe()
            reach = max(min(8 * reach, _MANY // length), 1)
        count = done * length + found
        whole, more = divmod(count, length)
        end = at + whole * self.stride + sum(pattern.layout.size for pattern in self._patterns[:more])
        return Rounds(self._by_tag(rooms, count), count, end)

    def _compare(self, buffer: bytes, at: int, rooms: Sequence[RowArrays]) -> int:
        """Return how many records there are, at most as many rounds as there is room for."""
        length = len(self)
        first = 0
        least: int = rooms[0].step.shape[1] * length
        for turn, room in zip(self._turns, rooms):
            kinds = len(turn.patterns)
            rounds, more = divmod(turn.read(buffer, at, self.stride, room), kinds)
            least = min(least, rounds * length + first + more)
            if not rounds:
                break
            first += kinds
            at += turn.size
        return least

    def _by_tag(self, rooms: Sequence[RowArrays], count: int) -> dict[bytes, RowArrays]:
        rows = [RowArrays(*each) for room in rooms for each in zip(*room)]
        parts: dict[bytes, list[RowArrays]] = {}
        for place, (pattern, row) in enumerate(zip(self._patterns, rows)):
            own = -(-(count - place) // len(self))
            if own > 0:
                parts.setdefault(pattern.tag, []).append(row.part(0, own))
        return {tag: own[0] if len(own) == 1 else _in_turn(own) for tag, own in parts.items()}


def _in_turn(rows: list[RowArrays]) -> RowArrays:
    """Join rows that come in turn: the first of each, the second of each, …"""
    order = np.argsort(np.concatenate([np.arange(len(row.step)) for row in rows]), kind="stable")
    return RowArrays(
        np.concatenate([row.step for row in rows])[order],
        np.concatenate([row.wall_time for row in rows])[order],
        np.concatenate([row.value for row in rows])[order],
    )
