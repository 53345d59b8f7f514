"""What one event file holds, as far as it has been read."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.loss import Loss, parse_loss
from tbnotebook.events.schema import SessionStatus
from tbnotebook.reader.columns import Columns
from tbnotebook.reader.decode import Batch, Blob, Broken, Metadata, Note, Other, Piece, Points, Session, Version
from tbnotebook.reader.names import text


@dataclass(frozen=True)
class Start:
    """A writer began at ``step``: earlier points from that step on, and not later by the clock, are void."""

    step: int
    wall_time: float


@dataclass(frozen=True)
class Place:
    """Where something lies in a file; ``scopes`` is where the facts that belong to a graph lie, if there are any."""

    offset: int
    length: int
    scopes: Place | None = None


class Content:
    """Points, sessions and places of one file, in the order of its records.

    Attributes
    ----------
    revision : int
        Grows with all that is added.
    series : dict of bytes to Columns
        By tag; what a later START of this file has made void is gone.
    metadata : dict of bytes to Metadata
        By tag, the first one.
    starts : list of Start
        In order; they reach back into the files before this one.
    graph, meta_graph : Place or None
        The last of its kind.
    ended : bool
        The last record is a SessionLog STOP; ``ended_by`` is its message.
    first, last : float or None
        Earliest and latest wall time of a value.
    losses : list of Loss
        What writers told of events that they had to drop.
    """

    def __init__(self) -> None:
        self.revision = 0
        self.series: dict[bytes, Columns] = {}
        self.metadata: dict[bytes, Metadata] = {}
        self.starts: list[Start] = []
        self.graph: Place | None = None
        self.meta_graph: Place | None = None
        self.ended = False
        self.ended_by: str | None = None
        self.first: float | None = None
        self.last: float | None = None
        self.losses: list[Loss] = []
        self._scopes: Place | None = None
        self._versioned: bool | None = None

    def assume_version(self) -> None:
        """Take the file for one of version 2: its first record, which would say so, is damaged."""
        if self._versioned is None:
            self._versioned = True

    def add(self, pieces: list[Piece], offset: int) -> set[bytes]:
        """Add what was decoded from a buffer that lies at ``offset`` in the file; return the tags that changed."""
        changed: set[bytes] = set()
        self.revision += 1
        for piece in pieces:
            if self._versioned is None:
                self._versioned = isinstance(piece, (Version, Broken))
            self.ended = False
            if isinstance(piece, Batch):
                for tag, rows in piece.rows.items():
                    self._extend(tag, rows)
                changed.update(piece.rows)
            elif isinstance(piece, Session):
                changed.update(self._add_session(piece))
            elif isinstance(piece, Blob):
                self._add_blob(piece, offset)
            elif isinstance(piece, Other):
                self._see(piece.wall_time)
            elif isinstance(piece, Note) and (loss := parse_loss(piece.text)) is not None:
                self.losses.append(loss)
        return changed

    def _extend(self, tag: bytes, rows: Points) -> None:
        columns = self.series.get(tag)
        if columns is None:
            columns = self.series[tag] = Columns()
        before = len(columns)
        wall_time = np.array(rows.wall_time)
        columns.extend(rows.step, wall_time, rows.value)
        if not self._versioned:
            keep = _in_order(columns.points().step, before)
            if keep is not None:
                columns.keep(keep)
        finite = wall_time[np.isfinite(wall_time)]
        if len(finite):
            self._see(float(finite.min()))
            self._see(float(finite.max()))

    def _see(self, wall_time: float) -> None:
        if math.isfinite(wall_time):
            self.first = wall_time if self.first is None else min(self.first, wall_time)
            self.last = wall_time if self.last is None else max(self.last, wall_time)

    def _add_session(self, session: Session) -> set[bytes]:
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
                columns.keep(mask)
                changed.add(tag)
        return changed

    def _add_blob(self, blob: Blob, offset: int) -> None:
        place = Place(offset + blob.begin, blob.end - blob.begin, self._scopes)
        if blob.kind == "scopes":
            self._scopes = Place(place.offset, place.length)
        elif blob.kind == "graph":
            self.graph, self._scopes = place, None
        else:
            self.meta_graph = place


def surviving(columns: Columns, starts: tuple[Start, ...]) -> NDArray[np.bool_] | None:
    """Which points are not made void by ``starts`` that come after all of them; None if all survive."""
    if not len(columns) or all(start.step > columns.highest for start in starts):
        return None
    step, wall_time, _ = columns.points()
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
