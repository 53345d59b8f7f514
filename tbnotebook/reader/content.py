"""What one event file holds, as far as it has been read."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.kinship import Kinship, parse_kinship
from tbnotebook.events.loss import Loss, parse_loss
from tbnotebook.events.schema import SessionStatus
from tbnotebook.reader.columns import Columns, Places, Points, Row
from tbnotebook.reader.names import text
from tbnotebook.reader.pieces import Batch, Broken, Key, Metadata, Note, Piece, Session, Spans, Version
from tbnotebook.reader.pieces import Points as Rows

_MOST_KINSHIPS = 1000  # of a file: a tag of `add_scalars` has one


@dataclass(frozen=True)
class Start:
    """A writer began at ``step``: earlier points from that step on, and not later by the clock, are void."""

    step: int
    wall_time: float


class Content:
    """Points, sessions and places of one file, in the order of its records.

    Attributes
    ----------
    revision : int
        Grows with all that is added; `shape` only where it is more than points behind others of their tag.
    series : dict of bytes to Columns
        By tag; what a later START of this file has made void is in ``purged``.
    purged : dict of bytes to Columns
        By tag, in the order in which they became void.
    places : dict of Key to Columns
        Where everything else lies in the file, less what a START has made void.
    metadata : dict of bytes to Metadata
        By tag, the first one.
    starts : list of Start
        In order; they reach back into the files before this one.
    ended : bool
        The last record is a SessionLog STOP; ``ended_by`` is its message.
    first, last : float or None
        Earliest and latest wall time of a value.
    kinships : dict of str to Kinship
        By tag, what writers told of the run that this one is a part of.
    losses : list of Loss
        What writers told of events that they had to drop.
    versioned : bool or None
        The first record says of which version the file is; None while there is none.
    """

    __slots__ = (
        "_reshaped",
        "ended",
        "ended_by",
        "first",
        "kinships",
        "last",
        "losses",
        "metadata",
        "places",
        "purged",
        "revision",
        "series",
        "starts",
        "versioned",
    )

    def __init__(self) -> None:
        self.revision = 0
        self._reshaped = 0
        self.series: dict[bytes, Columns[Points]] = {}
        self.purged: dict[bytes, Columns[Points]] = {}
        self.places: dict[Key, Columns[Places]] = {}
        self.metadata: dict[bytes, Metadata] = {}
        self.starts: list[Start] = []
        self.ended = False
        self.ended_by: str | None = None
        self.first: float | None = None
        self.last: float | None = None
        self.kinships: dict[str, Kinship] = {}
        self.losses: list[Loss] = []
        self.versioned: bool | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Another one when anything else than points behind others, not below all of these, was added or taken out."""
        return self._reshaped, len(self.metadata)

    def assume_version(self) -> None:
        """Take the file for one of version 2: its first record, which would say so, is damaged."""
        if self.versioned is None:
            self.versioned = True

    def add(self, pieces: list[Piece], offset: int) -> set[bytes]:
        """Add what was decoded from a buffer that lies at ``offset`` in the file; return the tags that changed."""
        changed: set[bytes] = set()
        self.revision += 1
        for piece in pieces:
            if self.versioned is None:
                self.versioned = isinstance(piece, (Version, Broken))
            self.ended = False
            if isinstance(piece, Batch):
                for tag, rows in piece.rows.items():
                    self._extend(tag, rows)
                for key, spans in piece.spans.items():
                    self._locate(key, spans, offset)
                changed.update(piece.rows)
            elif isinstance(piece, Session):
                changed.update(self._add_session(piece))
            elif isinstance(piece, Note):
                self._add_note(piece)
        return changed

    def expect(self, more: float) -> None:
        """Make room for ``more`` times the points that came so far."""
        for columns in self.series.values():
            columns.reserve(int(more * len(columns)))

    def take(self, tag: bytes, columns: Columns[Points], first: float, last: float) -> None:
        """Take all points of a tag that has none yet; ``first`` and ``last`` are the extremes of their wall times."""
        self.revision += 1
        self._reshaped += 1
        self.ended = False
        self.series[tag] = columns
        if math.isfinite(first) and math.isfinite(last):
            self._see_span(first, last)
        else:
            self._see(columns.points().wall_time)

    def _extend(self, tag: bytes, rows: Rows) -> None:
        columns = self.series.get(tag)
        if columns is None:
            columns = self.series[tag] = Columns(Points)
        before, lowest = len(columns), columns.lowest
        columns.extend(*rows)
        if not before or columns.lowest != lowest:
            self._reshaped += 1
        if not self.versioned:
            keep = _in_order(columns.points().step, before)
            if keep is not None:
                self._purge(tag, columns, keep)
        self._see(rows.wall_time)

    def _locate(self, key: Key, spans: Spans, offset: int) -> None:
        self._reshaped += 1
        columns = self.places.get(key)
        if columns is None:
            columns = self.places[key] = Columns(Places)
        begin = np.asarray(spans.begin, np.int64)
        wall_time = np.asarray(spans.wall_time, np.float64)
        columns.extend(spans.step, wall_time, begin + offset, np.asarray(spans.end, np.int64) - begin)
        if key[1] is not None:
            self._see(wall_time)

    def _see(self, wall_time: list[float] | NDArray[np.float64]) -> None:
        """Take notice of wall times, as far as they are finite."""
        if isinstance(wall_time, list):  # a NaN that is not the first is no extreme, and the first is one
            first, last = min(wall_time), max(wall_time)
        else:
            first, last = float(wall_time.min()), float(wall_time.max())
        if not (math.isfinite(first) and math.isfinite(last)):
            wall_time = np.asarray(wall_time, np.float64)
            finite = wall_time[np.isfinite(wall_time)]
            if not len(finite):
                return
            first, last = float(finite.min()), float(finite.max())
        self._see_span(first, last)

    def _see_span(self, first: float, last: float) -> None:
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)

    def _purge(self, tag: bytes, columns: Columns[Points], keep: NDArray[np.bool_]) -> None:
        purged = self.purged.get(tag)
        if purged is None:
            purged = self.purged[tag] = Columns(Points)
        purged.extend(*columns.keep(keep))
        self._reshaped += 1

    def _add_note(self, note: Note) -> None:
        self._reshaped += 1
        if (loss := parse_loss(note.text)) is not None:
            self.losses.append(loss)
        elif (kinship := parse_kinship(note.text)) is not None and len(self.kinships) < _MOST_KINSHIPS:
            self.kinships.setdefault(kinship.tag, kinship)

    def _add_session(self, session: Session) -> set[bytes]:
        self._reshaped += 1
        if session.status == SessionStatus.STOP:
            self.ended = True
            self.ended_by = text(session.message) or None
        if session.status != SessionStatus.START:
            return set()
        start = Start(session.step, session.wall_time)
        self.starts.append(start)
        changed = set()
        for tag, columns in self.series.items():
            mask = surviving(columns, (start,))
            if mask is not None:
                self._purge(tag, columns, mask)
                changed.add(tag)
        for key, places in self.places.items():
            mask = surviving(places, (start,)) if key[1] is not None else None
            if mask is not None:
                places.keep(mask)
        return changed


def surviving(columns: Columns[Row], starts: tuple[Start, ...]) -> NDArray[np.bool_] | None:
    """Which points are not made void by ``starts`` that come after all of them; None if all survive."""
    if not len(columns) or all(start.step > columns.highest for start in starts):
        return None
    step, wall_time, *_ = columns.points()
    keep = np.ones(len(step), np.bool_)
    for start in starts:
        keep &= (step < start.step) | ~(wall_time <= start.wall_time)
    return None if keep.all() else keep


def _in_order(step: NDArray[np.int64], before: int) -> NDArray[np.bool_] | None:
    """Which points stay where a smaller step voids the earlier ones from that step on (files of version < 2).

    The first ``before`` points are in order already. None if all stay.
    """
    added = step[max(before - 1, 0) :]
    if not (added[1:] < added[:-1]).any():
        return None
    kept: list[int] = list(range(before))
    steps = step.tolist()
    for index in range(before, len(steps)):
        if kept and steps[index] < steps[kept[-1]]:
            while kept and steps[kept[-1]] >= steps[index]:
                kept.pop()
        kept.append(index)
    keep = np.zeros(len(step), np.bool_)
    keep[kept] = True
    return keep
