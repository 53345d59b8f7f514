"""From a log and a view's options to the plain data of its picture."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.still.picture import Chart, Legend, Line, Picture, Ribbon, Thumb, XAxis
from tbnotebook.wire import (
    AXES,
    Colors,
    Digest,
    Grouping,
    band,
    breathe,
    curves_of,
    last_step,
    media_counts,
    run_color,
    thin,
)
from tbnotebook.wire.blob import read_blob
from tbnotebook.wire.look import Color, chosen_colors, hidden_runs
from tbnotebook.wire.media import media_of
from tbnotebook.wire.scaled import scaled
from tbnotebook.wire.source import LogSource, RunSource

CHARTS = 6
RUNS = 10
LINES = 200  # runs that are drawn, those with the newest points: more are mud and take seconds
POINTS = 2000
THUMBS, _THUMB_BYTES = 6, 6_000


class _Card(NamedTuple):
    """A chart that the page has."""

    title: str
    tags: list[str]
    id: str


def picture_of(
    log: LogSource,
    options: dict[str, Any],
    *,
    colors: Colors,
    title: str,
    note: str,
    view_id: str,
    digest: Digest | None = None,
) -> Picture:
    """Return what the picture of a log shows: the first charts of its filter, and the newest graph.

    Parameters
    ----------
    log : LogSource
        The folder as far as it has been read.
    options : dict
        The view's options (`tbnotebook.wire.DEFAULTS` names them).
    colors : Colors
        The colours of the notebook's runs.
    title, note : str
        The folder as a reader would write it, and its state in words.
    view_id : str
        The name by which a page finds the picture.
    digest : Digest, optional
        What others have worked out of the log already.
    """
    digest = digest or Digest(log)
    hidden = hidden_runs(log, options)
    visible = {name: run for name, run in log.runs.items() if hidden.isdisjoint((name, run.parent))}
    listed = {name for name, run in visible.items() if run.parent is None}
    newest = sorted(visible, key=lambda name: visible[name].last_wall_time or 0.0, reverse=True)
    drawn = set(newest[:LINES])
    runs = {name: run for name, run in visible.items() if name in drawn}
    chosen = chosen_colors({name: run_color(log, name, colors) for name in log.runs}, options)
    cards = _cards(runs.values(), options)
    graphs = [digest.outline(name, run).payload for name, run in runs.items() if run.graph_version]
    shown = {name: run for name, run in runs.items() if name in listed}
    grouping = Grouping(log, options["groups"])
    legends = _legends(log, shown, grouping, chosen)
    return Picture(
        title=title,
        charts=[_chart(log, runs, card, options, chosen, grouping, digest) for card in cards[:CHARTS]],
        graph=graphs[-1] if graphs else None,
        runs=legends[:RUNS],
        note=note,
        view_id=view_id,
        more_charts=max(len(cards) - CHARTS, 0),
        more_runs=max(len(legends) + len(listed) - len(shown) - RUNS, 0),
        besides=" · ".join(media_counts(log)),
        thumbs=[] if cards or graphs else _thumbs(runs, options),
    )


def _thumbs(runs: dict[str, RunSource], options: dict[str, Any]) -> list[Thumb]:
    """The newest picture of each of the first tags that the filter lets through."""
    matches = _filter(options)
    thumbs: dict[str, Thumb] = {}
    for name, run in runs.items():
        for series in media_of(name, 0, run):
            newest = series.kind == "images" and series.attempt == len(run.attempts) - 1 and series.tag not in thumbs
            if len(thumbs) < THUMBS and newest and matches(series.tag):
                breathe()
                blob = read_blob(series, len(series) - 1)
                start, length = (blob.facts.get("parts") or [[0, 0]])[0]
                data = scaled(blob.body[start : start + length], _THUMB_BYTES)
                if data is not None:
                    thumbs[series.tag] = Thumb(series.tag, data, blob.facts["step"])
    return list(thumbs.values())


def _filter(options: dict[str, Any]) -> Callable[[str], object]:
    try:
        return re.compile(options["tags"], re.IGNORECASE).search
    except re.error:
        return re.compile(re.escape(options["tags"]), re.IGNORECASE).search


def _legends(log: LogSource, runs: dict[str, RunSource], grouping: Grouping, colors: dict[str, Color]) -> list[Legend]:
    """What is drawn: groups, and the runs that are in none."""
    group_of = {name: group for group in grouping.of(list(runs)) for name in group.members}
    legends: dict[str, Legend] = {}
    for name, run in runs.items():
        group = group_of.get(name)
        first = group.members[0] if group is not None else name
        label = f"{group.name} · {len(group.members)} runs" if group is not None else _label(log, name)
        last = [step for step in (last_step(run), legends[first].last_step if first in legends else None) if step]
        color = grouping.colors[group.name] if group is not None else colors[name]
        legends[first] = Legend(label, color, max(last, default=last_step(run)))
    return list(legends.values())


def _cards(runs: Iterable[RunSource], options: dict[str, Any]) -> list[_Card]:
    """The charts in the page's order: those that are pinned, those of several tags, then the tags as they came."""
    matches = _filter(options)
    tags = {tag: None for run in runs for attempt in run.attempts[-1:] for tag in attempt.scalars}
    several = []
    for chart in options["charts"]:
        there = [tag for tag in chart["tags"] if tag in tags]
        if there:
            several.append(_Card(chart["title"] or ", ".join(chart["tags"]), there, _chart_id(chart["tags"])))
    cards = [*several, *(_Card(tag, [tag], tag) for tag in tags)]
    pinned = [card for pin in options["pins"] for card in cards if card.id == pin]
    shown = [card for card in cards if any(map(matches, [card.title, *card.tags])) and card not in pinned]
    return [*pinned, *shown]


