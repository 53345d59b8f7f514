"""Which points of a run's files belong together: SessionLog START and the rule of attempts.

Both are functions of what the files hold, in name order. First every START voids what lies before it, in its own
file (`Content` has done that) and in the files before. Then a file in which some tag goes back behind a step that
the attempt already has begins a new attempt. Segments of one file count as that one file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Generic

from tbnotebook.reader.columns import Columns, Places, Points, Row
from tbnotebook.reader.content import Content, Start, surviving
from tbnotebook.reader.pieces import Key


@dataclass(frozen=True)
class Segment(Generic[Row]):
    """The part of a series that one file gives: its rows, less those which ``starts`` make void."""

    columns: Columns[Row]
    starts: tuple[Start, ...] = ()


@dataclass
class Plan:
    """One attempt.

    Attributes
    ----------
    files : list of int
        The files that it is made of, by index.
    series : dict of bytes to list of Segment
        For each tag its points, in file order.
    places : dict of Key to list of (int, Segment)
        For each kind and tag of other payloads the file, by index, and where they lie in it; in file order.
    """

    files: list[int] = field(default_factory=list)
    series: dict[bytes, list[Segment[Points]]] = field(default_factory=dict)
    places: dict[Key, list[tuple[int, Segment[Places]]]] = field(default_factory=dict)


def plan(contents: Sequence[Content], files: Sequence[str] | None = None) -> list[Plan]:
    """Return the attempts of a run, oldest first; at least one.

    Parameters
    ----------
    contents
        What the run's files hold, in the order of their names.
    files
        For each of them the file it is, or is a segment of; by default each is a file of its own.
    """
    attempts = [Plan()]
    highest: dict[bytes | Key, int] = {}
    later = _later_starts(contents)
    for _, group in groupby(range(len(contents)), key=lambda index: index if files is None else files[index]):
        indices = list(group)
        series = [
            (tag, points)
            for index in indices
            for tag, columns in contents[index].series.items()
            if (points := _survivors(columns, later[index])) is not None
        ]
        places = [
            (key, index, segment)
            for index in indices
            for key, located in contents[index].places.items()
            if (segment := _survivors(located, () if key[1] is None else later[index])) is not None
        ]
        spans: list[tuple[bytes | Key, int, int]] = [(tag, *_steps(points)) for tag, points in series]
        spans += [(key, *_steps(segment)) for key, _, segment in places if key[1] is not None]
        if any(low < highest[name] for name, low, _ in spans if name in highest):
            attempts.append(Plan())
            highest = {}
        attempts[-1].files += indices
        for tag, points in series:
            attempts[-1].series.setdefault(tag, []).append(points)
        for key, index, segment in places:
            attempts[-1].places.setdefault(key, []).append((index, segment))
        for name, _, high in spans:
            highest[name] = max(high, highest.get(name, high))
    return attempts


def purged(contents: Sequence[Content]) -> dict[bytes, list[Points]]:
    """Return the points that a START, or in old files a smaller step, has made void: by tag, in file order."""
    void: dict[bytes, list[Points]] = {}
    for content, later in zip(contents, _later_starts(contents)):
        for tag, columns in content.purged.items():
            void.setdefault(tag, []).append(columns.points())
        for tag, columns in content.series.items():
            mask = surviving(columns, later)
            if mask is not None:
                void.setdefault(tag, []).append(Points._make(column[~mask] for column in columns.points()))
    return void


def _survivors(columns: Columns[Row], starts: tuple[Start, ...]) -> Segment[Row] | None:
    """The segment that is left of a file's rows, None if nothing is."""
    mask = surviving(columns, starts)
    if mask is None:
        return Segment(columns) if len(columns) else None
    return Segment(columns, starts) if mask.any() else None


def _steps(segment: Segment[Row]) -> tuple[int, int]:
    """The lowest and the highest step of a segment, which has one at least."""
    mask = surviving(segment.columns, segment.starts)
    if mask is None:
        return segment.columns.lowest, segment.columns.highest
    step = segment.columns.points().step[mask]
    return int(step.min()), int(step.max())


def _later_starts(contents: Sequence[Content]) -> list[tuple[Start, ...]]:
    """For each file the STARTs of the files behind it, without those that another one covers."""
    later: list[tuple[Start, ...]] = []
    gathered: tuple[Start, ...] = ()
    for content in reversed(contents):
        later.append(gathered)
        gathered = _needed((*gathered, *content.starts))
    return later[::-1]


def _needed(starts: tuple[Start, ...]) -> tuple[Start, ...]:
    """Leave out a START that begins no earlier and reaches no later than another."""
    needed: list[Start] = []
    for start in sorted(set(starts), key=lambda start: (start.step, -start.wall_time)):
        if not needed or start.wall_time > needed[-1].wall_time:
            needed.append(start)
    return tuple(needed)
