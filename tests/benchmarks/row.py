"""A line of the benchmarks' table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """What something costs us and a peer, measured in the same run: less is better.

    Attributes
    ----------
    name : str
        Dotted, the room first.
    ours, peer : float
        Medians; peer is None where nobody else does it.
    unit : str
    times : bool
        The ratio says how many times the peer's cost is ours ("80×"), as the bars for reading and writing are stated;
        else it is our part of the peer's ("0.6 of").
    """

    name: str
    ours: float
    peer: float | None
    unit: str
    times: bool = False

    @property
    def ratio(self) -> float | None:
        """How the two compare, said as `times` says; None without a peer."""
        if not self.peer:
            return None
        return self.peer / self.ours if self.times else self.ours / self.peer


def median_seconds(call: Callable[[], object], times: int = 5) -> float:
    """Return the median duration of a call."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        durations.append(time.perf_counter() - start)
    return median(durations)
