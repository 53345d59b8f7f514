"""Fewer points that still show every peak."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tbnotebook.wire.blocks import BLOCK, Blocks, Extremes, spans

FEWEST = 8  # points that a series can be thinned to: both ends and two buckets
_COARSE = 4 * BLOCK  # points a bucket from which on whole blocks make buckets that are even enough


def thin(values: NDArray[np.float64], limit: int, blocks: Blocks | None = None) -> NDArray[np.intp]:
    """Choose at most `limit` indices of `values` so that each bucket keeps its minimum and maximum.

    The first and the last point are always among them, and where a bucket holds non-finite values its first one is
    kept too, so that a series which turns to NaN still shows where.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        The values in the order in which they are drawn.
    limit : int
        At least `FEWEST`.
    blocks : Blocks, optional
        What is known of the same series from earlier calls, so that only what it has grown by is looked at; the
        result is the same without.

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
    if n >= buckets * _COARSE:
        blocks = blocks or Blocks()
        blocks.extend(values)
        found = blocks.extremes(values, buckets)
    else:
        found = _extremes(values, buckets)
    return np.unique(np.concatenate([*found, [0, n - 1]]))


def _extremes(values: NDArray[np.float64], buckets: int) -> Extremes:
    edges = np.linspace(0, len(values), buckets + 1).astype(np.intp)
    index, inside = spans(edges)
    block = values[index]
    finite = np.isfinite(block) & inside
    low = np.where(finite, block, np.inf).argmin(axis=1)
    high = np.where(finite, block, -np.inf).argmax(axis=1)
    broken = inside & ~finite
    start, has_finite = edges[:-1], finite.any(axis=1)
    return Extremes(
        (start + low)[has_finite],
        (start + high)[has_finite],
        (start + broken.argmax(axis=1))[broken.any(axis=1)],
    )
