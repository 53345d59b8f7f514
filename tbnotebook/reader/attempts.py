"""Which points of a run's files belong together: SessionLog START and the rule of attempts.

Both are functions of what the files hold, in name order. First every START voids what lies before it, in its own
file (`Content` has done that) and in the files before. Then a file in which some tag goes back behind a step that
the attempt already has begins a new attempt. Segments of one file count as that one file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from tbnotebook.reader.columns import Columns
from tbnotebook.reader.content import Content, Start, surviving


@dataclass(frozen=True)
class Segment:
    """The part of a series that one file gives: its points, less those which ``starts`` make void."""

    columns: Columns
    starts: tuple[Start, ...] = ()


@dataclass
class Plan:
    """One attempt: the files it is made of, by index, and for each tag its segments in file order."""

    files: list[int] = field(default_factory=list)
    series: dict[bytes, list[Segment]] = field(default_factory=dict)


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
    highest: dict[bytes, int] = {}
    later = _later_starts(contents)
    for _, group in groupby(range(len(contents)), key=lambda index: index if files is None else files[index]):
        indices = list(group)
        parts: list[tuple[bytes, Segment, int, int]] = []
        for index in indices:
            for tag, columns in contents[index].series.items():
                segment, low, high = _survivors(columns, later[index])
                if segment is not None:
                    parts.append((tag, segment, low, high))
        if any(low < highest[tag] for tag, _, low, _ in parts if tag in highest):
            attempts.append(Plan())
            highest = {}
        attempts[-1].files += indices
        for tag, segment, _, high in parts:
            attempts[-1].series.setdefault(tag, []).append(segment)
            highest[tag] = max(high, highest.get(tag, high))
    return attempts


def _survivors(columns: Columns, starts: tuple[Start, ...]) -> tuple[Segment | None, int, int]:
    """The segment that is left of a file's points, with its lowest and highest step."""
    mask = surviving(columns, starts)
    if mask is None:
        return (Segment(columns) if len(columns) else None), columns.lowest, columns.highest
    step = columns.points().step[mask]
    if not len(step):
        return None, 0, 0
    return Segment(columns, starts), int(np.min(step)), int(np.max(step))


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
