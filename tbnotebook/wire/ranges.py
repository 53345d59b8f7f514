"""Sets of indices, as ranges."""

from __future__ import annotations


class Ranges:
    """Indices from one to before another, in as few ranges as there can be."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []
        self.size = 0

    @property
    def last(self) -> tuple[int, int]:
        """The range with the highest indices; (0, 0) where there is none."""
        return self._ranges[-1] if self._ranges else (0, 0)

    @property
    def end(self) -> int:
        """One more than the highest index; 0 where there is none."""
        return self.last[1]

    def add(self, start: int, stop: int) -> None:
        """Take in the indices from `start` to before `stop`."""
        if start >= stop:
            return
        touching = [(a, b) for a, b in self._ranges if a <= stop and b >= start]
        apart = [(a, b) for a, b in self._ranges if a > stop or b < start]
        joined = (min([start, *(a for a, _ in touching)]), max([stop, *(b for _, b in touching)]))
        self._set(sorted([*apart, joined]))

    def remove(self, start: int, stop: int) -> None:
        """Leave out the indices from `start` to before `stop`."""
        if start >= stop:
            return
        pieces = [piece for a, b in self._ranges for piece in ((a, min(b, start)), (max(a, stop), b))]
        self._set([(a, b) for a, b in pieces if a < b])

    def touches(self, start: int, stop: int) -> bool:
        """Tell whether any index from `start` to before `stop` is in."""
        return any(a < stop and b > start for a, b in self._ranges)

    def _set(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = ranges
        self.size = sum(b - a for a, b in ranges)
