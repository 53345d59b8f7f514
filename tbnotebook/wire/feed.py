"""From a log to one view: what it has been sent, and the next frame.

The numbering is the promise: a delta applies only on the state that its number follows, and a page that sees a gap
waits for the next keyframe, which holds everything. Nobody has to ask.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blobs import Blobs
from tbnotebook.wire.colors import Colors
from tbnotebook.wire.contents import Contents, Series
from tbnotebook.wire.digest import Digest
from tbnotebook.wire.fill import Fill
from tbnotebook.wire.frame import VERSION, Message, Parts
from tbnotebook.wire.hparams import given_size, nothing_given
from tbnotebook.wire.layouts import size_of
from tbnotebook.wire.media import ENTRY_BYTES, MediaIndex, index_size
from tbnotebook.wire.room import PART_BYTES, RUN_BYTES, SHORT, THINNED_BYTES, RunGraph, fitting, limit_of
from tbnotebook.wire.source import LogSource
from tbnotebook.wire.thin import FEWEST

LEAST_POINTS = 64
_STEPS = 8  # of a frame's bytes one part in so many may go to the steps of pictures and the like
_LAYOUTS = 8  # a small keyframe has layouts where they take no more than one of so many parts
BURST = 16  # of the budget is what a delta takes that does not fit it: four a second must not fill a thin line


@dataclass
class _Sent:
    generation: int
    length: int


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
        Bytes of columns that one frame may hold; series that do not fit are thinned, their peaks kept, and what they
        lack is left to `fill`.
    digest : Digest, optional
        What others have worked out of the log already.

    Attributes
    ----------
    whole : bool
        The last keyframe held every point and every graph.
    fill : Fill
        The points that were left out of the first keyframe and of deltas.
    blobs : Blobs
        Pictures, histograms, texts and the like.
    """

    def __init__(
        self, log: LogSource, colors: Colors, *, budget: int = 1_000_000, digest: Digest | None = None
    ) -> None:
        self.log = log
        self.budget = budget
        self.stream = uuid4().hex[:12]
        self.seq = 0
        self.whole = False
        self._contents = Contents(log, colors, digest or Digest(log))
        numbers = itertools.count(1)
        self.fill = Fill(self._contents, self.stream, numbers=numbers)
        self.blobs = Blobs(self.stream, numbers)
        self._sent: dict[tuple[int, int, str], _Sent] = {}
        self._runs: dict[int, dict[str, Any]] = {}
        self._told: dict[int, int | None] = {}  # revisions of the runs as the page knows them
        self._graphs: dict[tuple[int, str], int] = {}
        self._layouts: dict[str, Any] | None = None
        self._index = MediaIndex()
        self._hparams: dict[int, dict[str, Any] | None] = {}
        self._problems = 0
        self._state = ("", 0, 0, 0)

    @property
    def least_key(self) -> int:
        """About the bytes of a keyframe with only a few points of each series."""
        facts = RUN_BYTES * len(self._runs) + ENTRY_BYTES * len(self._index) + given_size(self._hparams.values())
        return facts + (PART_BYTES + FEWEST * THINNED_BYTES) * len(self._sent)

    @property
    def stale(self) -> bool:
        """The facts of the folder are others than those that were last sent; of what the runs hold it tells nothing."""
        return self._log_state() != self._state

    def frames(self, now: float, interval: float, *, key: int | None = None, anew: bool = False) -> list[Message]:
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
            Bytes that the wanted keyframe may hold; from `budget` on it holds all graphs whatever their size.
        anew : bool
            It is for a page that has nothing: what it leaves out is to be sent, too.
        """
        if not self.seq:
            return [self._key(now, interval, self.budget, anew=True)]
        delta = self._delta(now, interval)
        messages = [] if delta is None else [delta]
        if key is not None:
            messages.append(self._key(now, interval, key, anew=anew))
        return messages

    def _key(self, now: float, interval: float, budget: int, *, anew: bool) -> Message:
        """All that a page needs, whatever it has seen before.

        Below the feed's own budget all that is in it counts: graphs may take the half of it, cut if need be, and the
        points have what the facts leave. A few points of each series there are always.
        """
        parts = Parts()
        listed = self._contents.runs()
        series = [item for run in listed for item in run.series]
        media = [item for run in listed for item in run.media]
        self._runs = {run.id: run.info for run in listed}
        self._told = {run.id: run.revision for run in listed}
        self._hparams = {run.id: run.hparams for run in listed}
        graphs = all_graphs = self._contents.graphs()
        room, least = budget, LEAST_POINTS
        if budget < self.budget:
            graphs = fitting(graphs, budget // 2, lambda outline: outline.size)
            facts = RUN_BYTES * len(self._runs) + sum(PART_BYTES + len(item.tag) for item in series)
            facts += index_size(media) + given_size(self._hparams.values())
            room, least = budget - facts - sum(graph.outline.size for graph in graphs), FEWEST
        lengths = [len(item.points) for item in series]
        self.fill.share(lengths)
        limit = limit_of(lengths, max(room, 0), least, places=True)
        for item, thinned in zip(series, self._contents.add(parts, series, limit, places=True), strict=True):
            if thinned and anew:
                self.fill.owe(item, 0, len(item.points))
            self._sent[item.key] = _Sent(item.generation, len(item.points))
        self.whole = limit is None and graphs == all_graphs
        if self.seq and anew:
            self.blobs.renew(all_steps=True)
        if not self.seq:
            self.blobs.follow(listed)
            self.seq = 1
            self._graphs = {graph.key: graph.version for graph in graphs}
        index = self._index.key(parts.packer, media, budget // _STEPS)
        content = self._content("key", now, interval, list(self._runs.values()), parts, graphs)
        content |= {"media": index, "hparams": [given for given in self._hparams.values() if given is not None]}
        content["problems"] = self._problem_list()
        layouts = self._contents.layouts.facts()
        if layouts is not None and (budget >= self.budget or size_of(layouts) * _LAYOUTS <= budget):
            content["layouts"] = self._layouts = layouts
        return Message(content, parts.bytes())

    def _delta(self, now: float, interval: float) -> Message | None:
        """What is new since the last frame, or None.

        A series that has changed otherwise than by growing is sent anew and whole. What is more than the budget holds
        is thinned.
        """
        parts = Parts()
        fresh: list[tuple[Series, int]] = []
        news: list[int] = []
        listed = self._contents.runs()
        changed = [run for run in listed if run.revision is None or self._told.get(run.id) != run.revision]
        for item in (item for run in changed for item in run.series):
            key, length = item.key, len(item.points)
            sent = self._sent.get(key)
            if sent is None or sent.generation != item.generation or sent.length > length:
                self.fill.settle(key)
                start = 0
            elif sent.length < length:
                start = sent.length
            else:
                continue
            fresh.append((item, start))
            news.append(length - start)
            self._sent[key] = _Sent(item.generation, length)
        limit = limit_of(news, self.budget, LEAST_POINTS)
        if limit is not None:
            self.fill.share(len(item.points) for run in listed for item in run.series)
            limit = limit_of(news, self.budget // BURST, LEAST_POINTS, places=True)
        for (item, start), count in zip(fresh, news, strict=True):
            breathe()
            if limit is not None and count > limit:
                self._contents.add_since(parts, item, start, limit)
                self.fill.owe(item, start, start + count)
            elif count <= SHORT:
                parts.grow(item.points, item.address, start)
            else:
                parts.add(item.points.since(start), start=start, **item.address)

        infos = [run.info for run in changed if self._runs.get(run.id) != run.info]
        index = self._index.delta(
            parts.packer,
            [item for run in changed for item in run.media],
            {run.id for run in changed},
            self.budget // _STEPS,
        )
        given = [
            run.hparams or nothing_given(run.id) for run in changed if run.hparams != self._hparams.get(run.id)
        ]
        gone = sorted(self._runs.keys() - {run.id for run in listed})
        self._runs = {run.id: run.info for run in listed}
        self._told = {run.id: run.revision for run in listed}
        self._hparams = {run.id: run.hparams for run in listed}
        self._index.forget(gone)
        self.blobs.follow(changed)
        self.blobs.forget(gone)
        for key in [key for key in self._sent if key[0] in gone] if gone else []:
            del self._sent[key]
            self.fill.settle(key)
        graphs = self._contents.graphs() if changed else []
        graphs = [graph for graph in graphs if self._graphs.get(graph.key) != graph.version]
        self._graphs |= {graph.key: graph.version for graph in graphs}
        problems = self._problem_list() if len(self.log.problems) != self._problems else None
        layouts = self._contents.layouts.facts() if changed or gone else self._layouts
        rearranged = layouts is not self._layouts
        told = fresh or index or given or infos or gone or graphs or problems or rearranged
        if not (told or self.stale):
            return None
        self.seq += 1
        content = self._content("delta", now, interval, infos, parts, graphs)
        if index:
            content["media"] = index
        if given:
            content["hparams"] = given
        if gone:
            content["gone"] = gone
        if problems is not None:
            content["problems"] = problems
        if rearranged:
            content["layouts"] = self._layouts = layouts
        return Message(content, parts.bytes())

    def beat(self, now: float, *, busy: bool, interval: float, looked: float) -> Message:
        """Return a heartbeat: the kernel is alive though nothing is new.

        Parameters
        ----------
        now : float
            The kernel's wall clock, in seconds.
        busy : bool
            A cell runs.
        interval : float
            Seconds between two looks at the folder.
        looked : float
            Seconds since the last one.
        """
        state = {"busy": busy, "interval": interval, "looked": looked}
        facts = {"stream": self.stream, "seq": self.seq, **self.fill.facts, **self.blobs.facts}
        return Message({"type": "beat", "now": now, **facts, **state})

    def _content(
        self,
        kind: str,
        now: float,
        interval: float,
        runs: list[dict[str, Any]],
        parts: Parts,
        graphs: list[RunGraph],
    ) -> dict[str, Any]:
        self._state = self._log_state()
        return {
            "type": "frame",
            "v": VERSION,
            "kind": kind,
            "stream": self.stream,
            "seq": self.seq,
            "now": now,
            **self.fill.facts,
            **self.blobs.facts,
            "log": self._contents.info(interval),
            "runs": runs,
            **parts.facts,
            "graphs": [{**graph.facts, "version": graph.version} for graph in graphs],
        }

    def _log_state(self) -> tuple[str, int, int, int]:
        return self.log.state, self.log.file_count, self.log.bytes_read, self.log.bytes_total

    def _problem_list(self) -> dict[str, Any]:
        self._problems = len(self.log.problems)
        return self._contents.problems()
