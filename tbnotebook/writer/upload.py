"""One event file of a spool, on its way into an object store in numbered parts that are never touched again."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from tbnotebook.events.part import parse_part, part_name
from tbnotebook.events.record import HEADER_SIZE, record_size, whole_size

if TYPE_CHECKING:
    from typing import BinaryIO

LARGEST = 8 << 20  # bytes of a part, unless a single record is larger
SOONEST, LATEST = 2.0, 300.0  # seconds between two parts
_SHARE = 0.02  # of a file's age; so that a run of ten days comes in thousands of parts and not in a million


class Upload:
    """What of one event file is in the store.

    Parameters
    ----------
    file_system
        Of fsspec.
    root
        The run's folder in the store.
    path
        The event file.

    Attributes
    ----------
    path : str
        The event file.
    """

    def __init__(self, file_system: Any, root: str, path: str) -> None:
        self._file_system = file_system
        self._whole = f"{root.rstrip('/')}/{os.path.basename(path)}"
        self.path = path
        self._parts = 0
        self._offset = 0
        self._head = b""
        self._tried = 0  # bytes of the part that failed: it may be there all the same, so the next try is no longer
        self._begun = self._last = time.monotonic()

    @property
    def sent(self) -> int:
        """Bytes of the file that are in the store."""
        return self._offset

    @property
    def waiting(self) -> int:
        """Bytes of the file that are not."""
        return max(0, size_of(self.path) - self._offset)

    def is_due(self) -> bool:
        """Tell whether the next part should be sent now: often at first, ever more seldom in a long run."""
        now = time.monotonic()
        return self.waiting >= LARGEST or now - self._last >= interval(now - self._begun)

    def send(self) -> bool:
        """Send one part. Returns whether there was a whole record to send; raises what the store raises."""
        try:
            with open(self.path, "rb") as file:
                file.seek(self._offset)
                data = _whole_records(file, self._tried or LARGEST)
        except FileNotFoundError:  # deleted by somebody
            return False
        if not data:
            return False
        if not self._offset:
            self._head = data[: record_size(data)]
        self._tried = len(data)
        name = part_name(self._whole, self._parts + 1)
        self._file_system.pipe_file(name, self._head + data if self._offset else data)
        self._last = time.monotonic()
        self._parts += 1
        self._offset += len(data)
        self._tried = 0
        return True

    def resume(self) -> None:
        """Find out what a process that was killed has sent, and go on behind it."""
        folder, _, name = self._whole.rpartition("/")
        self._file_system.invalidate_cache()
        sizes = {}
        for entry in self._file_system.ls(folder, detail=True) if self._file_system.exists(folder) else []:
            part = parse_part(entry["name"].rpartition("/")[2])
            if part is not None and part[0] == name:
                sizes[part[1]] = int(entry["size"])
        with open(self.path, "rb") as file:
            self._head = _first_record(file)
            while self._parts + 1 in sizes:
                size = sizes[self._parts + 1] - (len(self._head) if self._offset else 0)
                file.seek(self._offset)
                if whole_size(file.read(max(size, 0))) < max(size, 1):
                    break  # cut short: a store that is no object store shows a part before it is whole
                self._parts += 1
                self._offset += size


def size_of(path: str) -> int:
    """Return the size of a file in bytes; 0 if there is none."""
    try:
        return os.path.getsize(path)
    except FileNotFoundError:
        return 0


def interval(age: float) -> float:
    """Return how many seconds lie between two parts of a file that is ``age`` seconds old."""
    return min(max(SOONEST, _SHARE * age), LATEST)


def _first_record(file: BinaryIO) -> bytes:
    header = file.read(HEADER_SIZE)
    return header + file.read(record_size(header) - HEADER_SIZE) if len(header) == HEADER_SIZE else b""


def _whole_records(file: BinaryIO, most: int) -> bytes:
    """Read whole records from where the file stands, ``most`` bytes of them or one."""
    data = file.read(most)
    size = whole_size(data)
    if size == 0 and len(data) == most >= HEADER_SIZE:
        data += file.read(record_size(data[:HEADER_SIZE]) - most)
        size = whole_size(data)
    return data[:size]
