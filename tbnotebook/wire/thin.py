"""Fewer points that still show every peak."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FEWEST = 8  # points that a series can be thinned to: both ends and two buckets


def thin(values: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """Choose at most `limit` indices of `values` so that each bucket keeps its minimum and maximum.

    The first and the last point are always among them, and where a bucket holds non-finite values its first one is
    kept too, so that a series which turns to NaN still shows where.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        The values in the order in which they are drawn.
    limit : int
        At least `FEWEST`.

    Returns
    -------
    ndarray of intp, shape (m,)
        Ascending indices, m ≤ max(limit, 2); all of them if n ≤ limit.

    Raises
    ------
    ValueError
        If `limit` is below that.
    """
    if limit < FEWEST:
        raise ValueError(f"limit is {limit}; thinning needs room for {FEWEST} points at least")
    n = len(values)
    if n <= limit:
        return np.arange(n)
    buckets = (limit - 2) // 3
    edges = np.linspace(0, n, buckets + 1).astype(np.intp)
    width = int(np.diff(edges).max())
    index = edges[:-1, None] + np.arange(width)
    inside = index < edges[1:, None]
    block = values[np.minimum(index, n - 1)]
    finite = np.isfinite(block) & inside
    low = np.where(finite, block, np.inf).argmin(axis=1)
    high = np.where(finite, block, -np.inf).argmax(axis=1)
    has_finite = finite.any(axis=1)
    broken = inside & ~finite
    first_broken = broken.argmax(axis=1)
    chosen = np.concatenate([
        (edges[:-1] + low)[has_finite],
        (edges[:-1] + high)[has_finite],
        (edges[:-1] + first_broken)[broken.any(axis=1)],
        [0, n - 1],
    ])
    return np.unique(chosen)
