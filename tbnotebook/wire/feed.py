"""From a log to one view: what it has been sent, and the next frame.

The numbering is the promise: a delta applies only on the state that its number follows, and a page that sees a gap
waits for the next keyframe, which holds everything. Nobody has to ask.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tbnotebook.graph.outline import outline
from tbnotebook.wire.colors import Colors
from tbnotebook.wire.frame import VERSION, Address, Message, Parts, Points
from tbnotebook.wire.names import display_path, plain_text
from tbnotebook.wire.source import LogSource, RunSource

PROBLEMS_SHOWN = 50
POINT_BYTES = 20
LEAST_POINTS = 64


@dataclass
class _Sent:
    generation: int
    length: int


@dataclass(frozen=True)
class _Series:
    run: int
    attempt: int
    tag: str
    generation: int
    points: Points

    @property
    def key(self) -> tuple[int, int, str]:
        return self.run, self.attempt, self.tag

    @property
    def address(self) -> Address:
        return {"run": self.run, "attempt": self.attempt, "tag": self.tag, "gen": self.generation}


class Feed:
    """The frames of one view of one log.

    Its state is what the view has been sent; it lives as long as the view. Not thread-safe: whoever polls the log
    also asks for the frames, under the same lock.

    Parameters
    ----------
    log : LogSource
        The folder, polled by the caller.
    colors : Colors
        Shared by all views of a notebook.
    budget : int
        Bytes of columns that one frame may hold; series that do not fit are thinned, their peaks kept.
    least : int
        Points that a thinned series keeps however many there are.
    tags : collection of str, optional
        Tags that the frames are kept to; None: all.
    """

    def __init__(
        self,
        log: LogSource,
        colors: Colors,
        *,
        budget: int = 1_000_000,
        least: int = LEAST_POINTS,
        tags: Collection[str] | None = None,
    ) -> None:
        self.log = log
        self.colors = colors
        self.budget = budget
        self.least = least
        self.tags = tags
        self.stream = uuid4().hex[:12]
        self.seq = 0
        self._ids: dict[str, int] = {}
        self._sent: dict[tuple[int, int, str], _Sent] = {}
        self._runs: dict[int, dict[str, Any]] = {}
        self._graphs: dict[int, int] = {}
        self._graph_cache: dict[int, tuple[int, dict[str, Any] | None, int]] = {}
        self._problems = 0
        self._state = ("", 0, 0, 0)

    def frames(self, now: float, interval: float, *, key: int | None = None) -> list[Message]:
        """Return what is new since the last call, and a keyframe behind it where one is wanted.

        The first call always gives a keyframe. Later ones come behind the delta and bear its number, so that a page
        without a gap has all that they hold and may keep what it has in full.

        Parameters
        ----------
        now : float
            The kernel's wall clock, in seconds.
        interval : float
            Seconds until the folder is looked at again.
        key : int, optional
            Bytes of columns that the wanted keyframe may hold.
        """
        if not self.seq:
            return [self._key(now, interval, self.budget, everything=True)]
        delta = self._delta(now, interval)
        messages = [] if delta is None else [delta]
        if key is not None:
            messages.append(self._key(now, interval, key, everything=key >= self.budget))
        return messages

    def _key(self, now: float, interval: float, budget: int, *, everything: bool) -> Message:
        """All that a page needs, whatever it has seen before; a small one leaves out graphs larger than itself."""
        parts = Parts()
        series = list(self._series())
        limit = _limit(sum(len(s.points) for s in series), len(series), budget, self.least)
        for item in series:
            parts.add(item.points, **item.address, start=0, limit=limit)
            self._sent[item.key] = _Sent(item.generation, len(item.points))
        self.seq = max(self.seq, 1)
        self._runs = {info["id"]: info for info in self._run_infos()}
        graphs = self._new_graphs(again=True, limit=None if everything else budget)
        content = self._content("key", now, interval, list(self._runs.values()), parts, graphs)
        content["problems"] = self._problem_list()
        return Message(content, parts.packer.bytes())

    def _delta(self, now: float, interval: float) -> Message | None:
        """What is new since the last frame, or None.

        A series that has changed otherwise than by growing, or has grown by more than the budget holds, is sent
        anew and whole, thinned if need be.
        """
        parts = Parts()
        fresh: list[tuple[_Series, int]] = []
        for item in self._series():
            sent = self._sent.get(item.key)
            if sent is None or sent.generation != item.generation or sent.length > len(item.points):
                fresh.append((item, 0))
            elif sent.length < len(item.points):
                fresh.append((item, sent.length))
        limit = _limit(sum(len(item.points) - start for item, start in fresh), len(fresh), self.budget, self.least)
        for item, start in fresh:
            if limit is not None and len(item.points) - start > limit:
                start = 0
            parts.add(item.points.since(start), **item.address, start=start, limit=None if start else limit)
            self._sent[item.key] = _Sent(item.generation, len(item.points))

        infos = {info["id"]: info for info in self._run_infos()}
        changed = [info for number, info in infos.items() if self._runs.get(number) != info]
        gone = sorted(self._runs.keys() - infos.keys())
        self._runs = infos
        for key in [key for key in self._sent if key[0] in gone]:
            del self._sent[key]
        graphs = self._new_graphs()
        problems = self._problem_list() if len(self.log.problems) != self._problems else None
        if not (parts.items or changed or gone or graphs or problems) and self._log_state() == self._state:
            return None
        self.seq += 1
        content = self._content("delta", now, interval, changed, parts, graphs)
        if gone:
            content["gone"] = gone
        if problems is not None:
            content["problems"] = problems
        return Message(content, parts.packer.bytes())

    def beat(self, now: float, *, busy: bool) -> Message:
        """Return a heartbeat: the kernel is alive though nothing is new."""
        return Message({"type": "beat", "now": now, "stream": self.stream, "seq": self.seq, "busy": busy})

    def _content(
        self,
        kind: str,
        now: float,
        interval: float,
        runs: list[dict[str, Any]],
        parts: Parts,
        graphs: list[dict[str, Any]],
    ) -> dict[str, Any]:
        self._state = self._log_state()
        return {
            "type": "frame",
            "v": VERSION,
            "kind": kind,
            "stream": self.stream,
            "seq": self.seq,
            "now": now,
            "log": {
                "path": display_path(self.log.path),
                "state": self.log.state,
                "files": self.log.file_count,
                "read": self.log.bytes_read,
                "total": self.log.bytes_total,
                "interval": interval,
            },
            "runs": runs,
            "series": parts.items,
            "graphs": graphs,
        }

    def _log_state(self) -> tuple[str, int, int, int]:
        return self.log.state, self.log.file_count, self.log.bytes_read, self.log.bytes_total

    def _id(self, name: str) -> int:
        return self._ids.setdefault(name, len(self._ids))

    def _series(self) -> Iterator[_Series]:
        for name, run in self.log.runs.items():
            for index, attempt in enumerate(run.attempts):
                for tag, scalars in attempt.scalars.items():
                    if self.tags is None or tag in self.tags:
                        yield _Series(self._id(name), index, tag, scalars.generation, Points.of(scalars))

    def _run_infos(self) -> Iterator[dict[str, Any]]:
        for name, run in self.log.runs.items():
            yield {
                "id": self._id(name),
                "name": plain_text(name),
                "color": run_color(self.log, name, self.colors),
                "ended": run.ended,
                "ended_by": run.ended_by,
                "attempts": len(run.attempts),
                "parent": self._id(run.parent) if run.parent is not None else None,
                "first": _finite(run.first_wall_time),
                "last": _finite(run.last_wall_time),
                "last_step": last_step(run),
                "lost": run.lost,
            }

    def _new_graphs(self, *, again: bool = False, limit: int | None = None) -> list[dict[str, Any]]:
        graphs = []
        for name, run in self.log.runs.items():
            number = self._id(name)
            if run.graph_version == 0 or (not again and self._graphs.get(number) == run.graph_version):
                continue
            payload, size = self._payload(number, run)
            if limit is not None and size > limit:
                continue
            graphs.append({"run": number, "graph": payload})
            self._graphs[number] = run.graph_version
        return graphs

    def _payload(self, number: int, run: RunSource) -> tuple[dict[str, Any] | None, int]:
        version = run.graph_version
        cached = self._graph_cache.get(number)
        if cached is None or cached[0] != version:
            graph = run.graph
            payload = outline(graph) if graph is not None else None
            cached = self._graph_cache[number] = (version, payload, len(json.dumps(payload)))
        return cached[1], cached[2]

    def _problem_list(self) -> dict[str, Any]:
        problems = self.log.problems
        self._problems = len(problems)
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


def _finite(time: float | None) -> float | None:
    return time if time is not None and math.isfinite(time) else None


def last_step(run: RunSource) -> int | None:
    """Return the highest of the last steps of the newest attempt's tags, or None where there are no points."""
    if not run.attempts:
        return None
    last = [int(s.step[-1]) for s in run.attempts[-1].scalars.values() if len(s.step)]
    return max(last, default=None)


def run_color(log: LogSource, name: str, colors: Colors) -> int:
    """Return the colour's index of a run: it belongs to the run's directory, whatever folder a view looks at."""
    return colors.of(os.path.normpath(os.path.join(log.path, name)))


def _limit(points: int, series: int, budget: int, least: int) -> int | None:
    """Points that each series may have so that a frame keeps within its bytes, or None where all fit."""
    if points * POINT_BYTES <= budget or not series:
        return None
    return max(budget // POINT_BYTES // series, least)
