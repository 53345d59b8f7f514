"""What of a log a snapshot keeps, so that it stays within its size whatever the log."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blob import Blob
from tbnotebook.wire.contents import Contents, Listed, Series
from tbnotebook.wire.frame import VERSION, Message, Parts
from tbnotebook.wire.media import MediaSeries, entries
from tbnotebook.wire.media_fit import MediaFit
from tbnotebook.wire.room import POINT_BYTES, RunGraph, fitting, limit_of
from tbnotebook.wire.shelf import most_of, packed_size
from tbnotebook.wire.thin import FEWEST

BUDGET = 240_000  # base64 characters: with the picture beside it a saved view stays below 300 kB
DRAFT = 60_000  # of a draft, besides its graphs: soon made, and soon sent
_WHOLE = 1_000_000  # bytes of columns up to which all points are tried first
_PROBE = 100_000  # bytes of columns that tell how well a longer log packs
_DRAFTED = 1.5  # bytes of columns to a character of a draft, which as a rule fit at the first try
_TRIES = 4
_SAMPLE = 300  # series that tell how well very many pack
MOST_SERIES, LONGEST_TAG = 1500, 2000  # of pictures and the like, of which a snapshot tells anything
_INDEX, _GIVEN = 8, 4  # no more than one of so many parts for their tags, and for what runs were given
_STEP_ROOM = 20_000  # bytes of their steps that it tells there are
_FULL = 0.93  # of the room for them that is filled well enough
_FEW_TAGS = 3  # before fewer than these are kept, runs are left out

Pack = Callable[[Message], str]


class _Try(NamedTuple):
    """A text, and how many points each series has in it."""

    text: str
    limit: int | None


def fitted(
    contents: Contents, pack: Pack, *, partial: bool, draft: bool = False, budget: int = BUDGET
) -> str:
    """Return the packed frame of a log, in at most `budget` characters.

    Parameters
    ----------
    contents : Contents
    pack : callable
        Makes the text of a message.
    partial : bool
        The log could not be read to its end.
    draft : bool
        For what is soon replaced: `DRAFT` characters do, and need not be filled.
    budget : int

    Notes
    -----
    Graphs that take more than half of the room are cut to their outer boxes or left out. Series are thinned, their
    peaks kept, down to a few points each; where there are pictures and the like they leave half of the room to these.
    Of very many tags the first are kept, of very many runs those with the newest points. The frame's `left_out` counts
    what is not in it at all. The result depends on the log alone, not on how it was read or what was saved before.
    """
    listed = contents.runs()
    series = [one for run in listed for one in run.series]
    runs = [run.info for run in listed]
    tags = list(dict.fromkeys(one.tag for one in series))
    newest = sorted(runs, key=lambda info: info["last"] if info["last"] is not None else -math.inf, reverse=True)
    tags_kept, runs_kept = len(tags), len(runs)
    while True:
        ids = {info["id"] for info in newest[:runs_kept]}
        first = set(tags[:tags_kept])
        graphs = [graph for graph in contents.graphs() if graph.run in ids]
        graphs_kept = fitting(graphs, budget // 2, lambda outline: outline.packed)
        left_out = {
            "tags": len(tags) - tags_kept,
            "runs": len(runs) - runs_kept,
            "graphs": len(graphs) - len(graphs_kept),
        }
        frame = _Frame(
            contents,
            [run for run in listed if run.id in ids],
            [one for one in series if one.run in ids and one.tag in first],
            graphs_kept,
            {what: count for what, count in left_out.items() if count},
            partial=partial,
            draft=draft,
            budget=budget,
        )
        text, size = frame.packed(pack)
        if text is not None:
            return text
        share = min(0.9 * frame.room / size, 0.8)
        if tags_kept > _FEW_TAGS:
            tags_kept = max(int(tags_kept * share), _FEW_TAGS)
        elif runs_kept > 1:
            runs_kept = max(int(runs_kept * share), 1)
        elif tags_kept:
            tags_kept = int(tags_kept * share)
        else:
            raise ValueError(f"a log without series takes {size} characters; it has room for {frame.room}")


def _orphan(info: dict[str, Any]) -> dict[str, Any]:
    """A run's facts where the run that it is a part of has been left out."""
    return {name: value for name, value in info.items() if name != "keys"} | {"parent": None}


