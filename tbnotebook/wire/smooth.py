"""TensorBoard's smoothing."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

BLOCK = 64
EPSILON = 2.0**-54  # what changes a float near 1 no more


def smooth(values: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Debiased exponential moving average, as TensorBoard's Time Series draws it.

    For each finite y: ``last = last·w + (1 − w)·y``, ``n += 1``, ``out = last / (1 − wⁿ)``. Non-finite values pass
    through and leave the average as it is; a series whose values are all the same is returned untouched.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
    weight : float
        0 (no smoothing) to below 1.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ValueError
        If `weight` is not in [0, 1).
    """
    if not 0 <= weight < 1:
        raise ValueError(f"a smoothing of {weight!r}; it lies between 0 and 0.999")
    if weight == 0 or len(values) == 0 or bool(np.all(values == values[0])):
        return values.copy()
    finite = np.isfinite(values)
    out = values.copy()
    out[finite] = _average(values[finite], weight)
    return out


def smooth_at(values: NDArray[np.float64], weight: float, index: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return ``smooth(values, weight)[index]`` for an ascending index, sooner where it is short.

    All values count; only what a block hands to the next one is computed for each block, and the averages within a
    block for those at `index`.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
    weight : float
        0 (no smoothing) to below 1.
    index : ndarray of intp, shape (m,)

    Returns
    -------
    ndarray of float64, shape (m,)

    Raises
    ------
    ValueError
        If `weight` is not in [0, 1).
    """
    short = len(values) < max(4 * len(index), 4 * BLOCK)
    if short or not 0 < weight < 1 or not np.isfinite(values).all() or bool(np.all(values == values[0])):
        return smooth(values, weight)[index]
    powers, kernel = _kernel(weight)
    whole = len(values) // BLOCK
    rows = values[: whole * BLOCK].reshape(-1, BLOCK)
    rest = np.zeros(BLOCK)
    rest[: len(values) - whole * BLOCK] = values[whole * BLOCK :]
    last = np.array(_handed_on((rows @ kernel[-1]).tolist(), float(powers[BLOCK])))
    block, place = np.divmod(index, BLOCK)
    taken = rows[np.minimum(block, whole - 1)]
    taken[block == whole] = rest
    out = np.einsum("ij,ij->i", taken, kernel[place]) + last[block] * powers[1 + place]
    return np.asarray(out / (1 - weight ** (index + 1.0)))


@lru_cache(maxsize=8)
def _kernel(weight: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The powers of the weight up to a block, and the averages of a block's values as if it were the first."""
    powers: NDArray[np.float64] = weight ** np.arange(BLOCK + 1, dtype=np.float64)
    return powers, np.tril((1 - weight) * powers[np.abs(np.subtract.outer(np.arange(BLOCK), np.arange(BLOCK)))])


def _handed_on(ends: list[float], decay: float) -> list[float]:
    """What each block takes over from those before it, and what the last one hands on."""
    return list(accumulate(ends, lambda before, end: end + before * decay, initial=0.0))


def _average(values: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Average finite values, block by block: within a block the recurrence is a product with powers of the weight.

    Only what a block hands to the next one, its last average, is a loop in Python.
    """
    n = len(values)
    powers, kernel = _kernel(weight)
    padded = np.zeros(-(-n // BLOCK) * BLOCK)
    padded[:n] = values
    alone = padded.reshape(-1, BLOCK) @ kernel.T  # as if each block were the first
    last = _handed_on(alone[:, -1].tolist(), float(powers[BLOCK]))[:-1]
    alone += np.outer(last, powers[1:])
    out = alone.ravel()[:n]
    # The start pulls at the first points only: behind them 1 − wⁿ is 1.
    early = min(n, math.ceil(math.log(EPSILON) / math.log(weight)))
    out[:early] /= 1 - weight ** np.arange(1, early + 1, dtype=np.float64)
    return out
