"""Fewer points that still show every peak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blocks import BLOCK, Blocks, spans

FEWEST = 8  # points that a series can be thinned to: both ends and two buckets
_AT_ONCE = 1 << 16  # points looked at in one go
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
    buckets = _buckets(limit)
    n = len(values)
    if n <= limit:
        return np.arange(n)
    if n < buckets * _COARSE:
        return _thin_rows(values.reshape(1, n), buckets)[0]
    blocks = blocks or Blocks()
    blocks.extend(values)
    keep = np.zeros(n, np.bool_)
    keep[[0, n - 1]] = True
    for index in blocks.extremes(values, buckets):
        keep[index] = True
    return np.flatnonzero(keep)


def thin_alike(series: Sequence[NDArray[np.float64]], limit: int) -> Iterator[NDArray[np.intp]]:
    """Yield for each of several series of one length what `thin` returns, in a fraction of the time.

    Parameters
    ----------
    series : sequence of ndarray of float64, shape (n,)
        Of more than `limit` points and fewer than `coarse_from` tells.
    limit : int
        As for `thin`.
    """
    buckets = _buckets(limit)
    at_once = max(_AT_ONCE // len(series[0]), 1)
    for start in range(0, len(series), at_once):
        yield from _thin_rows(np.stack(series[start : start + at_once]), buckets)
        breathe()


def coarse_from(limit: int) -> int:
    """Return from how many points on a series is thinned by its blocks rather than by its points."""
    return _buckets(limit) * _COARSE


def _buckets(limit: int) -> int:
    if limit < FEWEST:
        raise ValueError(f"limit is {limit}; thinning needs room for {FEWEST} points at least")
    return (limit - 2) // 3


def _thin_rows(rows: NDArray[np.float64], buckets: int) -> list[NDArray[np.intp]]:
    n = rows.shape[1]
    edges = np.linspace(0, n, buckets + 1).astype(np.intp)
    index, inside = spans(edges)
    block = rows[:, index]
    finite = np.isfinite(block) & inside
    low = np.where(finite, block, np.inf).argmin(axis=2)
    high = np.where(finite, block, -np.inf).argmax(axis=2)
    broken = inside & ~finite
    start, has_finite = edges[:-1], finite.any(axis=2)
    found = np.zeros((len(rows), 3 * buckets + 2), np.intp)  # what there is not gives way to the first point
    found[:, :buckets] = np.where(has_finite, start + low, 0)
    found[:, buckets : 2 * buckets] = np.where(has_finite, start + high, 0)
    found[:, 2 * buckets : -2] = np.where(broken.any(axis=2), start + broken.argmax(axis=2), 0)
    found[:, -1] = n - 1
    found.sort(axis=1)
    another = np.ones(found.shape, np.bool_)
    another[:, 1:] = found[:, 1:] != found[:, :-1]
    return [each[which] for each, which in zip(found, another, strict=True)]
