"""The CRC32C of many alike byte strings at once, from the bytes in which they differ.

A CRC is affine over GF(2): for strings of one length, ``crc(a) ^ crc(b)`` depends only on ``a ^ b``, and is the
XOR of what each differing byte contributes. So the CRC of a record equals the CRC of a template with zeros in
the places that vary, XOR one table look-up for each of these places. Exact, vectorised, and independent of how
long the constant rest is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import google_crc32c
import numpy as np

from tbnotebook.events.crc import MASK_DELTA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@lru_cache(maxsize=4096)  # 1 kB each; a distance is below the length of a record's variable part plus its tag
def byte_table(distance: int) -> NDArray[np.uint32]:
    """Return what each value of a byte contributes to the CRC when ``distance`` bytes follow it (256 entries)."""
    zeros = bytes(distance)
    of_zero = google_crc32c.value(b"\0" + zeros)
    table = np.zeros(1, np.uint32)
    for bit in range(8):
        contribution = google_crc32c.value(bytes([1 << bit]) + zeros) ^ of_zero
        table = np.concatenate((table, table ^ np.uint32(contribution)))
    table.flags.writeable = False
    return table


def contributions(*columns: tuple[NDArray[np.unsignedinteger], Sequence[int]]) -> NDArray[np.uint32]:
    """Return what the varying bytes contribute to the CRC of each string.

    Parameters
    ----------
    *columns
        Bytes of each of n > 0 strings, little-endian in unsigned numbers of any width, in any shape whose last axis
        is contiguous; with it, for the first, the second, … of these bytes, how many bytes of the string follow it.
        What has no such distance, the upper bytes, is left out.

    Returns
    -------
    ndarray of uint32, of the same shape
        XOR it to the plain CRC32C of the string that has zeros in the places that vary.
    """
    total = np.zeros(columns[0][0].shape, np.uint32)
    constant = 0
    for words, distances in columns:
        octets = words.view(np.uint8).reshape(*words.shape, words.itemsize)
        # The upper bytes of times and steps rarely change within a batch; to see it is ten times cheaper.
        first = words[(0,) * words.ndim]
        varies = int(np.bitwise_or.reduce(words ^ first, axis=None))
        for place, distance in enumerate(distances):
            table = byte_table(distance)
            if varies >> 8 * place & 0xFF:
                total ^= table.take(octets[..., place])
            else:
                constant ^= int(table[int(first) >> 8 * place & 0xFF])
    total ^= np.uint32(constant)
    return total


def mask_all(crcs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Mask plain CRC32Cs as `tbnotebook.events.crc.mask` does, all at once."""
    rotated = (crcs >> np.uint32(15)) | (crcs << np.uint32(17))
    return rotated + np.uint32(MASK_DELTA)
