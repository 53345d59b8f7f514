"""One event file that this process created and that nobody else writes to."""

from __future__ import annotations

import errno
import itertools
import os
import socket
import time
from collections.abc import Callable
from typing import TypeAlias

from tbnotebook.events import schema
from tbnotebook.events.record import frame

FILE_VERSION = b"brain.Event:2"
_WRITER = b"tbnotebook"
_AGAIN = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
_FLAGS = _AGAIN | os.O_CREAT | os.O_EXCL

# Distinguishes the files of one process and second. With leading zeros, as readers take a run's files in name order.
_serial = itertools.count()
_latest = 0  # the second of the last name: where the clock is set back, later files still come later by name


def version_payload(wall_time: float, step: int = 0) -> bytes:
    """Return the event that opens a file, serialized."""
    event = schema.Event(wall_time=wall_time, step=step, file_version=FILE_VERSION)
    event.source_metadata.writer = _WRITER
    payload: bytes = event.SerializeToString()
    return payload


class EventFile:
    """An open event file, under a name that did not exist before.

    Parameters
    ----------
    directory
        Created if it is missing.
    suffix
        Ends the file's name.
    opening
        Records that stand behind the first one.

    Raises
    ------
    OSError
        The file cannot be created, or its first records not be written; nothing of it stays then.
    """

    def __init__(self, directory: str, suffix: str = "", opening: bytes = b"") -> None:
        os.makedirs(directory, exist_ok=True)
        now = time.time()
        self._resting: os.stat_result | None = None
        self.path, self._descriptor = _create(directory, now, suffix)
        try:
            opening = frame(version_payload(now)) + opening
            if self.append(opening) < len(opening):
                raise OSError(f"{self.path}: no room for the first {len(opening)} bytes")
        except OSError:
            self.close()
            os.unlink(self.path)
            raise

    def append(self, data: bytes | memoryview) -> int:
        """Append and return how many bytes were taken, which may be fewer than given."""
        return os.write(self._wake(), data)

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        os.fsync(self._wake())

    def in_place(self) -> bool:
        """Tell whether `path` still names this file. A deleted file takes writes and keeps none."""
        try:
            there = os.stat(self.path)
        except FileNotFoundError:
            return False
        if self._resting is not None:
            return self._is_this(there)
        return os.path.samestat(there, os.fstat(self._descriptor))

    def is_gone(self) -> bool:
        """Tell whether the file is deleted under every name, so that nobody will read what is in it.

        Of one that rests and is not in place nobody can tell; it is taken to be gone.
        """
        return not self.in_place() if self._resting is not None else os.fstat(self._descriptor).st_nlink == 0

    def rest(self) -> None:
        """Give the descriptor back; `append` and `sync` take one again."""
        if self._resting is None:
            self._resting = os.fstat(self._descriptor)
            os.close(self._descriptor)

    def close(self) -> None:
        """Close the descriptor; nothing can be appended after this."""
        if self._resting is None:
            os.close(self._descriptor)

    def _wake(self) -> int:
        if self._resting is not None:
            descriptor = os.open(self.path, _AGAIN)
            if not self._is_this(os.fstat(descriptor)):
                os.close(descriptor)
                raise FileNotFoundError(errno.ENOENT, "another file has taken its place", self.path)
            self._descriptor, self._resting = descriptor, None
        return self._descriptor

    def _is_this(self, there: os.stat_result) -> bool:
        """Whether a file is the one that rests. A new file may get the number of a deleted one, but not its size."""
        assert self._resting is not None
        return os.path.samestat(there, self._resting) and there.st_size == self._resting.st_size


Begin: TypeAlias = Callable[[str, str, str, bytes], EventFile]
"""Makes a new file: from the folder of a run, the child's below it or "", the suffix, and records that open it."""


def begin_file(directory: str, child: str, suffix: str, opening: bytes) -> EventFile:
    """Begin a file in a run's folder, or in its child's."""
    return EventFile(os.path.join(directory, child) if child else directory, suffix, opening)


def _create(directory: str, now: float, suffix: str) -> tuple[str, int]:
    global _latest
    _latest = max(_latest, int(now))
    host = socket.gethostname().replace(os.sep, "_")
    while True:
        name = f"events.out.tfevents.{_latest:010d}.{host}.{os.getpid()}.{next(_serial):04d}{suffix}"
        path = os.path.join(directory, name)
        try:
            return path, os.open(path, _FLAGS, 0o666)
        except FileExistsError:
            continue
