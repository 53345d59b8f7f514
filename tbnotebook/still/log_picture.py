"""From a log and a view's options to the plain data of its picture."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.still.picture import Chart, Legend, Line, Picture, Ribbon, XAxis
from tbnotebook.wire import AXES, Colors, Digest, band, curves_of, group_colors, last_step, run_color, seeds_of, thin
from tbnotebook.wire.look import Color, chosen_colors, hidden_runs
from tbnotebook.wire.source import LogSource, RunSource

CHARTS = 6
RUNS = 10
LINES = 200  # runs that are drawn, those with the newest points: more are mud and take seconds
POINTS = 2000


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
    tags = _tags(runs.values(), options["tags"])
    graphs = [digest.outline(name, run).payload for name, run in runs.items() if run.graph_version]
    shown = {name: run for name, run in runs.items() if name in listed}
    legends = _legends(log, shown, options["groups"], chosen)
    return Picture(
        title=title,
        charts=[_chart(log, runs, tag, options, chosen, digest) for tag in tags[:CHARTS]],
        graph=graphs[-1] if graphs else None,
        runs=legends[:RUNS],
        note=note,
        view_id=view_id,
        more_charts=max(len(tags) - CHARTS, 0),
        more_runs=max(len(legends) + len(listed) - len(shown) - RUNS, 0),
    )


def _legends(log: LogSource, runs: dict[str, RunSource], rule: str, colors: dict[str, Color]) -> list[Legend]:
    """What is drawn: groups, and the runs that are in none."""
    group_of = {name: group for group in seeds_of(list(runs), rule) for name in group.members}
    ranks = group_colors(log, rule)
    legends: dict[str, Legend] = {}
    for name, run in runs.items():
        group = group_of.get(name)
        first = group.members[0] if group is not None else name
        label = f"{group.name} · {len(group.members)} runs" if group is not None else _label(log, name)
        last = [step for step in (last_step(run), legends[first].last_step if first in legends else None) if step]
        color = ranks[group.name] if group is not None else colors[name]
        legends[first] = Legend(label, color, max(last, default=last_step(run)))
    return list(legends.values())


def _tags(runs: Any, pattern: str) -> list[str]:
    """The tags of all runs in the order in which they first appear, those that the filter lets through."""
    try:
        matches = re.compile(pattern, re.IGNORECASE).search
    except re.error:
        matches = re.compile(re.escape(pattern), re.IGNORECASE).search
    seen = {tag: None for run in runs for attempt in run.attempts[-1:] for tag in attempt.scalars}
    return [tag for tag in seen if matches(tag)]


def _chart(
    log: LogSource,
    runs: dict[str, RunSource],
    tag: str,
    options: dict[str, Any],
    colors: dict[str, Color],
    digest: Digest,
) -> Chart:
    def choose(name: str, index: int, generation: int | None, values: NDArray[np.float64]) -> NDArray[np.intp]:
        if generation is None:
            return thin(values, POINTS)
        return digest.thin(name, index, tag, generation, values, POINTS)

    curves = [curve for curve in curves_of(log, tag, options, choose) if curve.run in runs]
    groups = seeds_of([curve.run for curve in curves if curve.newest], options["groups"])
    grouped = {name for group in groups for name in group.members}
    ranks = group_colors(log, options["groups"])
    lines = [
        Line(colors[curve.run], curve.x, curve.y, curve.raw if options["smoothing"] else None, faint)
        for curve in curves
        if len(curve.x) and curve.run not in grouped
        for faint in [not curve.newest]
    ]
    ribbons = []
    for group in groups:
        members = [curve for curve in curves if curve.newest and curve.run in group.members]
        color = ranks[group.name]
        x, centre, low, high = band([(curve.x, curve.y) for curve in members], options["average"], options["band"])
        if options["band"] != "none":
            ribbons.append(Ribbon(color, x, low, high))
        if options["members"]:
            lines += [Line(color, curve.x, curve.y, faint=True) for curve in members]
        lines.append(Line(color, x, centre))
    lines.sort(key=lambda line: not line.faint)
    axis: XAxis = options["x"] if options["x"] in AXES else "step"
    return Chart(tag, lines, axis, options["log_y"], options["outliers"], ribbons)


def _label(log: LogSource, name: str) -> str:
    """The run's name; the folder's own run bears the folder's name."""
    return name if name != "." else re.split(r"[/\\]", log.path.rstrip("/\\"))[-1]

