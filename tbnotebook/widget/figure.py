"""A tag's curves as a plotly figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tbnotebook.still.palette import run_colour
from tbnotebook.wire import Colors, Points, run_color, smooth
from tbnotebook.wire.source import LogSource

if TYPE_CHECKING:
    import plotly.graph_objects as go

_X_TITLES = {"step": "step", "relative": "seconds", "wall": "time"}


def figure(log: LogSource, tag: str, options: dict[str, Any], colors: Colors) -> go.Figure:
    """Return the curves of a tag as real Plotly traces: the raw values faint, the smoothed ones above.

    Parameters
    ----------
    log : LogSource
    tag : str
    options : dict
        A view's options: smoothing, x, log_y, hidden.
    colors : Colors
        The colours of the notebook's runs.

    Raises
    ------
    KeyError
        If no run has this tag; the error lists those that there are.
    """
    import plotly.graph_objects as go

    known = {t: None for run in log.runs.values() for attempt in run.attempts for t in attempt.scalars}
    if tag not in known:
        raise KeyError(f"no tag {tag!r} in {log.path}; it has {', '.join(map(repr, known)) or 'no scalars yet'}")
    drawn = go.Figure()
    for name, run in log.runs.items():
        if name in options["hidden"]:
            continue
        color = f"rgb{run_colour(run_color(log, name, colors))}"
        for index, attempt in enumerate(run.attempts):
            if tag not in attempt.scalars:
                continue
            points = Points.of(attempt.scalars[tag])
            newest = index == len(run.attempts) - 1
            label = _plain(name if newest else f"{name}, attempt {index + 1}")
            x = _x(points, options["x"])
            line = {"color": color, "width": 1.75}
            if options["smoothing"]:
                faint = {"color": color, "width": 1}
                drawn.add_scatter(
                    x=x, y=points.value, line=faint, opacity=0.24, hoverinfo="skip", showlegend=False, mode="lines"
                )
            y = smooth(points.value, options["smoothing"])
            drawn.add_scatter(x=x, y=y, line=line, name=label, opacity=1 if newest else 0.38, mode="lines")
    drawn.update_layout(
        template="plotly_white",
        title={"text": _plain(tag)},
        xaxis={"title": {"text": _X_TITLES[options["x"]]}},
        yaxis={"type": "log" if options["log_y"] else "linear"},
        margin={"t": 40},
    )
    return drawn


def _x(points: Points, axis: str) -> Any:
    if axis == "step":
        return points.step
    if axis == "relative":
        return points.wall_time - points.wall_time[:1]
    return (points.wall_time * 1e9).astype(np.int64).astype("datetime64[ns]")


def _plain(text: str) -> str:
    """Escape what Plotly would take for markup: a name that comes out of a file stays text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
