"""How far one event file of a spool is uploaded, and what comes next."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.events.segment import cut, parse_segment_name, segment_name
from tbnotebook.writer.store.pace import MUCH


@dataclass(frozen=True)
class Segment:
    """An object to put."""

    name: str
    data: bytes


class Progress:
    """The segments of one event file, one after the other.

    A segment that was planned once stays as it is until it is `done`: tried again it has the same name and the same
    bytes. The first is the file's beginning; to each later one the file's first record, which gives the version,
    is prepended.

    Parameters
    ----------
    path
        The event file.
    spool
        The spool's folder, in which it lies, or in a child's folder below.

    Attributes
    ----------
    child : str
        The child's folder relative to the spool's, ``"/"`` between its parts; empty for the run's own.
    offset : int
        Bytes of the file that are uploaded.
    exhausted : bool
        The file is closed, and no whole record is left of it.
    """

    def __init__(self, path: str, spool: str) -> None:
        self.path = path
        child = os.path.relpath(os.path.dirname(path), spool)
        self.child = "" if child == os.curdir else child.replace(os.sep, "/")
        self.offset = 0
        self.exhausted = False
        self._number = 1
        self._end: int | None = None
        # The spool's own name is random: files of two machines of one name would else share theirs.
        self._name = f"{os.path.basename(path)}.{os.path.basename(spool)}"
        self._opening = b""

    def resume(self, sizes: Mapping[str, int]) -> None:
        """Go on behind what is in the store: ``sizes`` of the folder's objects by name."""
        there = {}
        for name, size in sizes.items():
            parsed = parse_segment_name(name)
            if parsed is not None and parsed[0] == self._name:
                there[parsed[1]] = (parsed[2], size)
        while self._number in there:
            self._end, size = there[self._number]
            if size != self._end - self.offset + len(self._prefix()):
                return  # a try that was cut off: this very segment comes next
            self.done()

    def waiting(self) -> int:
        """Return how many bytes are not uploaded; 0 if the file is gone."""
        try:
            return 0 if self.exhausted else os.path.getsize(self.path) - self.offset
        except FileNotFoundError:
            return 0

    def segment(self, *, ended: bool) -> Segment | None:
        """Return what is to be uploaded next, None if that is nothing. ``ended``: nothing will be appended.

        Raises
        ------
        FileNotFoundError
            The file is gone.
        """
        if self._end is None:
            data = self._next(ended)
            if not data:
                self.exhausted = ended
                return None
            self._end = self.offset + len(data)
        else:
            data = self._read(self.offset, self._end - self.offset)
        name = segment_name(self._name, self._number, self._end)
        return Segment(f"{self.child}/{name}" if self.child else name, self._prefix() + data)

    def done(self) -> None:
        """Note that the segment is in the store."""
        assert self._end is not None
        self.offset, self._end = self._end, None
        self._number += 1

    def _next(self, ended: bool) -> bytes:
        most = MUCH
        while True:
            data = self._read(self.offset, most + 1)
            length = cut(data[:most], ended=ended and len(data) <= most)
            if length or len(data) <= most:
                return data[:length]
            most *= 2  # one record is larger

    def _prefix(self) -> bytes:
        if self._number == 1:
            return b""
        if not self._opening:
            length = int.from_bytes(self._read(0, HEADER_SIZE)[:8], "little")
            self._opening = self._read(0, HEADER_SIZE + length + FOOTER_SIZE)
        return self._opening

    def _read(self, offset: int, length: int) -> bytes:
        with open(self.path, "rb") as file:
            file.seek(offset)
            return file.read(length)