def _told(media: list[MediaSeries], room: int) -> list[MediaSeries]:
    """The first series; where their tags have no room those with the shorter ones."""
    told = [one for one in media if len(one.tag) <= LONGEST_TAG][:MOST_SERIES]
    while packed_size(json.dumps(list(dict.fromkeys(one.tag for one in told)))) > room:
        told = sorted(told, key=lambda one: len(one.tag))[: len(told) // 2]
    return told


class _Frame:
    """A choice of a log's runs, series and graphs."""

    def __init__(
        self,
        contents: Contents,
        runs: list[Listed],
        series: list[Series],
        graphs: list[RunGraph],
        left_out: dict[str, int],
        *,
        partial: bool,
        draft: bool,
        budget: int,
    ) -> None:
        known = {None, *(run.id for run in runs)}
        self._contents = contents
        self._series = series
        self._lengths = [len(one.points) for one in series]
        media = [one for run in runs for one in run.media]
        self._steps = sum(map(len, media))
        self._media = _told(media, budget // _INDEX)
        self._untold = Counter(one.kind for one in media) - Counter(one.kind for one in self._media)
        self._newest = {run.id: run.info["attempts"] - 1 for run in runs}
        self._draft = draft
        # Of the series, with all facts; and of all.
        for_media = min(sum(map(most_of, media)), budget // 2)
        self.room, self.budget = budget - for_media, budget
        if draft:
            self.room = min(DRAFT + sum(graph.outline.packed for graph in graphs), self.room)
            self.budget = self.room + min(for_media, DRAFT)
        self._facts: dict[str, Any] = {
            "type": "frame",
            "v": VERSION,
            "kind": "key",
            "stream": "saved",  # what differs between two looks at the same files is in no snapshot
            "seq": 1,
            "now": max((run.last_wall_time or 0.0 for run in contents.log.runs.values()), default=0.0),
            "log": contents.info(0.0),
            "runs": [run.info if run.info["parent"] in known else _orphan(run.info) for run in runs],
            "graphs": [graph.facts for graph in graphs],
            "problems": contents.problems(),
        }
        given = [run.hparams for run in runs if run.hparams is not None]
        if given and packed_size(json.dumps(given)) > budget // _GIVEN:
            left_out, given = {**left_out, "hparams": len(given)}, []
        if given:
            self._facts["hparams"] = given
        layouts = contents.layouts.facts()
        if layouts is not None and layouts["count"]:
            self._facts["layouts"] = layouts
        if partial or left_out:
            self._facts["partial"] = True
        if left_out:
            self._facts["left_out"] = left_out

    def packed(self, pack: Pack) -> tuple[str | None, int]:
        """Return the text with as much as fits, or None where a few points of each series are too much; its length."""
        tried, size = self._with_series(pack)
        if tried is None or not self._media:
            return tried and tried.text, size
        text = self._with_media(pack, tried)
        return text, len(text)

    def _with_media(self, pack: Pack, tried: _Try) -> str:
        """Fill what the series leave with the newest of each tag, and then with what came before."""
        best, space = tried.text, self.budget - len(tried.text)
        fit = MediaFit(self._media, self._newest, space, self._contents.digest.shelf, draft=self._draft)
        for _ in range(_TRIES):
            blobs = fit.chosen()
            text = self._text(pack, tried.limit, blobs=blobs)
            taken = len(text) - len(tried.text)
            if taken <= space:
                best = max(best, text, key=len)
                if self._draft or fit.exhausted or taken > _FULL * space:
                    break
            fit.learn(taken)
        fit.tidy()
        return best

    def _with_series(self, pack: Pack) -> tuple[_Try | None, int]:
        """Return the text with as many points as fit, or None where a few of each series are too much; its length."""
        whole = _WHOLE * self.room // BUDGET
        if sum(self._lengths) * POINT_BYTES <= whole and len(text := self._text(pack, None)) <= self.room:
            return _Try(text, None), len(text)
        if (size := self._guess(pack)) > 1.3 * self.room:
            return None, size
        if self._draft:
            limit = limit_of(self._lengths, int(_DRAFTED * self.room), FEWEST)
            if len(text := self._text(pack, limit)) <= self.room:
                return _Try(text, limit), len(text)
        fewest = self._text(pack, FEWEST)
        if not 0.85 * self.room < len(fewest) <= self.room:
            return (self._filled(pack, fewest) if len(fewest) <= self.room else None), len(fewest)
        return _Try(fewest, FEWEST), len(fewest)

    def _guess(self, pack: Pack) -> int:
        """About the length with the fewest points, from a part of the series where they are many."""
        every = len(self._series) // _SAMPLE
        if not every:
            return 0
        sample = self._series[::every]
        bare = len(self._text(pack, FEWEST, []))
        return bare + (len(self._text(pack, FEWEST, sample)) - bare) * len(self._series) // len(sample)

    def _filled(self, pack: Pack, fewest: str) -> _Try:
        """Fill the room: how a point packs differs little with their number, so a try tells how many will fit."""
        limit = max(limit_of(self._lengths, _PROBE * self.room // BUDGET, FEWEST) or 0, 2 * FEWEST)
        text, least = self._text(pack, limit), self._points(FEWEST)
        for _ in range(_TRIES):
            share = 0.97 * (self.room - len(fewest)) / max(len(text) - len(fewest), 1)
            points = least + int((self._points(limit) - least) * share)
            limit = limit_of(self._lengths, points * POINT_BYTES, FEWEST) or max(self._lengths)
            text = self._text(pack, limit)
            if len(text) <= self.room:
                return _Try(text, limit)
        return _Try(fewest, FEWEST)

    def _points(self, limit: int) -> int:
        return sum(min(length, limit) for length in self._lengths)

    def _text(
        self, pack: Pack, limit: int | None, series: list[Series] | None = None, blobs: Sequence[Blob] = ()
    ) -> str:
        parts = Parts()
        self._contents.add(parts, self._series if series is None else series, limit)
        facts = self._facts
        index, items = [], []
        if self._media:
            index = entries(parts.packer, [(one, 0) for one in self._media], _STEP_ROOM)
            items = [blob.item(parts.packer) for blob in blobs]
            facts = {**facts, "media": index, "blobs": items}
        if lacking := self._steps - len(items):
            untold = {"series": dict(sorted(self._untold.items()))} if self._untold else {}
            facts = {**facts, "left_out": {**facts.get("left_out", {}), "media": lacking, **untold}}
        for part in (*parts.items, *index, *items):
            part["gen"] = 0
        breathe()
        return pack(Message({**facts, "series": parts.items}, parts.bytes()))
