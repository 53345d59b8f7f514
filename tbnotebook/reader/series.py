"""The points of one tag in one attempt, put together from its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.attempts import Segment
from tbnotebook.reader.columns import Columns, Points, next_generation
from tbnotebook.reader.content import surviving


@dataclass(frozen=True, eq=False)
class Scalars:
    """The points of one tag in one attempt, as they were when they were asked for.

    Attributes
    ----------
    step : int64 array
        In the order of the records; read-only, like all three.
    wall_time : float64 array
        Seconds since the epoch.
    value : float64 array
        Exactly what the file holds; most writers store float32.
    generation : int
        The same number as before means that points were only appended: whoever has the first n needs only
        ``[n:]``. A greater number means that the points before are others (purged, replaced, read late).
    display_name, description : str
        From the tag's first metadata; the display name defaults to the tag.
    """

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float64]
    generation: int
    display_name: str
    description: str

    def __len__(self) -> int:
        return len(self.step)


class _Taken(NamedTuple):
    """How much of a segment the series has, and which state of it."""

    segment: Segment[Points]
    generation: int
    length: int


class Series:
    """Keeps the points of one tag in one attempt together while its files grow.

    A single file's columns are shared, not copied; several files' are appended to columns of its own.
    """

    def __init__(self) -> None:
        self.generation = next_generation()
        self._taken: list[_Taken] = []
        self._own: Columns[Points] | None = None

    def update(self, segments: Sequence[Segment[Points]]) -> Points:
        """Bring the series up to date with its segments and return its points."""
        if not self._grows_to(segments):
            self.generation = next_generation()
            self._taken = []
            self._own = None
        if len(segments) == 1 and not segments[0].starts:
            [segment] = segments
            points = segment.columns.points()
            self._taken = [_Taken(segment, segment.columns.generation, len(segment.columns))]
        else:
            points = self._gather(segments)
            self._taken = [_Taken(s, s.columns.generation, len(s.columns)) for s in segments]
        return points

    def _grows_to(self, segments: Sequence[Segment[Points]]) -> bool:
        """Whether the series' points are the first of the segments' points."""
        if len(self._taken) > len(segments):
            return False
        if len(segments) == 1 and len(self._taken) == 1:  # one file, as nearly always
            [taken], [segment] = self._taken, segments
            same = taken.segment is segment or taken.segment == segment
            return same and taken.generation == segment.columns.generation
        for index, (taken, segment) in enumerate(zip(self._taken, segments)):
            same = taken.segment == segment and taken.generation == segment.columns.generation
            whole = taken.length == len(segment.columns) or index == len(self._taken) - 1
            if not (same and whole):
                return False
        return True

    def _gather(self, segments: Sequence[Segment[Points]]) -> Points:
        if self._own is None:
            self._own = Columns(Points)
            self._taken = []
        for index, segment in enumerate(segments):
            start = self._taken[index].length if index < len(self._taken) else 0
            mask = surviving(segment.columns, segment.starts)
            points = segment.columns.points(start)
            self._own.extend(*(points if mask is None else (column[mask[start:]] for column in points)))
        return self._own.points()
