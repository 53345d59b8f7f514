"""Pictures, histograms, texts, sounds and curves of classifiers: which steps of each a page is told that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tbnotebook.wire.columns import Packer
from tbnotebook.wire.source import LogSource, PlacesSource, RunSource

PLUGINS = {
    "texts": "text",
    "histograms": "histograms",
    "pr_curves": "pr_curves",
    "images": "images",
    "audio": "audio",
}
"""Kinds on the wire, the lighter ones first, and what TensorBoard calls them."""

WORDS = {
    "images": ("picture", "pictures"),
    "histograms": ("histogram", "histograms"),
    "texts": ("text", "texts"),
    "audio": ("sound", "sounds"),
    "pr_curves": ("PR curve", "PR curves"),
}
"""What one and several of a kind are called."""

PANELS = ("curves", "graph", *PLUGINS, "hparams")
"""What a view's option `panel` may be."""

ENTRY_BYTES = 140  # about what an entry of the index takes as JSON, but for the tag
STEP_BYTES = 4

Key: TypeAlias = tuple[str, int, int, str]
"""Kind, run, attempt and tag: names a series among those of a feed."""


@dataclass(slots=True, eq=False)
class MediaSeries:
    """One tag of one kind in one attempt, as it was when it was listed."""

    kind: str
    name: str
    run: int
    attempt: int
    tag: str
    places: PlacesSource

    def __len__(self) -> int:
        return len(self.places)

    @property
    def key(self) -> Key:
        """Names the series among those of a feed."""
        return self.kind, self.run, self.attempt, self.tag

    @property
    def address(self) -> dict[str, Any]:
        """The same with the generation, as a frame has it."""
        return {
            "kind": self.kind,
            "run": self.run,
            "attempt": self.attempt,
            "tag": self.tag,
            "gen": self.places.generation,
        }


def media_of(name: str, number: int, run: RunSource) -> Iterator[MediaSeries]:
    """Yield the series of a run: attempt by attempt, kind by kind, by tag."""
    for index, attempt in enumerate(run.attempts):
        there = attempt.kinds
        for kind, plugin in PLUGINS.items():
            if plugin in there:
                for tag, places in attempt.located(plugin).items():
                    yield MediaSeries(kind, name, number, index, tag, places)


def media_counts(log: LogSource) -> list[str]:
    """Say how many there are of each kind: "2,000 pictures", "1 text"."""
    counts = dict.fromkeys(WORDS, 0)
    for name, run in log.runs.items():
        for series in media_of(name, 0, run):
            counts[series.kind] += len(series)
    return [f"{count:,} {WORDS[kind][count != 1]}" for kind, count in counts.items() if count]


def index_size(series: Iterable[MediaSeries]) -> int:
    """About the bytes as JSON of an index."""
    return sum(ENTRY_BYTES + len(one.tag) for one in series)


class MediaIndex:
    """What one view has been told of the steps that there are; lives as long as its feed."""

    def __init__(self) -> None:
        self._told: dict[Key, tuple[int, int]] = {}  # generation and length

    def __len__(self) -> int:
        return len(self._told)

    def key(self, packer: Packer, series: Sequence[MediaSeries], room: int) -> list[dict[str, Any]]:
        """Return the entries of all series; where `room` bytes do not hold all steps, those of the newest records."""
        self._told = {one.key: (one.places.generation, len(one)) for one in series}
        return entries(packer, [(one, 0) for one in series], room)

    def delta(
        self, packer: Packer, series: Iterable[MediaSeries], runs: set[int], room: int
    ) -> list[dict[str, Any]]:
        """Return the entries of what has changed.

        Parameters
        ----------
        packer : Packer
        series : iterable of MediaSeries
            All of the runs in question.
        runs : set of int
            These runs: what they no longer have is told as empty.
        room : int
            Bytes that steps may take.
        """
        fresh = []
        gone = {key for key in self._told if key[1] in runs}
        for one in series:
            gone.discard(one.key)
            now = one.places.generation, len(one)
            generation, length = self._told.get(one.key, (None, 0))
            if now != (generation, length):
                fresh.append((one, length if generation == now[0] else 0))
                self._told[one.key] = now
        told = entries(packer, fresh, room)
        for kind, run, attempt, tag in gone:
            generation, _ = self._told.pop((kind, run, attempt, tag))
            address = {"kind": kind, "run": run, "attempt": attempt, "tag": tag, "gen": generation}
            nothing = packer.steps(np.zeros(0, np.int64))
            told.append({**address, "from": 0, "count": 0, "total": 0, "step": nothing})
        return told

    def forget(self, runs: Iterable[int]) -> None:
        """Take note that these runs have gone."""
        gone = set(runs)
        self._told = {key: told for key, told in self._told.items() if key[1] not in gone}


def entries(packer: Packer, news: Sequence[tuple[MediaSeries, int]], room: int) -> list[dict[str, Any]]:
    """Pack the steps of series, each from a record on; or of the newest where `room` bytes do not hold all."""
    most = max(room // (STEP_BYTES * max(len(news), 1)), 1)
    whole = sum(len(one) - start for one, start in news) * STEP_BYTES <= room
    return [_entry(packer, one, start if whole else max(start, len(one) - most)) for one, start in news]


def _entry(packer: Packer, series: MediaSeries, start: int) -> dict[str, Any]:
    steps = series.places.step[start:]
    return {
        **series.address,
        "from": start,
        "count": len(steps),
        "total": len(series),
        "step": packer.steps(steps),
    }
