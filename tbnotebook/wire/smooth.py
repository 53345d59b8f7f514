"""TensorBoard's smoothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


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


def _average(values: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """Average finite values, block by block: within a block the recurrence is a product with powers of the weight."""
    n = len(values)
    out = np.empty(n)
    block = 64
    powers = weight ** np.arange(block + 1)
    kernel = np.tril((1 - weight) * powers[np.abs(np.subtract.outer(np.arange(block), np.arange(block)))])
    last = 0.0
    for start in range(0, n, block):
        part = values[start : start + block]
        size = len(part)
        out[start : start + size] = kernel[:size, :size] @ part + last * powers[1 : size + 1]
        last = out[start + size - 1]
    return out / (1 - weight ** np.arange(1, n + 1, dtype=np.float64))
