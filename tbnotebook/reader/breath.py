"""Work beside a training: a thread that has worked for a moment leaves Python to the others.

Python runs one thread at a time. A training lets go of it for a moment with every larger call of numpy or torch, and
where another thread has taken it meanwhile, it has it back when that one lets go, at the latest after 5 ms, each time
anew. Work that rests after each millisecond costs a step of the training no more than about that millisecond.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WORK, REST = 0.001, 0.003  # seconds


def _never() -> bool:
    return False


class _Turn(threading.local):
    """When a thread is to rest, by the performance counter, and whether it is to then."""

    ends = math.inf
    considerate: Callable[[], bool] = staticmethod(_never)


_turn = _Turn()


def breathe() -> None:
    """Rest, if this thread is considerate and has worked for long enough; to be called between two pieces of work."""
    if time.perf_counter() < _turn.ends:
        return
    if _turn.considerate():
        time.sleep(REST)
    _turn.ends = time.perf_counter() + WORK


@contextmanager
def beside_others(considerate: Callable[[], bool]) -> Iterator[None]:
    """Let this thread rest now and then at each `breathe`, as long as `considerate` returns True."""
    _turn.considerate, _turn.ends = considerate, time.perf_counter() + WORK
    try:
        yield
    finally:
        _turn.considerate, _turn.ends = _never, math.inf
