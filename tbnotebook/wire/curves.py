"""What is drawn of a tag: its runs' values over the axis that a view has, perhaps against a baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.frame import Points
from tbnotebook.wire.look import hidden_runs
from tbnotebook.wire.polyline import Polyline, ascending, compared, values_at
from tbnotebook.wire.smooth import smooth, smooth_at
from tbnotebook.wire.source import AttemptSource, LogSource

AXES = ("step", "relative", "wall")
"""What `x` may be besides the name of another tag."""

Choose: TypeAlias = Callable[[str, int, int | None, NDArray[np.float64]], NDArray[np.intp]]
"""From run, attempt, generation and values to the indices of the points that are drawn; None if they are not all."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One attempt of a run.

    Attributes
    ----------
    run : str
    attempt : int
    newest : bool
        No later attempt followed.
    x, raw, y : ndarray of float64, shape (n,)
        Steps, seconds since the attempt's first point or since 1970, or another tag's values; what was logged, and
        that smoothed.
    """

    run: str
    attempt: int
    newest: bool
    x: NDArray[np.float64]
    raw: NDArray[np.float64]
    y: NDArray[np.float64]


def curves_of(log: LogSource, tag: str, options: dict[str, Any], choose: Choose | None = None) -> list[Curve]:
    """Return the curves of a tag, run by run, the oldest attempt first.

    With a baseline all are compared with what is drawn of it: a curve's points where it has no value are left out,
    and so are all where there is no baseline of this tag.

    Parameters
    ----------
    log : LogSource
    tag : str
    options : dict
        A view's options: `smoothing`, `x`, `hidden`, `runs`, `attempts`, `baseline` and `compare`.
    choose : callable, optional
        Which points to draw; all values count in the average. Without it, all.
    """
    hidden = hidden_runs(log, options)
    oldest = -1 if options["attempts"] == "newest" else 0
    curves = [
        curve
        for name, run in log.runs.items()
        if hidden.isdisjoint((name, run.parent))
        for index, attempt in list(enumerate(run.attempts))[oldest:]
        if (curve := _curve(name, index, attempt, index == len(run.attempts) - 1, tag, options, choose)) is not None
    ]
    if not options["baseline"]:
        return curves
    baseline = _baseline(log, tag, options)
    return [_against(curve, baseline, options) for curve in curves] if baseline is not None else []


def _curve(
    name: str,
    index: int,
    attempt: AttemptSource,
    newest: bool,
    tag: str,
    options: dict[str, Any],
    choose: Choose | None,
) -> Curve | None:
    breathe()
    scalars, axis, weight = attempt.scalars.get(tag), options["x"], options["smoothing"]
    if scalars is None or (axis not in AXES and axis not in attempt.scalars):
        return None
    points = Points.of(scalars)
    x, value = _along(points, axis), points.value
    generation: int | None = scalars.generation
    if axis not in AXES:
        other = Points.of(attempt.scalars[axis])
        x = values_at(x, *ascending(_along(other, "step"), other.value))
        there = ~np.isnan(x)  # what lies beyond the other tag's ends is left out
        x, value, generation = x[there], value[there], None
    if choose is None:
        return Curve(name, index, newest, x, value, smooth(value, weight))
    keep = choose(name, index, generation, value)
    return Curve(name, index, newest, x[keep], value[keep], smooth_at(value, weight, keep))


def _baseline(log: LogSource, tag: str, options: dict[str, Any]) -> Polyline | None:
    run = log.runs.get(options["baseline"])
    if run is None or not run.attempts:
        return None
    curve = _curve(options["baseline"], 0, run.attempts[-1], True, tag, options, None)
    return ascending(curve.x, curve.y) if curve is not None else None


def _against(curve: Curve, baseline: Polyline, options: dict[str, Any]) -> Curve:
    base = values_at(curve.x, *baseline)
    there = ~np.isnan(base)
    raw, y = (compared(each[there], base[there], options["compare"]) for each in (curve.raw, curve.y))
    return replace(curve, x=curve.x[there], raw=raw, y=y)


def _along(points: Points, axis: str) -> NDArray[np.float64]:
    """What x is, but for another tag: the steps then."""
    if axis == "relative":
        return points.wall_time - points.wall_time[:1]
    return points.wall_time if axis == "wall" else points.step.astype(np.float64)
