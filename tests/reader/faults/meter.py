"""What reading costs a process: time, memory, open files, as the kernel tells."""

from __future__ import annotations

import os
import re
import threading
import time
from contextlib import suppress
from typing import Protocol, Self


class _Reader(Protocol):
    process: int


class Meter:
    """A context that measures what a reader's process takes meanwhile.

    Attributes
    ----------
    seconds
        How long it took.
    memory
        The most memory that the process had in its life, in bytes; 0 if it is no more.
    files
        The most files that it was seen to have open at once; 0 where that may not be seen.
    """

    def __init__(self, reader: _Reader) -> None:
        self.seconds = 0.0
        self.memory = self.files = 0
        self._reader = reader  # its process may be started meanwhile
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._watch_files)

    def __enter__(self) -> Self:
        self._begin = time.perf_counter()
        self._watch.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.seconds = time.perf_counter() - self._begin
        self.memory = memory_of(self._reader.process, "VmHWM")
        self._over.set()
        self._watch.join()

    def _watch_files(self) -> None:
        while True:
            with suppress(OSError):  # there is no such process, or it may open no more
                self.files = max(self.files, len(os.listdir(f"/proc/{self._reader.process}/fd")))
            if self._over.wait(0.005):
                return


def memory_of(process: int, field: str) -> int:
    """Return ``VmHWM``, ``VmRSS`` or ``VmSize`` of a process in bytes; 0 if there is none."""
    try:
        with open(f"/proc/{process}/status", "rb") as status:
            found = re.search(rb"^%s:\s+(\d+) kB" % field.encode(), status.read(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
