"""One message of the wire: what a page must know, as JSON and one binary buffer.

`js/src/wire/frame.ts` holds the same format; `tests/vectors` holds cases that both sides read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from tbnotebook.wire.columns import Column, Packer, parts_of
from tbnotebook.wire.source import SeriesSource

VERSION = 1


@dataclass(frozen=True)
class Message:
    """A frame on its way: JSON content and the buffer that its columns lie in."""

    content: dict[str, Any]
    buffer: bytes = b""


@dataclass(slots=True, eq=False)
class Points:
    """The same number of steps, wall times and values: one consistent look at a growing series."""

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, series: SeriesSource) -> Points:
        """Look at a series that another thread may be appending to: as many points as all three columns have."""
        step, wall_time, value = series.step, series.wall_time, series.value
        if len(step) == len(wall_time) == len(value):
            return cls(step, wall_time, value)
        n = min(len(step), len(wall_time), len(value))
        return cls(step[:n], wall_time[:n], value[:n])

    def __len__(self) -> int:
        return len(self.step)

    def since(self, start: int) -> Points:
        """Return the points from index `start` on."""
        return self.between(start, len(self))

    def between(self, start: int, stop: int) -> Points:
        """Return the points from index `start` to before `stop`."""
        return Points(self.step[start:stop], self.wall_time[start:stop], self.value[start:stop])

    def at(self, index: NDArray[np.intp]) -> Points:
        """Return the points at these indices."""
        return Points(self.step[index], self.wall_time[index], self.value[index])


class Address(TypedDict):
    """Which series: the run's id, the attempt's index, the tag, and the generation of its points."""

    run: int
    attempt: int
    tag: str
    gen: int


@dataclass
class Parts:
    """The series of one frame, packed one after the other.

    Parameters
    ----------
    dense : bool
        Wall times are packed by their distances: what lies in a file for ever is not, as older pages read it.
    """

    dense: bool = False
    packer: Packer = field(default_factory=Packer)
    items: list[dict[str, Any]] = field(default_factory=list)
    _grown: list[tuple[Points, slice]] = field(default_factory=list)
    _grown_facts: dict[str, Any] = field(default_factory=dict)
    _short: list[tuple[Points, slice | NDArray[np.intp]]] = field(default_factory=list)
    _short_items: list[dict[str, Any]] = field(default_factory=list)
    _places: list[tuple[NDArray[np.intp], dict[str, Any]]] = field(default_factory=list)

    def add(
        self,
        points: Points,
        *,
        start: int = 0,
        keep: NDArray[np.intp] | None = None,
        places: bool = False,
        **address: Unpack[Address],
    ) -> None:
        """Append a part: the points of a series from index `start` on, or of them only those to `keep`.

        A thinned part stands for all of them. With `places` it says which of them it has, so that a page can put the
        others between.
        """
        total = start + len(points)
        index = {}
        if keep is not None:
            points = points.at(keep)
            if places:
                index = {"index": self.packer.steps(keep.astype(np.int64) + start)}
        self.items.append(
            {
                **address,
                "from": start,
                "count": len(points),
                "total": total,
                "thinned": keep is not None,
                **index,
                "step": self.packer.steps(points.step),
                "wall": (self.packer.times if self.dense else self.packer.floats)(points.wall_time),
                "value": self.packer.floats(points.value),
            }
        )

    def take_back(self, size: int) -> None:
        """Undo the last `add`, which began at this size of the buffer."""
        self.items.pop()
        self.packer.cut(size)

    def add_short(
        self, points: Points, address: Address, *, keep: NDArray[np.intp] | None = None, places: bool = True
    ) -> None:
        """Append a part of a few points, which is packed together with its like: that costs less than one by one.

        Its points are all, or those to `keep`, which stand for all. With `places` it says which these are.
        """
        total = len(points)
        count = total if keep is None else len(keep)
        item = {**address, "from": 0, "count": count, "total": total, "thinned": keep is not None}
        self.items.append(item)
        self._short_items.append(item)
        self._short.append((points, slice(None) if keep is None else keep))
        if places and keep is not None:
            self._places.append((keep, item))

    def grow(self, points: Points, address: Address, start: int) -> None:
        """Append a few points behind those that a page has of a series: from index `start` on.

        What a live view sends again and again takes the least of bytes and of time: a list, and no columns of its own.
        """
        which = [address["run"], address["attempt"], address["tag"], address["gen"]]
        self._grown_facts.setdefault("series", []).append([*which, start, len(points) - start])
        self._grown.append((points, slice(start, None)))

    @property
    def facts(self) -> dict[str, Any]:
        """What a frame has of them; complete once `bytes` was called."""
        return {"series": self.items, "grown": self._grown_facts} if self._grown else {"series": self.items}

    def bytes(self) -> bytes:
        """Return the buffer of all parts."""
        if self._grown:
            self._grown_facts |= self._together(self._grown)
        for name, column in self._together(self._short).items() if self._short else ():
            _deal(name, column, self._short_items)
        if self._places:
            index = self.packer.together(np.concatenate([keep for keep, _ in self._places]).astype(np.int64))
            _deal("index", index, [item for _, item in self._places])
        self._grown, self._short, self._short_items, self._places = [], [], [], []
        return self.packer.bytes()

    def _together(self, parts: Sequence[tuple[Points, slice | NDArray[np.intp]]]) -> dict[str, Column]:
        """Pack points of several series, those of one behind those of the other."""
        return {
            "step": self.packer.together(np.concatenate([points.step[which] for points, which in parts])),
            "wall": self.packer.floats(np.concatenate([points.wall_time[which] for points, which in parts])),
            "value": self.packer.floats(np.concatenate([points.value[which] for points, which in parts])),
        }


def _deal(name: str, column: Column, items: list[dict[str, Any]]) -> None:
    """Give each item its numbers of a packed column, which is no rule, under this name."""
    for item, part in zip(items, parts_of(column, [item["count"] for item in items]), strict=True):
        item[name] = part
