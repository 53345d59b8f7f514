"""What records say, as the reader keeps it: scalars in columns, places of everything else, and what a writer told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray


class Rows(NamedTuple):
    """Points of one tag, in the order of their records: lists of the same length."""

    step: list[int]
    wall_time: list[float]
    value: list[float]


class RowArrays(NamedTuple):
    """The same as arrays, perhaps of several tags whose points are as many."""

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float32]

    def part(self, begin: int, end: int) -> RowArrays:
        """Return those from one number up to another, along the last axis."""
        return RowArrays(self.step[..., begin:end], self.wall_time[..., begin:end], self.value[..., begin:end])


class Spans(NamedTuple):
    """Where the payloads of one `Key` lie in the buffer: lists of the same length, in the order of the records."""

    step: list[int]
    wall_time: list[float]
    begin: list[int]
    end: list[int]


class Metadata(NamedTuple):
    """What the first value of a tag that bears metadata says of it."""

    plugin: bytes
    display_name: bytes
    description: bytes


Points: TypeAlias = Rows | RowArrays

Key: TypeAlias = tuple[str, bytes | None]
"""What a located payload is: kind and tag.

The payload of a ``Summary.Value``, all of it, has the name of its plugin as kind (``"images"``, ``"histograms"``,
``"audio"`` for old values without one, ``"tensors"`` for a bare tensor, ``""`` for anything else). Without a tag: the
``"graph_def"`` of an event or of its ``"meta_graph_def"``, and ``"tagged_run_metadata"``.
"""


@dataclass(frozen=True)
class Batch:
    """Scalars by tag, and where other payloads lie, that no event of another kind parts."""

    rows: Mapping[bytes, Points]
    spans: Mapping[Key, Spans] = field(default_factory=dict)


@dataclass(frozen=True)
class Session:
    """A SessionLog: a writer began, ended or saved a checkpoint."""

    status: int
    step: int
    wall_time: float
    message: bytes


@dataclass(frozen=True)
class Version:
    """The record that says which version of the format the file has."""

    text: bytes


@dataclass(frozen=True)
class Note:
    """The text of a log message."""

    text: bytes


@dataclass(frozen=True)
class Broken:
    """A sound record whose payload is no event; ``begin`` is the payload's offset in the buffer."""

    begin: int
    reason: str


Piece: TypeAlias = Batch | Session | Version | Note | Broken

GRAPH: Key = ("graph_def", None)
META_GRAPH: Key = ("meta_graph_def", None)
