"""A tag's curves as a plotly figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.still.palette import run_colour
from tbnotebook.wire import Colors, Curve, Grouping, band, curves_of, run_color
from tbnotebook.wire.look import Color, chosen_colors
from tbnotebook.wire.source import LogSource

if TYPE_CHECKING:
    import plotly.graph_objects as go

_X_TITLES = {"step": "step", "relative": "seconds", "wall": "time"}
_BANDS = {"std": "± std", "stderr": "± std error", "minmax": "min to max", "none": ""}
_DASHES = ("solid", "dash", "dot", "dashdot")
_RAW, _OLDER, _MEMBER, _BAND = 0.24, 0.38, 0.55, 0.19  # opacities


class _Look(NamedTuple):
    """How the curves of a tag are drawn, and what their names say of it."""

    options: dict[str, Any]
    dash: str
    suffix: str


def figure(log: LogSource, tags: str | Sequence[str], options: dict[str, Any], colors: Colors) -> go.Figure:
    """Return the curves of one tag or several as real Plotly traces: the raw values faint, the smoothed ones above.

    A group of runs is its average in a band, on what is drawn of its runs: the smoothed values.

    Parameters
    ----------
    log : LogSource
    tags : str or sequence of str
        Of several the second is dashed, the third dotted, …
    options : dict
        A view's options (`tbnotebook.wire.DEFAULTS` names them).
    colors : Colors
        The colours of the notebook's runs.

    Raises
    ------
    KeyError
        If no run has such a tag; the error lists those that there are.
    """
    import plotly.graph_objects as go

    known = {t: None for run in log.runs.values() for attempt in run.attempts for t in attempt.scalars}
    tags = [tags] if isinstance(tags, str) else list(tags)
    for tag in tags:
        if tag not in known:
            raise KeyError(f"no tag {tag!r} in {log.path}; it has {', '.join(map(repr, known)) or 'no scalars yet'}")
    grouping = Grouping(log, options["groups"])
    chosen = chosen_colors({name: run_color(log, name, colors) for name in log.runs}, options)
    drawn = go.Figure()
    for number, tag in enumerate(tags):
        look = _Look(options, _DASHES[number % len(_DASHES)], f", {tag}" if len(tags) > 1 else "")
        curves = curves_of(log, tag, options)
        groups = grouping.of([curve.run for curve in curves if curve.newest])
        grouped = {name for group in groups for name in group.members}
        for curve in curves:
            if curve.run not in grouped:
                _add_curve(drawn, curve, _rgb(chosen[curve.run]), look)
        for group in groups:
            members = [curve for curve in curves if curve.newest and curve.run in group.members]
            _add_group(drawn, group.name, members, _rgb(grouping.colors[group.name]), look)
    drawn.update_layout(
        template="plotly_white",
        title={"text": _plain(", ".join(tags))},
        xaxis={"title": {"text": _X_TITLES.get(options["x"]) or _plain(options["x"])}, "type": _x_type(options)},
        yaxis={"type": "log" if options["log_y"] else "linear", "title": {"text": _y_title(options)}},
        margin={"t": 40},
    )
    return drawn


def _x_type(options: dict[str, Any]) -> str:
    if options["x"] == "wall":
        return "date"
    return "log" if options["log_x"] else "linear"


def _add_curve(drawn: go.Figure, curve: Curve, color: str, look: _Look) -> None:
    x = _shown(curve.x, look.options["x"])
    if look.options["smoothing"]:
        raw = {"line": {"color": color, "width": 1}, "opacity": _RAW, "hoverinfo": "skip", "showlegend": False}
        drawn.add_scatter(x=x, y=curve.raw, mode="lines", **raw)
    name = curve.run if curve.newest else f"{curve.run}, attempt {curve.attempt + 1}"
    line = {"color": color, "width": 1.75, "dash": look.dash}
    opacity = 1 if curve.newest else _OLDER
    drawn.add_scatter(x=x, y=curve.y, line=line, name=_plain(name + look.suffix), opacity=opacity, mode="lines")


def _add_group(drawn: go.Figure, name: str, members: list[Curve], color: str, look: _Look) -> None:
    options = look.options
    quiet = {"mode": "lines", "hoverinfo": "skip", "showlegend": False, "legendgroup": name + look.suffix}
    found = band([(curve.x, curve.y) for curve in members], options["average"], options["band"])
    x = _shown(found.x, options["x"])
    if options["band"] != "none":
        drawn.add_scatter(x=x, y=found.low, line={"width": 0}, **quiet)
        tint = color.replace("rgb(", "rgba(").replace(")", f", {_BAND})")
        drawn.add_scatter(x=x, y=found.high, line={"width": 0}, fill="tonexty", fillcolor=tint, **quiet)
    if options["members"]:
        for curve in members:
            line = {"color": color, "width": 0.9}
            drawn.add_scatter(x=_shown(curve.x, options["x"]), y=curve.y, line=line, opacity=_MEMBER, **quiet)
    words = f"{options['average']} {_BANDS[options['band']]}".strip()
    label = _plain(f"{name}, {words} of {len(members)}{look.suffix}")
    line = {"color": color, "width": 2, "dash": look.dash}
    drawn.add_scatter(x=x, y=found.centre, line=line, name=label, legendgroup=name + look.suffix, mode="lines")


def _shown(x: NDArray[np.float64], axis: str) -> Any:
    return (x * 1e9).astype(np.int64).astype("datetime64[ns]") if axis == "wall" else x


def _y_title(options: dict[str, Any]) -> str | None:
    if not options["baseline"]:
        return None
    return _plain(f"{'less' if options['compare'] == 'difference' else 'times'} {options['baseline']}")


def _rgb(color: Color) -> str:
    return f"rgb{run_colour(color)}"


def _plain(text: str) -> str:
    """Escape what Plotly would take for markup: a name that comes out of a file stays text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