def _chart_id(tags: list[str]) -> str:
    """By which the page knows a chart of several tags (`panels/custom.ts`)."""
    return f"chart {json.dumps(tags, ensure_ascii=False, separators=(',', ':'))}"


def _chart(
    log: LogSource,
    runs: dict[str, RunSource],
    card: _Card,
    options: dict[str, Any],
    colors: dict[str, Color],
    grouping: Grouping,
    digest: Digest,
) -> Chart:
    lines: list[Line] = []
    ribbons: list[Ribbon] = []
    for dash, tag in enumerate(card.tags):
        own = _drawn(log, runs, tag, options, colors, grouping, digest)
        lines += [replace(line, dash=0 if line.faint else dash) for line in own[0]]
        ribbons += own[1]
    lines.sort(key=lambda line: not line.faint)
    axis: XAxis = options["x"] if options["x"] in AXES else "step"
    log_x = options["log_x"] and options["x"] != "wall"
    return Chart(card.title, lines, axis, options["log_y"], options["outliers"], ribbons, log_x)


def _drawn(
    log: LogSource,
    runs: dict[str, RunSource],
    tag: str,
    options: dict[str, Any],
    colors: dict[str, Color],
    grouping: Grouping,
    digest: Digest,
) -> tuple[list[Line], list[Ribbon]]:
    def choose(name: str, index: int, generation: int | None, values: NDArray[np.float64]) -> NDArray[np.intp]:
        if generation is None:
            return thin(values, POINTS)
        return digest.thin(name, index, tag, generation, values, POINTS)

    curves = [curve for curve in curves_of(log, tag, options, choose) if curve.run in runs]
    groups = grouping.of([curve.run for curve in curves if curve.newest])
    grouped = {name for group in groups for name in group.members}
    lines = [
        Line(colors[curve.run], curve.x, curve.y, curve.raw if options["smoothing"] else None, not curve.newest)
        for curve in curves
        if len(curve.x) and curve.run not in grouped
    ]
    ribbons = []
    for group in groups:
        members = [curve for curve in curves if curve.newest and curve.run in group.members]
        color = grouping.colors[group.name]
        x, centre, low, high = band([(curve.x, curve.y) for curve in members], options["average"], options["band"])
        if options["band"] != "none":
            ribbons.append(Ribbon(color, x, low, high))
        if options["members"]:
            lines += [Line(color, curve.x, curve.y, faint=True) for curve in members]
        lines.append(Line(color, x, centre))
    return lines, ribbons


def _label(log: LogSource, name: str) -> str:
    """The run's name; the folder's own run bears the folder's name."""
    return name if name != "." else re.split(r"[/\\]", log.path.rstrip("/\\"))[-1]
