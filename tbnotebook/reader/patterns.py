"""What the records that were met have taught: files of one log learn from each other."""

from __future__ import annotations

from collections.abc import Sequence

from tbnotebook.reader.pattern import Pattern, pattern_of
from tbnotebook.reader.period import Period
from tbnotebook.reader.pieces import Metadata

_MOST = 1 << 25  # bytes, about
_OVERHEAD = 512  # bytes of a pattern besides its record's


class Patterns:
    """The patterns of records by key, and what comes in turn behind them.

    Copied to another process it is empty.
    """

    def __init__(self) -> None:
        self._by_key: dict[bytes, Pattern | None] = {}
        self._behind: dict[bytes, Period] = {}
        self._size = 0

    def __reduce__(self) -> tuple[type[Patterns], tuple[()]]:
        return Patterns, ()

    def of(self, record: bytes, key: bytes | None, metadata: dict[bytes, Metadata]) -> Pattern | None:
        """Return the pattern of records with the key of this one; None if they have none."""
        if key is None:
            return None
        if key not in self._by_key:
            self._grow(len(record))
            self._by_key[key] = pattern_of(record, metadata)
        return self._by_key[key]

    def learn(self, keys: Sequence[bytes | None], period: Period) -> None:
        """Learn that records of these keys, of which the period is, came in turn."""
        for count, key in enumerate(keys, 1):
            if key is not None and key not in self._behind:
                self._grow(period.stride)
                self._behind[key] = period.turned(count)

    def behind(self, key: bytes | None) -> Period | None:
        """Return what came in turn behind a record of this key."""
        return self._behind.get(key) if key is not None else None

    def forget(self, period: Period) -> None:
        """Forget what did not come where it was said to."""
        self._behind = {key: each for key, each in self._behind.items() if each is not period}

    def _grow(self, size: int) -> None:
        """Make room for a record or a round of this size."""
        if self._size > _MOST:
            self._by_key, self._behind, self._size = {}, {}, 0
        self._size += _OVERHEAD + 3 * size
