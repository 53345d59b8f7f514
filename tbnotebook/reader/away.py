"""Files that are read elsewhere: by the workers of an executor."""

from __future__ import annotations

import time
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from tbnotebook.reader.scan import Scan, scan_all
from tbnotebook.reader.storage import Storage
from tbnotebook.reader.store import Store
from tbnotebook.reader.tail import Tail

_MOST_FILES = 256  # that a worker gets at once
_MOST_BYTES = 1 << 24
_IN_FLIGHT = 16  # groups: enough to keep workers busy, few enough to keep what has come back in memory


class Away:
    """Sends files to an executor and takes back what its workers have read.

    Parameters
    ----------
    executor
        Its owner's: it is never shut down here.
    storage
        Where the files lie, for the workers too.

    Attributes
    ----------
    broken : bool
        It could not do what it was asked for: from then on everything is to be read here.
    """

    def __init__(self, executor: Executor, storage: Storage) -> None:
        self.broken = False
        self._executor = executor
        self._storage = storage
        self._queue: deque[list[Tail]] = deque()
        self._flights: dict[Future[list[Scan | None]], list[Tail]] = {}
        self._away: set[Tail] = set()

    def __contains__(self, tail: Tail) -> bool:
        return tail in self._away

    def __len__(self) -> int:
        return len(self._away)

    def send(self, tails: Sequence[Tail]) -> None:
        """Send files of which nothing has been read, in this order."""
        group: list[Tail] = []
        size = 0
        for tail in tails:
            if group and (len(group) == _MOST_FILES or size + tail.size > _MOST_BYTES):
                self._queue.append(group)
                group, size = [], 0
            group.append(tail)
            size += tail.size
        if group:
            self._queue.append(group)
        self._away.update(tails)

    def collect(self, deadline: float) -> Iterator[Tail]:
        """Yield files that have been read, until none is away or the deadline of ``time.monotonic()``.

        Where the executor fails, those that are still away come back as they were.
        """
        while self._away:
            try:
                self._submit()
                done, _ = wait(self._flights, _left(deadline), FIRST_COMPLETED)
                for future in done:
                    scans = future.result()
                    for tail, scan in zip(self._flights.pop(future), scans, strict=True):
                        self._away.discard(tail)
                        if scan is not None:
                            tail.become(scan.tail)
                            yield tail
            except Exception as error:  # whatever an executor of somebody else's may raise
                self._give_up(error)
                return
            if time.monotonic() >= deadline:
                return

    def _submit(self) -> None:
        while self._queue and len(self._flights) < _IN_FLIGHT:
            group = self._queue[0]
            files = [(tail.path, tail.run) for tail in group]
            storage = self._storage
            if isinstance(storage, Store):  # a worker needs no listing of all that there is
                storage = storage.part(path for path, _ in files)
            self._flights[self._executor.submit(scan_all, files, storage)] = group
            self._queue.popleft()

    def _give_up(self, error: Exception) -> None:
        self.broken = True
        for future in self._flights:
            future.cancel()
        self._flights.clear()
        self._queue.clear()
        self._away.clear()
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        warnings.warn(
            f"{self._executor!r} could not read event files ({reason}); they are read in this process instead",
            RuntimeWarning,
            stacklevel=2,
        )


def _left(deadline: float) -> float | None:
    return None if deadline == float("inf") else max(deadline - time.monotonic(), 0.0)
