"""Several curves of one quantity as one: their centre at each step, and how far they spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tbnotebook.wire.polyline import Polyline, ascending, values_at

Centre: TypeAlias = Literal["mean", "median"]
Spread: TypeAlias = Literal["std", "stderr", "minmax", "none"]


class Band(NamedTuple):
    """Four arrays of the same length.

    Attributes
    ----------
    x, centre : ndarray of float64
    low, high : ndarray of float64
        The edges of the band; the centre itself where no spread is wanted.
    """

    x: NDArray[np.float64]
    centre: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def band(members: Sequence[Polyline], centre: Centre, spread: Spread) -> Band:
    """Return the centre of curves and the band around it.

    At each x that any of them has: a curve that has none there is interpolated between its neighbours, and does not
    count before its first and behind its last point, nor where one of the two neighbours is no finite number. Of
    points with the same x a curve's last counts.

    Parameters
    ----------
    members : sequence of (x, y)
        Arrays of float64, each pair of the same length.
    centre : {"mean", "median"}
    spread : {"std", "stderr", "minmax", "none"}
        The standard deviation of a sample (n − 1) on either side of the centre, that deviation by √n, or the least
        and the greatest value. Of a single curve the deviation is 0.
    """
    curves = [ascending(*member) for member in members]
    x = np.unique(np.concatenate([each for each, _ in curves])) if curves else np.empty(0)
    values = np.array([values_at(x, *curve) for curve in curves]).reshape(len(curves), len(x))
    count = np.isfinite(values).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(values, axis=0) / count
        middle = mean if centre == "mean" else _median(values, count)
        if spread == "none":
            return Band(x, middle, middle, middle)
        if spread == "minmax":
            empty = count == 0
            low = np.where(empty, np.nan, np.nanmin(values, axis=0, initial=np.inf))
            return Band(x, middle, low, np.where(empty, np.nan, np.nanmax(values, axis=0, initial=-np.inf)))
        squares = np.nansum((values - mean) ** 2, axis=0)
        deviation = np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), 0.0)
        if spread == "stderr":
            deviation = deviation / np.sqrt(count)
    return Band(x, middle, middle - deviation, middle + deviation)


def _median(values: NDArray[np.float64], count: NDArray[np.intp]) -> NDArray[np.float64]:
    ordered = np.sort(values, axis=0)  # NaN last
    column = np.arange(values.shape[1])
    low = ordered[((count - 1) // 2).clip(0), column]
    return np.where(count > 0, (low + ordered[(count // 2).clip(0, len(values) - 1), column]) / 2, np.nan)
