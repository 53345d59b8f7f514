"""One run: the event files of one folder."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from threading import RLock
from typing import Any, TypeVar

import numpy as np

from tbnotebook.events.segment import whole_file
from tbnotebook.graph import Graph, from_graphdef
from tbnotebook.reader.attempt import Attempt
from tbnotebook.reader.attempts import Plan, plan, purged
from tbnotebook.reader.chart_layout import Category, LayoutPlace, last_layout
from tbnotebook.reader.columns import Points, next_generation
from tbnotebook.reader.content import Content
from tbnotebook.reader.graph_place import GraphPlace, last_graph
from tbnotebook.reader.keras_model import KERAS_PLUGIN, last_model
from tbnotebook.reader.kinship import Parentage, parentage
from tbnotebook.reader.located import Growth, Located
from tbnotebook.reader.names import natural, shown, text
from tbnotebook.reader.pieces import Key, Metadata
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.recorded import Recorded
from tbnotebook.reader.series import Scalars, Series
from tbnotebook.reader.storage import Source, Storage
from tbnotebook.reader.tail import Tail

Place = TypeVar("Place", GraphPlace, LayoutPlace)
Parsed = TypeVar("Parsed")


class Run(Recorded):
    """What one folder's event files hold, as far as they have been read.

    A run stays the same object from poll to poll and always tells the newest state.
    """

    def __init__(self, name: str, storage: Storage, lock: RLock) -> None:
        self._name = name
        self._storage = storage
        self._lock = lock
        self._tails: dict[str, Tail] = {}
        self._refused: OSError | None = None
        self._planned: list[tuple[Content, int]] | None = None
        self._shaped: list[tuple[Content, object]] | None = None
        self._revision = next_generation()
        self._plans: list[Plan] = []
        self._tags: list[dict[str, list[bytes]]] = []
        self._metadata: dict[bytes, Metadata] = {}
        self._series: dict[tuple[int, str], Series] = {}
        self._growths: dict[tuple[int, str, str], Growth] = {}
        self._graph_place: GraphPlace | None = None
        self._graph_version = 0
        self._graph: Graph | None = None
        self._graph_read = 0
        self._graph_problem: Problem | None = None
        self._has_models = False
        self._above: tuple[Run, ...] = ()
        self._known_parentage: Parentage | None = None
        self._layout_place: LayoutPlace | None = None
        self._layout_read: LayoutPlace | None = None
        self._layout: tuple[Category, ...] | None = None
        self._layout_problem: Problem | None = None

    @property
    def name(self) -> str:
        """The folder relative to the log's, ``"/"`` between its parts; ``"."`` for the log's folder itself."""
        return shown(self._name)

    @property
    def revision(self) -> int:
        """Another, greater number when anything that the run tells may have changed; no other run has borne it."""
        with self._lock:
            self._refresh()
            return self._revision

    @property
    def parent(self) -> str | None:
        """The run that this one is a part of, as the folders of `add_scalars` are; None for a run of its own."""
        return self._parentage().parent

    @property
    def keys(self) -> Mapping[str, str]:
        """For each tag the key of `add_scalars` that it was given under; empty for a run of its own."""
        return self._parentage().keys

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The attempts, oldest first. Re-running a cell into the same folder begins a new one."""
        with self._lock:
            self._refresh()
            return tuple(Attempt(self, index) for index in range(len(self._plans)))

    @property
    def scalars(self) -> Mapping[str, Scalars]:
        """The scalars of the newest attempt, by tag."""
        return self.attempts[-1].scalars

    @property
    def purged(self) -> Mapping[str, Scalars]:
        """The scalars that a writer's restart has made void, by tag, file by file in the order in which they did.

        What stands instead is in `scalars`.
        """
        with self._lock:
            void = purged(self._contents())
            return {
                tag: self._described(raw[0], tag, _joined([part for name in raw for part in void[name]]))
                for tag, raw in _by_text(void).items()
            }

    @property
    def kinds(self) -> tuple[str, ...]:
        """What there is besides scalars, in the newest attempt: the names that `located` takes."""
        return self.attempts[-1].kinds

    def located(self, kind: str) -> Mapping[str, Located]:
        """Return where the payloads of a kind lie in the newest attempt's files, by tag in natural order.

        Parameters
        ----------
        kind
            The name of the plugin that shows such in TensorBoard, as ``"images"``, ``"histograms"``, ``"text"``;
            ``"tensors"`` for bare tensors, ``""`` for values of no known sort. Of no tag, and so under ``""``, are
            ``"graph_def"``, ``"meta_graph_def"`` and ``"tagged_run_metadata"``.
        """
        return self.attempts[-1].located(kind)

    @property
    def graph(self) -> Graph | None:
        """The last graph that was written, parsed when first asked for; None if there is none, or none legible."""
        with self._lock:
            self._refresh()
            if self._graph_read != self._graph_version:
                self._graph_read = self._graph_version
                self._graph, self._graph_problem = self._parse(
                    "graph", self._graph_place, lambda place, source: from_graphdef(*place.read(source))
                )
            return self._graph

    @property
    def graph_version(self) -> int:
        """0 while there has been no graph; grows whenever another one takes its place."""
        with self._lock:
            self._refresh()
            return self._graph_version

    @property
    def models(self) -> Mapping[str, Located]:
        """Where Keras's pictures of models lie in the newest attempt, by tag; `keras_model` reads one."""
        with self._lock:
            self._refresh()
        return self.located(KERAS_PLUGIN) if self._has_models else {}

    def keras_model(self, tag: str) -> Graph | None:
        """Return the last such picture under a tag; None if it is not legible."""
        return last_model(self.models[tag])

    @property
    def graph_attempt(self) -> int | None:
        """Index of the attempt that the graph was written in."""
        with self._lock:
            self._refresh()
            if self._graph_place is None:
                return None
            return next(i for i, made in enumerate(self._plans) if self._graph_place.file in made.files)

    @property
    def layout(self) -> tuple[Category, ...]:
        """The last layout of custom scalars, parsed when first asked for; empty if there is none, or none legible."""
        with self._lock:
            self._refresh()
            if self._layout_read != self._layout_place:
                self._layout_read = self._layout_place
                self._layout, self._layout_problem = self._parse("layout", self._layout_place, LayoutPlace.read)
            return self._layout or ()

    @property
    def problems(self) -> list[Problem]:
        """What could not be read as it should, file by file."""
        with self._lock:
            now = time.time()
            found = [problem for tail in self._tails.values() for problem in tail.problems(now)]
            if self._refused is not None:
                reason = f"cannot be listed: {self._refused.strerror}"
                found.append(Problem(shown(str(self._refused.filename)), None, reason, "unreadable", self.name))
            found.extend(problem for problem in (self._graph_problem, self._layout_problem) if problem is not None)
            return found

    @property
    def ended(self) -> bool:
        """Whether the run is over.

        A SessionLog STOP is the last record of its newest file, and no other file without one has a later value.
        """
        with self._lock:
            files: dict[str, tuple[bool, float]] = {}
            for file, content in zip(self._whole_files(), self._contents()):
                _, last = files.get(file, (False, -math.inf))
                files[file] = content.ended, last if content.last is None else max(last, content.last)
            *_, (newest_ended, latest) = files.values() or [(False, 0.0)]
            return newest_ended and all(ended or last <= latest for ended, last in files.values())

    @property
    def ended_by(self) -> str | None:
        """What the writer said when it ended; None if it said nothing or has not ended."""
        with self._lock:
            return self._contents()[-1].ended_by if self.ended else None

    @property
    def first_wall_time(self) -> float | None:
        """Earliest wall time of a value, in seconds since the epoch."""
        with self._lock:
            return min((c.first for c in self._contents() if c.first is not None), default=None)

    @property
    def last_wall_time(self) -> float | None:
        """Latest wall time of a value, in seconds since the epoch."""
        with self._lock:
            return max((c.last for c in self._contents() if c.last is not None), default=None)

    @property
    def lost(self) -> dict[str, Any] | None:
        """What the writers told of events that they had to drop, or None if nothing was lost.

        A dict of ``count``; ``steps``, the first and the last or None; and ``reason``, that of the last loss.
        """
        with self._lock:
            losses = [loss for content in self._contents() for loss in content.losses]
            if not losses:
                return None
            spans = [loss.steps for loss in losses if loss.steps is not None]
            return {
                "count": sum(loss.count for loss in losses),
                "steps": [min(s[0] for s in spans), max(s[1] for s in spans)] if spans else None,
                "reason": losses[-1].reason,
            }

    def __repr__(self) -> str:
        return f"<Run {self.name!r}: {len(self.attempts)} attempts, {len(self.scalars)} scalar tags>"

    # What follows is for `LogDir` and `Attempt`.

    def set_files(self, tails: Mapping[str, Tail], refused: OSError | None) -> None:
        """Say which files the run has, and why its folder could not be listed, if so."""
        self._tails = dict(sorted(tails.items()))
        self._refused = refused

    def set_above(self, runs: Iterable[Run]) -> None:
        """Say which runs lie in the folders above this one's, the nearest first; and anew where their files change."""
        above = tuple(runs)
        if above or self._above:
            self._above, self._known_parentage = above, None
            self._revision = next_generation()

    def tags_of(self, attempt: int) -> list[str]:
        """Return the tags of an attempt, in natural order."""
        with self._lock:
            self._refresh()
            return list(self._tags[attempt]) if attempt < len(self._tags) else []

    def scalars_of(self, attempt: int, tag: str) -> Scalars:
        """Return the points of a tag in an attempt; ``KeyError`` if it has none."""
        with self._lock:
            self._refresh()
            if attempt >= len(self._tags) or tag not in self._tags[attempt]:
                raise KeyError(tag)
            return self._scalars(attempt, tag, self._tags[attempt][tag])

    def all_scalars_of(self, attempt: int) -> dict[str, Scalars]:
        """Return the points of all tags of an attempt, in natural order: for less than the tags would cost singly."""
        with self._lock:
            self._refresh()
            tags = self._tags[attempt] if attempt < len(self._tags) else {}
            return {tag: self._scalars(attempt, tag, raw) for tag, raw in tags.items()}

    def _scalars(self, attempt: int, tag: str, raw: list[bytes]) -> Scalars:
        known = self._plans[attempt].series
        segments = known[raw[0]] if len(raw) == 1 else [s for name in raw for s in known[name]]
        series = self._series.get((attempt, tag))
        if series is None:
            series = self._series[attempt, tag] = Series()
        points = series.update(segments)
        return self._described(raw[0], tag, points, series.generation)

    def keys_of(self, attempt: int) -> list[Key]:
        """Return kind and tag of all other payloads of an attempt."""
        with self._lock:
            self._refresh()
            return list(self._plans[attempt].places) if attempt < len(self._plans) else []

    def located_of(self, attempt: int, kind: str) -> dict[str, Located]:
        """Return where the payloads of a kind lie in an attempt's files, by tag in natural order."""
        with self._lock:
            self._refresh()
            places = self._plans[attempt].places if attempt < len(self._plans) else {}
            keys = {key[1] or b"": key for key in places if key[0] == kind}
            paths = list(self._tails)
            return {
                tag: self._growths.setdefault((attempt, kind, tag), Growth()).located(
                    [part for name in raw for part in places[keys[name]]], paths, self._storage
                )
                for tag, raw in _by_text(keys).items()
            }

    def _described(self, raw: bytes, tag: str, points: Points, generation: int | None = None) -> Scalars:
        said = self._metadata.get(raw)
        name, description = (text(said.display_name) or tag, text(said.description)) if said else (tag, "")
        return Scalars(*points, next_generation() if generation is None else generation, name, description)

    def _contents(self) -> list[Content]:
        return [tail.content for tail in self._tails.values()]

    def _whole_files(self) -> list[str]:
        """For each content the file that it is, or is a segment of."""
        return [whole_file(path) for path in self._tails]

    def _refresh(self) -> None:
        """Plan the attempts anew if a file holds anything new."""
        contents = self._contents()
        state = [(content, content.revision) for content in contents]
        if state == self._planned:
            return
        self._planned = state
        self._revision = next_generation()
        # Points behind others of the last file change no plan: a training adds nothing else for most of its time.
        shaped = [*state[:-1], *((content, content.shape) for content in contents[-1:])]
        if shaped == self._shaped:
            return
        self._shaped = shaped
        self._plans = plan(contents, self._whole_files())
        self._tags = [_by_text(made.series) for made in self._plans]
        self._metadata = {}
        for content in reversed(contents):
            self._metadata |= content.metadata
        self._has_models = any(kind == KERAS_PLUGIN for content in contents for kind, _ in content.places)
        place = last_graph(contents)
        if place != self._graph_place:
            self._graph_place = place
            self._graph_version += 1
        self._layout_place = last_layout(contents)
        self._known_parentage = None

    def _parentage(self) -> Parentage:
        with self._lock:
            self._refresh()
            if self._known_parentage is None:
                above = {run.name: run._whole_files for run in self._above}
                self._known_parentage = parentage(self.name, self._contents(), self._whole_files, above)
            return self._known_parentage

    def _parse(
        self, kind: str, place: Place | None, parse: Callable[[Place, Source], Parsed]
    ) -> tuple[Parsed | None, Problem | None]:
        if place is None:
            return None, None
        path = list(self._tails)[place.file]
        try:
            with self._storage.open(path) as source:
                return parse(place, source), None
        except (OSError, ValueError) as error:
            reason = f"the {kind} cannot be read: {error}"
            return None, Problem(shown(path), place.offset, reason, kind, self.name)


def _by_text(tags: Iterable[bytes]) -> dict[str, list[bytes]]:
    """The tags as text, in natural order. Tags that differ only in bytes that are no UTF-8 may share one."""
    named: dict[str, list[bytes]] = {}
    for tag in tags:
        named.setdefault(text(tag), []).append(tag)
    return dict(sorted(named.items(), key=lambda item: natural(item[0])))


def _joined(parts: list[Points]) -> Points:
    columns = [np.concatenate(column) for column in zip(*parts)]
    for column in columns:
        column.flags.writeable = False
    return Points._make(columns)
