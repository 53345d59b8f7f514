"""From a log and a view's options to the plain data of its picture."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.still.picture import Chart, Legend, Line, Picture
from tbnotebook.wire import Colors, Digest, Points, last_step, run_color, smooth_at
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
    hidden = set(options["hidden"])
    visible = {name: run for name, run in log.runs.items() if name not in hidden and run.parent is None}
    newest = sorted(visible, key=lambda name: visible[name].last_wall_time or 0.0, reverse=True)
    drawn = set(newest[:LINES])
    runs = {name: run for name, run in visible.items() if name in drawn}
    tags = _tags(runs.values(), options["tags"])
    graphs = [digest.outline(name, run).payload for name, run in runs.items() if run.graph_version]
    shown = dict(list(runs.items())[:RUNS])
    return Picture(
        title=title,
        charts=[_chart(log, runs, tag, options, colors, digest) for tag in tags[:CHARTS]],
        graph=graphs[-1] if graphs else None,
        runs=[Legend(_label(log, name), run_color(log, name, colors), last_step(run)) for name, run in shown.items()],
        note=note,
        view_id=view_id,
        more_charts=max(len(tags) - CHARTS, 0),
        more_runs=max(len(visible) - RUNS, 0),
    )


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
    colors: Colors,
    digest: Digest,
) -> Chart:
    lines = []
    for name, run in runs.items():
        for index, attempt in enumerate(run.attempts):
            scalars = attempt.scalars.get(tag)
            if scalars is None or not len(scalars.step):
                continue
            points = Points.of(scalars)
            # The first point is among them, from which relative time counts.
            keep = digest.thin(name, index, tag, scalars.generation, points.value, POINTS)
            shown = points.at(keep)
            lines.append(
                Line(
                    color_index=run_color(log, name, colors),
                    x=_x(shown, options["x"]),
                    y=smooth_at(points.value, options["smoothing"], keep),
                    raw=shown.value if options["smoothing"] else None,
                    faint=index < len(run.attempts) - 1,
                )
            )
    lines.sort(key=lambda line: not line.faint)
    return Chart(tag, lines, x_axis=options["x"], log_y=options["log_y"], outliers=options["outliers"])


def _x(points: Points, axis: str) -> NDArray[np.float64]:
    if axis == "step":
        return points.step.astype(np.float64)
    return points.wall_time - points.wall_time[0] if axis == "relative" else points.wall_time


def _label(log: LogSource, name: str) -> str:
    """The run's name; the folder's own run bears the folder's name."""
    return name if name != "." else re.split(r"[/\\]", log.path.rstrip("/\\"))[-1]

