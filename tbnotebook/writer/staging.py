"""Memory for the copies of large arrays, used over and over: the system's own is several times as slow when it is new.

A copy is as long in use as an array lies in it, whoever holds that; then its memory comes back here by itself.
"""

from __future__ import annotations

import os
import threading
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_LEAST: Final = 1 << 17  # bytes; for less the allocator has memory of its own that is warm
_WASTE: Final = 1.125  # a copy takes no block that is more than so many times as large: the backlog counts the copy

Block = NDArray[np.uint8]


class Staging:
    """Blocks of memory that no copy lies in.

    They are at most as much as was in use at some time before: whoever needs another block gives up as much of those
    that do not fit. `clear` gives up all.
    """

    def __init__(self) -> None:
        self.forget_parent()

    def forget_parent(self) -> None:
        """Begin afresh in a forked child: some other thread may have held the lock, and is not here."""
        self._lock = threading.Lock()
        self._free: list[Block] = []

    def clear(self) -> None:
        """Give up what lies here."""
        with self._lock:
            self._free = []

    @property
    def nbytes(self) -> int:
        """Bytes of what lies here."""
        return sum(map(len, list(self._free)))

    def copy(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a copy, in the order of C."""
        if array.nbytes < _LEAST:
            return array.copy()
        own = np.asarray(_Loan(self._take(array.nbytes), array, self._free))
        np.copyto(own, array)
        return own

    def _take(self, size: int) -> Block:
        with self._lock:
            fitting = [at for at, block in enumerate(self._free) if size <= len(block) <= _WASTE * size]
            if fitting:
                return self._free.pop(min(fitting, key=lambda at: len(self._free[at])))
            given_up = 0
            while self._free and given_up < size:
                given_up += len(self._free.pop(0))
        return np.empty(size, np.uint8)


class _Loan:
    """What an array that lies in a block holds on to; its end gives the block back."""

    def __init__(self, block: Block, like: NDArray[Any], home: list[Block]) -> None:
        address = block.__array_interface__["data"]
        self.__array_interface__ = {"version": 3, "shape": like.shape, "typestr": like.dtype.str, "data": address}
        self._block = block
        self._home = home

    def __del__(self) -> None:
        self._home.append(self._block)  # at once for all threads, and behind what `_take` looks at


staging: Final = Staging()
"""That of the process."""

if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=staging.forget_parent)
