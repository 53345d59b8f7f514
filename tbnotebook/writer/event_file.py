"""One event file that this process created and that nobody else writes to."""

from __future__ import annotations

import itertools
import os
import socket
import time

from tbnotebook.events import schema
from tbnotebook.events.record import frame

FILE_VERSION = b"brain.Event:2"
_WRITER = b"tbnotebook"
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)

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

    Raises
    ------
    OSError
        The file cannot be created, or its first record not be written; nothing of it stays then.
    """

    def __init__(self, directory: str, suffix: str = "") -> None:
        os.makedirs(directory, exist_ok=True)
        now = time.time()
        self.path, self._descriptor = _create(directory, now, suffix)
        try:
            opening = frame(version_payload(now))
            if self.append(opening) < len(opening):
                raise OSError(f"{self.path}: no room for the first {len(opening)} bytes")
        except OSError:
            self.close()
            os.unlink(self.path)
            raise

    def append(self, data: bytes | memoryview) -> int:
        """Append and return how many bytes were taken, which may be fewer than given."""
        return os.write(self._descriptor, data)

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        os.fsync(self._descriptor)

    def in_place(self) -> bool:
        """Tell whether `path` still names this file. A deleted file takes writes and keeps none."""
        try:
            there = os.stat(self.path)
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(self._descriptor))

    def is_gone(self) -> bool:
        """Tell whether the file is deleted under every name, so that nobody will read what is in it."""
        return os.fstat(self._descriptor).st_nlink == 0

    def close(self) -> None:
        """Close the descriptor; nothing can be appended after this."""
        os.close(self._descriptor)


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
