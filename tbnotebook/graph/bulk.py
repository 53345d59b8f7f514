"""What makes work on very many small objects bearable."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 5000
"""From so many nodes on it is worth it."""


@contextmanager
def without_collector(count: int) -> Iterator[None]:
    """Pause Python's collector of cycles while `count` objects are made that have none.

    It would go through all of them again and again: of 100,000 nodes that takes as long as to make them. Afterwards
    they count as old, as if it had gone through them once.
    """
    pauses = count >= MANY and gc.isenabled()
    if pauses:
        gc.disable()
    try:
        yield
    finally:
        if pauses:
            if not gc.get_freeze_count():  # what another one froze stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
