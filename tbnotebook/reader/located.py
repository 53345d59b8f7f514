"""Payloads that are not held but located: pictures, histograms, texts, graphs, and whatever else a file has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.attempts import Segment
from tbnotebook.reader.columns import Places, next_generation
from tbnotebook.reader.content import surviving
from tbnotebook.reader.names import shown
from tbnotebook.reader.storage import Storage


@dataclass(frozen=True, eq=False)
class Located:
    """Where the payloads of one kind and tag lie, in the order of their records.

    Attributes
    ----------
    step : int64 array
        Read-only, like all of them.
    wall_time : float64 array
        Seconds since the epoch.
    file : int64 array
        Which of ``files`` each lies in.
    offset, length : int64 array
        The payload's bytes in that file; its checksum was right when it was read.
    files : tuple of str
        Paths, shown safely.
    generation : int
        The same number as before means that places were only appended, as for `Scalars`.
    """

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    file: NDArray[np.int64]
    offset: NDArray[np.int64]
    length: NDArray[np.int64]
    files: tuple[str, ...]
    generation: int
    _storage: Storage
    _paths: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.step)

    def __repr__(self) -> str:
        return f"<Located: {len(self)} payloads of {int(self.length.sum())} bytes in {len(self.files)} files>"

    def read(self, index: int) -> bytes:
        """Return one payload.

        A serialized ``Summary.Value`` for whatever has a tag; else the graph, or the ``TaggedRunMetadata``.

        Raises
        ------
        OSError
            The file is gone or cannot be read, or has become shorter.
        """
        path, length = self._paths[self.file[index]], int(self.length[index])
        with self._storage.open(path) as source:
            payload = source.read(int(self.offset[index]), length)
        if len(payload) < length:
            raise OSError(f"{shown(path)} has only {len(payload)} of {length} bytes at {self.offset[index]} left")
        return payload


Parts: TypeAlias = Sequence[tuple[int, Segment[Places]]]
"""For each segment the file that it lies in: an index into some paths."""


class Growth:
    """The places of one kind and tag while their files grow: what they were when they were last asked for."""

    def __init__(self) -> None:
        self._generation = next_generation()
        self._seen: list[tuple[int, Segment[Places], int, int]] = []
        self._located: Located | None = None

    def located(self, segments: Parts, paths: Sequence[str], storage: Storage) -> Located:
        """Put the places of several files together."""
        seen = [(file, part, part.columns.generation, len(part.columns)) for file, part in segments]
        own = tuple(paths[index] for index, _ in segments)
        if self._located is None or seen != self._seen or own != self._located._paths:
            if not self._grows_to(seen):
                self._generation = next_generation()
            self._seen = seen
            self._located = _located(segments, own, storage, self._generation)
        return self._located

    def _grows_to(self, seen: Sequence[tuple[int, Segment[Places], int, int]]) -> bool:
        """Whether what there was is the beginning of what there is: only to the last file may anything have come."""
        known = self._seen
        return len(known) <= len(seen) and all(
            before[:3] == now[:3] and (before[3] == now[3] or index == len(known) - 1)
            for index, (before, now) in enumerate(zip(known, seen))
        )


def _located(segments: Parts, own: tuple[str, ...], storage: Storage, generation: int) -> Located:
    parts: list[tuple[NDArray[np.int64], Places]] = []
    for number, (_, segment) in enumerate(segments):
        places = segment.columns.points()
        mask = surviving(segment.columns, segment.starts)
        if mask is not None:
            places = Places._make(column[mask] for column in places)
        parts.append((np.broadcast_to(np.int64(number), len(places.step)), places))
    if len(parts) == 1:  # one file, as nearly always: its columns are shared, not copied
        [(file, columns)] = parts
    else:
        columns = Places._make(np.concatenate(column) for column in zip(*(places for _, places in parts)))
        file = np.concatenate([number for number, _ in parts])
    for column in (file, *columns):
        column.flags.writeable = False
    step, wall_time, offset, length = columns
    return Located(step, wall_time, file, offset, length, tuple(map(shown, own)), generation, storage, own)
