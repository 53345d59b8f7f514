"""A log as its frames name it: runs by number, series by run, attempt and tag."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.colors import Colors
from tbnotebook.wire.digest import Asked, Digest
from tbnotebook.wire.frame import Address, Parts, Points
from tbnotebook.wire.hparams import HParamsFacts
from tbnotebook.wire.layouts import Layouts
from tbnotebook.wire.media import MediaSeries, media_of
from tbnotebook.wire.names import display_path, plain_text
from tbnotebook.wire.room import SHORT, RunGraph
from tbnotebook.wire.source import LogSource, RunSource
from tbnotebook.wire.thin import thin

PROBLEMS_SHOWN = 50


@dataclass(slots=True, eq=False)
class Series:
    """One series as it was when it was listed."""

    name: str
    run: int
    attempt: int
    tag: str
    generation: int
    points: Points

    @property
    def key(self) -> tuple[int, int, str]:
        """Names the series among those of a feed."""
        return self.run, self.attempt, self.tag

    @property
    def asked(self) -> Asked:
        """What a digest must know to thin it."""
        return self.name, self.attempt, self.tag, self.generation, self.points.value

    @property
    def address(self) -> Address:
        """The same with the generation, as a frame has it."""
        return {"run": self.run, "attempt": self.attempt, "tag": self.tag, "gen": self.generation}


@dataclass(slots=True, eq=False)
class Listed:
    """A run as it was when it was listed.

    Attributes
    ----------
    id : int
    revision : int or None
        As the run told it.
    info : dict
        Its facts, as a frame tells them.
    series : list of Series
    media : list of MediaSeries
    hparams : dict or None
        What it was given, as a frame tells it.
    """

    id: int
    revision: int | None
    info: dict[str, Any]
    series: list[Series]
    media: list[MediaSeries]
    hparams: dict[str, Any] | None


class Contents:
    """What frames are made of; a run keeps its number as long as this lives.

    Parameters
    ----------
    log : LogSource
        The folder, polled by the caller.
    colors : Colors
        Shared by all views of a notebook.
    digest : Digest
        Shared by all that looks at the log.

    Attributes
    ----------
    layouts : Layouts
        Those of custom scalars.
    """

    def __init__(self, log: LogSource, colors: Colors, digest: Digest) -> None:
        self.log = log
        self.colors = colors
        self.digest = digest
        self.layouts = Layouts(log)
        self._ids: dict[str, int] = {}
        self._names: list[str] = []  # by number
        self._listed: dict[str, Listed] = {}
        self._hparams = HParamsFacts()

    def runs(self) -> list[Listed]:
        """All runs as they are now; those in which nothing has changed are listed no second time."""
        runs = self.log.runs
        for name in [name for name in self._listed if name not in runs]:
            del self._listed[name]
        for name in runs:  # numbered in their order, also where one is a part of a later one
            self._id(name)
        return [self._list(name, run) for name, run in runs.items()]

    def _list(self, name: str, run: RunSource) -> Listed:
        # What it was before goes first: it keeps the columns' memory alive, which is moved as they are asked for.
        breathe()
        known, revision = self._listed.pop(name, None), run.revision
        if known is None or revision is None or known.revision != revision:
            known = None
            series = list(self._series(name, run))
            number = self._id(name)
            known = Listed(
                number,
                revision,
                self._info(name, run, series),
                series,
                list(media_of(name, number, run)),
                self._hparams.of(name, number, run),
            )
        self._listed[name] = known
        return known

    def _series(self, name: str, run: RunSource) -> Iterator[Series]:
        number = self._id(name)
        for index, attempt in enumerate(run.attempts):
            for tag, scalars in attempt.scalars.items():
                yield Series(name, number, index, tag, scalars.generation, Points.of(scalars))

    def find(self, run: int, attempt: int, tag: str) -> Series | None:
        """The series of this address as it is now; None where there is none."""
        if not 0 <= run < len(self._names):
            return None
        name = self._names[run]
        attempts = self.log.runs[name].attempts if name in self.log.runs else ()
        scalars = attempts[attempt].scalars.get(tag) if 0 <= attempt < len(attempts) else None
        return None if scalars is None else Series(name, run, attempt, tag, scalars.generation, Points.of(scalars))

    def add(self, parts: Parts, series: Sequence[Series], limit: int | None, *, places: bool = False) -> list[bool]:
        """Append series to the parts of a frame, thinned to `limit` points where they have more; tell which were.

        With `places` a thinned one says which points it has.
        """
        long = [number for number, one in enumerate(series) if limit is not None and len(one.points) > limit]
        kept: dict[int, NDArray[np.intp]] = {}
        if limit is not None:
            kept = dict(zip(long, self.digest.thin_all([series[number].asked for number in long], limit), strict=True))
        for number, one in enumerate(series):
            breathe()
            keep = kept.get(number)
            if (len(one.points) if keep is None else len(keep)) <= SHORT:
                parts.add_short(one.points, one.address, keep=keep, places=places)
            else:
                parts.add(one.points, keep=keep, places=places, **one.address)
        return [number in kept for number in range(len(series))]

    def add_since(self, parts: Parts, series: Series, start: int, limit: int) -> None:
        """Append what a series has from index `start` on, thinned to `limit` points."""
        if start == 0:
            self.add(parts, [series], limit, places=True)
            return
        points = series.points.since(start)
        parts.add(points, start=start, keep=thin(points.value, limit), places=True, **series.address)

    def _info(self, name: str, run: RunSource, series: list[Series]) -> dict[str, Any]:
        newest = len(run.attempts) - 1
        last = [int(one.points.step[-1]) for one in series if one.attempt == newest and len(one.points)]
        return {
            **_keys(run),
            "id": self._id(name),
            "name": plain_text(name),
            "color": run_color(self.log, name, self.colors),
            "ended": run.ended,
            "ended_by": run.ended_by,
            "attempts": newest + 1,
            "parent": self._id(run.parent) if run.parent is not None else None,
            "first": _finite(run.first_wall_time),
            "last": _finite(run.last_wall_time),
            "last_step": max(last, default=None),
            "lost": run.lost,
        }

    def graphs(self) -> list[RunGraph]:
        """The newest graph of each run that has one, and Keras's pictures of models; one alone needs no name."""
        found = []
        for name, run in self.log.runs.items():
            number, made = self._id(name), bool(run.graph_version)
            if made:
                found.append(RunGraph(number, run.graph_version, self.digest.outline(name, run)))
            for tag in run.models:
                title = f"model {plain_text(tag)}" if made else ""
                found.append(RunGraph(number, len(run.models[tag]), self.digest.model(name, run, tag), title))
                made = True
        return found

    def problems(self) -> dict[str, Any]:
        """How many problems there are, and the first of them."""
        problems = self.log.problems
        items = [
            {
                "run": self._ids.get(p.run) if p.run is not None else None,
                "path": plain_text(os.path.relpath(p.path, self.log.path) if os.path.isabs(p.path) else p.path),
                "offset": p.offset,
                "reason": p.reason,
                "kind": p.kind,
            }
            for p in list(problems)[:PROBLEMS_SHOWN]
        ]
        return {"count": len(problems), "items": items}

    def info(self, interval: float) -> dict[str, Any]:
        """The facts of the folder; `interval` is the seconds until it is looked at again."""
        return {
            "path": display_path(self.log.path),
            "state": self.log.state,
            "files": self.log.file_count,
            "read": self.log.bytes_read,
            "total": self.log.bytes_total,
            "interval": interval,
        }

    def _id(self, name: str) -> int:
        number = self._ids.setdefault(name, len(self._names))
        if number == len(self._names):
            self._names.append(name)
        return number


def last_step(run: RunSource) -> int | None:
    """Return the highest of the last steps of the newest attempt's tags, or None where there are no points."""
    if not run.attempts:
        return None
    last = [int(s.step[-1]) for s in run.attempts[-1].scalars.values() if len(s.step)]
    return max(last, default=None)


def run_color(log: LogSource, name: str, colors: Colors) -> int:
    """Return the colour's index of a run: it belongs to the run's directory, whatever folder a view looks at."""
    return colors.of(os.path.normpath(os.path.join(log.path, name)))


def _keys(run: RunSource) -> dict[str, Any]:
    """Of a part of another run: for each tag its key. Pairs, as a tag may be any text, and a page's objects are not."""
    keys = run.keys
    return {"keys": [list(pair) for pair in keys.items()]} if keys else {}


def _finite(time: float | None) -> float | None:
    return time if time is not None and math.isfinite(time) else None
