"""Histograms: how many values lie where, and their moments.

The edges are those of TensorFlow: ten per cent apart, from 1e-12 on, on both sides of zero, each moved by less than
half a per cent to where the upper half of a float32 changes. So one count of these upper halves gives all bins, in a
tenth of the time of a search for each value's bin, and the counts are exact for the edges that stand beside them.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.values import BadValue, describe

_LEAST: Final = 1e-12
_GREATEST: Final = 1e20
_GROWTH: Final = 1.1
_HALVES: Final = 1 << 16
_BLOCK: Final = 1 << 18  # values that are counted at once
_SMALL_BLOCK: Final = 1 << 13  # values that are summed at once: few enough for the cache, and for BLAS without threads


class Histogram(NamedTuple):
    """What a histogram holds.

    Attributes
    ----------
    least, greatest, total, squares : float
        Of the values, their sum and the sum of their squares.
    number : float
        Of values.
    limits : ndarray of float64
        The upper edge of each bin. The first bin is empty: its edge is the lower one of the second.
    counts : ndarray of float64
        How many values are at least the edge before and less than their own.
    left_out : int
        How many values were no finite numbers, and count nowhere.
    """

    least: float
    greatest: float
    number: float
    total: float
    squares: float
    limits: NDArray[np.float64]
    counts: NDArray[np.float64]
    left_out: int = 0


def histogram_of(array: NDArray[Any], bins: Any = "tensorflow", max_bins: int | None = None) -> Histogram:
    """Count the values of an array.

    Parameters
    ----------
    array
        Of real numbers, of any shape.
    bins
        ``"tensorflow"``, or whatever `numpy.histogram` takes.
    max_bins
        Join neighbours until there are no more.

    Raises
    ------
    BadValue
        There is no finite value, or numpy refuses the bins.
    """
    values = array.reshape(-1)
    if values.dtype.kind != "f" or values.dtype.itemsize < 4:
        values = values.astype(np.float64 if values.dtype.kind != "f" else np.float32)
    given = len(values)
    moments = _moments(values) if given else None
    if moments is not None and not np.isfinite(moments).all():
        values = values[np.isfinite(values)]
        moments = _moments(values) if len(values) else None
    if moments is None:
        raise BadValue(f"a histogram needs a finite value; got {describe(array)}")
    if isinstance(bins, str) and bins == "tensorflow":
        counts, edges = _in_tensorflows_bins(values)
    else:
        counts, edges = _in_numpys_bins(values, bins)
    if max_bins is not None and len(counts) > max_bins:
        counts, edges = _joined(counts, edges, max_bins)
    first, last = _span(counts)
    least, greatest, total, squares = moments
    limits, found = edges[first : last + 2], np.concatenate([[0.0], counts[first : last + 1]])
    return Histogram(least, greatest, len(values), total, squares, limits, found, given - len(values))


def add_histogram(summary: Any, tag: bytes, histogram: Histogram) -> None:
    """Add a histogram to a summary."""
    histo = summary.value.add(tag=tag).histo
    histo.min, histo.max, histo.num, histo.sum, histo.sum_squares = histogram[:5]
    histo.bucket_limit.extend(histogram.limits.tolist())
    histo.bucket.extend(histogram.counts.tolist())


def _moments(values: NDArray[Any]) -> tuple[float, float, float, float]:
    total = squares = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for begin in range(0, len(values), _SMALL_BLOCK):
            block = values[begin : begin + _SMALL_BLOCK].astype(np.float64)
            total += float(block.sum())
            squares += float(block @ block)
    return float(values.min()), float(values.max()), total, squares


def _in_tensorflows_bins(values: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    with np.errstate(over="ignore"):
        bits = values.astype(np.float32, copy=False).view(np.uint32)
    counts = np.zeros(_HALVES, np.int64)
    for begin in range(0, len(bits), _BLOCK):
        counts += np.bincount(bits[begin : begin + _BLOCK] >> np.uint32(16), minlength=_HALVES)
    places, edges = _tensorflows_edges()
    # In the order of the values: the halves of negative numbers grow away from zero.
    ordered = np.concatenate([counts[: _HALVES // 2 - 1 : -1], counts[: _HALVES // 2]])
    return np.add.reduceat(ordered, places[:-1]).astype(np.float64), edges


@cache
def _tensorflows_edges() -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return where bins begin among the upper halves in the order of their values, and their edges; with the end."""
    count = int(np.ceil(np.log(_GREATEST / _LEAST) / np.log(_GROWTH)))
    wanted = (_LEAST * _GROWTH ** np.arange(count)).astype(np.float32)
    up = np.unique((wanted.view(np.uint32) + np.uint32(1 << 15)) >> np.uint32(16)).astype(np.int64)
    half = _HALVES // 2
    end = 0x7F80  # of the finite numbers
    # The negative half 0x8000 + h holds what is above -value(h + 1): so a bin of them begins behind a half of `up`.
    places = np.concatenate([[half - end], (half - up)[::-1], [half - 1], half + up, [half + end]])
    ordered = np.concatenate([np.arange(_HALVES - 1, half - 1, -1), np.arange(half)])
    lowest = ordered[places[:-1]].astype(np.uint32) << np.uint32(16)
    lowest = np.where(ordered[places[:-1]] >= half, lowest | np.uint32(0xFFFF), lowest)
    edges = np.append(lowest.view(np.float32).astype(np.float64), float(np.finfo(np.float32).max))
    return places, edges


def _in_numpys_bins(values: NDArray[Any], bins: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    try:
        counts, edges = np.histogram(values.astype(np.float64), bins=bins)
    except Exception as problem:  # numpy's, for whatever a person gives
        raise BadValue(f"bins are 'tensorflow' or what numpy.histogram takes; got {bins!r} ({problem})") from problem
    return counts.astype(np.float64), edges.astype(np.float64)


def _joined(
    counts: NDArray[np.float64], edges: NDArray[np.float64], most: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    starts = np.arange(0, len(counts), -(-len(counts) // max(most, 1)))
    return np.add.reduceat(counts, starts), np.append(edges[starts], edges[-1])


def _span(counts: NDArray[np.float64]) -> tuple[int, int]:
    """Return the first and the last bin that is not empty."""
    filled = np.flatnonzero(counts)
    return (int(filled[0]), int(filled[-1])) if len(filled) else (0, 0)
