"""What is worked out once of a log, and kept while it grows: the extremes of its series, the outlines of its graphs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tbnotebook.graph.cut import Cuts
from tbnotebook.graph.outline import outline
from tbnotebook.graph.packed import packed
from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blocks import Blocks
from tbnotebook.wire.shelf import Shelf
from tbnotebook.wire.source import LogSource, RunSource
from tbnotebook.wire.thin import coarse_from, thin, thin_alike

Asked: TypeAlias = tuple[str, int, str, int, NDArray[np.float64]]
"""A series to be thinned: its run, attempt, tag and generation, and its values."""


class Outline:
    """The payload of a run's graph; None where it is not legible."""

    def __init__(self, payload: dict[str, Any] | None) -> None:
        self.payload = payload
        self._cut: dict[int, Outline] = {}

    @cached_property
    def columns(self) -> dict[str, Any] | None:
        """The payload as it travels."""
        return None if self.payload is None else packed(self.payload)

    @cached_property
    def size(self) -> int:
        """Bytes as JSON."""
        return len(self._json)

    @cached_property
    def packed(self) -> int:
        """About the characters that it adds to a snapshot."""
        return len(zlib.compress(self._json, 6)) * 4 // 3

    def within(self, room: int, measure: Callable[[Outline], int]) -> Outline | None:
        """Itself, or the graph with as many of its boxes as there is room for; None where even few are too many."""
        if measure(self) <= room:
            return self
        if self.payload is None:
            return None
        number = self._cuts.largest(lambda number: measure(self._version(number)) <= room)
        return None if number is None else self._version(number)

    def _version(self, number: int) -> Outline:
        known = self._cut.get(number)
        if known is None:
            known = self._cut[number] = Outline(self._cuts[number])
        return known

    @cached_property
    def _cuts(self) -> Cuts:
        assert self.payload is not None
        return Cuts(self.payload)

    @property
    def _json(self) -> bytes:
        return json.dumps(self.columns, separators=(",", ":")).encode()


@dataclass
class _Known:
    """Of one run: blocks by (attempt, tag), with the generation of the points they are of; its outlines' versions."""

    blocks: dict[tuple[int, str], tuple[int, Blocks]] = field(default_factory=dict)
    version: int = 0
    outline: Outline = field(default_factory=lambda: Outline(None))
    models: dict[str, tuple[int, Outline]] = field(default_factory=dict)


class Digest:
    """Lives as long as its log, for all that is made of it: views, keyframes, saved outputs, pictures.

    It changes how soon something is made, never what. Not thread-safe: used under the lock under which the log is
    polled.

    Attributes
    ----------
    shelf : Shelf
        Pictures and the like as the last snapshot has them.
    """

    def __init__(self, log: LogSource) -> None:
        self._log = log
        self._runs: dict[str, _Known] = {}
        self.shelf = Shelf()

    def thin(
        self, run: str, attempt: int, tag: str, generation: int, values: NDArray[np.float64], limit: int
    ) -> NDArray[np.intp]:
        """Choose at most `limit` points of a series, as `tbnotebook.wire.thin` does."""
        if len(values) <= limit:
            return np.arange(len(values))
        known = self._of(run).blocks
        seen = known.get((attempt, tag))
        if seen is None or seen[0] != generation:
            seen = known[attempt, tag] = generation, Blocks()
        return thin(values, limit, seen[1])

    def thin_all(self, asked: Sequence[Asked], limit: int) -> list[NDArray[np.intp]]:
        """Return for each series what `thin` does; those of one length take little more than one of them."""
        kept: dict[int, NDArray[np.intp]] = {}
        alike: dict[int, list[int]] = {}
        for number, (*_, values) in enumerate(asked):
            if limit < len(values) < coarse_from(limit):
                alike.setdefault(len(values), []).append(number)
        for numbers in alike.values():
            kept |= zip(numbers, thin_alike([asked[number][-1] for number in numbers], limit), strict=True)
        for number, each in enumerate(asked):
            if number not in kept:
                breathe()
                kept[number] = self.thin(*each, limit)
        return [kept[number] for number in range(len(asked))]

    def outline(self, name: str, run: RunSource) -> Outline:
        """Return the outline of a run's newest graph."""
        known = self._of(name)
        if known.version != run.graph_version:
            graph = run.graph
            known.version, known.outline = run.graph_version, Outline(outline(graph) if graph is not None else None)
        return known.outline

    def model(self, name: str, run: RunSource, tag: str) -> Outline:
        """Return the outline of Keras's newest picture of a model."""
        known, version = self._of(name).models, len(run.models[tag])
        if tag not in known or known[tag][0] != version:
            graph = run.keras_model(tag)
            known[tag] = version, Outline(outline(graph) if graph is not None else None)
        return known[tag][1]

    def _of(self, run: str) -> _Known:
        known = self._runs.get(run)
        if known is None:
            present = self._log.runs
            if len(self._runs) >= len(present):  # some of them have gone
                self._runs = {name: kept for name, kept in self._runs.items() if name in present}
            known = self._runs[run] = _Known()
        return known
