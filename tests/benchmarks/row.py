"""A line of the benchmarks' table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """What something costs us and a peer, measured in the same run: less is better, a ratio below 1 is ours.

    Attributes
    ----------
    name : str
        Dotted, the room first.
    ours, peer : float
        Medians; peer is None where nobody else does it.
    unit : str
    """

    name: str
    ours: float
    peer: float | None
    unit: str

    @property
    def ratio(self) -> float | None:
        """Ours in parts of the peer's."""
        return self.ours / self.peer if self.peer else None


def median_seconds(call: Callable[[], object], times: int = 5) -> float:
    """Return the median duration of a call."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        durations.append(time.perf_counter() - start)
    return median(durations)
