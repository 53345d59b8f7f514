"""What a curve says between its points, and against other curves."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Polyline: TypeAlias = tuple[Floats, Floats]
"""The x and the y of a curve."""
Comparison: TypeAlias = Literal["difference", "ratio"]


def ascending(x: Floats, y: Floats) -> Polyline:
    """Return the points in the order of x, each x once: of several the last."""
    if (x[1:] > x[:-1]).all():
        return x, y
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    last = np.append(x[1:] > x[:-1], True)
    return x[last], y[last]


def values_at(places: Floats, x: Floats, y: Floats) -> Floats:
    """Return the values of a line at some places.

    Parameters
    ----------
    places : ndarray of float64, shape (n,)
    x, y : ndarray of float64, shape (m,)
        Ascending, as `ascending` makes them.

    Returns
    -------
    ndarray of float64, shape (n,)
        Between two points the interpolated value; NaN beyond the ends, and where a neighbour is no finite number.
    """
    if len(x) == 0:
        return np.full(len(places), np.nan)
    y = np.where(np.isfinite(y), y, np.nan)
    right = np.searchsorted(x, places).clip(0, len(x) - 1)
    left = (right - 1).clip(0)
    exact = x[right] == places
    with np.errstate(invalid="ignore", divide="ignore"):
        between = y[left] + (y[right] - y[left]) * ((places - x[left]) / (x[right] - x[left]))
    outside = (places < x[0]) | (places > x[-1])
    return np.where(exact, y[right], np.where(outside, np.nan, between))


def over(curve: Polyline, other: Polyline) -> Polyline:
    """Return a curve over another tag of the same run: each point stands where that tag is at its step.

    Between its points the other tag is interpolated; a point of the curve beyond its ends is left out.
    """
    x = values_at(curve[0], *ascending(*other))
    keep = ~np.isnan(x)
    return x[keep], curve[1][keep]


def against(curve: Polyline, baseline: Polyline, how: Comparison) -> Polyline:
    """Return a curve as its difference from a baseline, or as its multiple of it.

    Between its points the baseline is interpolated; where it has no value, the curve's points are left out.
    """
    base = values_at(curve[0], *ascending(*baseline))
    keep = ~np.isnan(base)
    with np.errstate(invalid="ignore", divide="ignore"):
        compared = curve[1] - base if how == "difference" else curve[1] / base
    return curve[0][keep], compared[keep]
