"""What a curve says between its points, and against another."""

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


def compared(values: Floats, base: Floats, how: Comparison) -> Floats:
    """Return the difference of values from a baseline's, or their multiple of them."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return values - base if how == "difference" else values / base
