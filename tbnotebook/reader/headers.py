"""Where a record may begin: every sound header in a window of a file, and the chains that they make."""

from __future__ import annotations

from functools import cache

import google_crc32c
import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.affine import byte_table, mask_all
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE

_OVERHEAD = HEADER_SIZE + FOOTER_SIZE


def headers(window: bytes, begin: int = 0) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the offsets, in order and from ``begin`` on, where a header with the right checksum stands.

    Returns
    -------
    offsets, lengths : ndarray of int64
        Where each begins, and how many bytes of payload it states: fewer than 2**31.
    """
    raw = np.frombuffer(window, np.uint8)[begin:]
    # Lengths end below 2 GiB: four zero bytes behind them sort out nearly every offset.
    at = _zeros(raw, 4)
    length = _word(raw, at)
    at, length = at[length < 1 << 31], length[length < 1 << 31]
    sound = np.flatnonzero(_masked_crcs(length) == _word(raw, at + 8))
    return at[sound] + begin, length[sound].astype(np.int64)


def chain(buffer: bytes, at: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the records that follow each other from ``at`` on, as far as their headers say.

    Returns
    -------
    offsets, sizes : ndarray of int64
        Where each record begins, and its bytes from header to footer. All of them end within the buffer; their
        payloads have not been checked.
    """
    offsets, sizes = _short(buffer, at)
    ends = offsets + sizes
    # Most headers are those of records. Where a payload holds what looks like one, or a long record comes, the chain
    # leads past it.
    breaks = np.append(np.flatnonzero(ends[:-1] != offsets[1:]), len(offsets) - 1)
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    while True:
        index = int(np.searchsorted(offsets, at))
        if index < len(offsets) and offsets[index] == at:
            last = int(breaks[np.searchsorted(breaks, index)])
            parts.append((offsets[index : last + 1], sizes[index : last + 1]))
            at = int(ends[last])
            continue
        own, lengths = headers(buffer[at : at + HEADER_SIZE])
        if not len(own):
            break
        parts.append((own + at, lengths + _OVERHEAD))
        at += int(lengths[0]) + _OVERHEAD
    if not parts:
        return offsets[:0], sizes[:0]
    offsets, sizes = (np.concatenate(column) for column in zip(*parts))
    whole = len(offsets) - int(offsets[-1] + sizes[-1] > len(buffer))
    return offsets[:whole], sizes[:whole]


def _short(buffer: bytes, begin: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """As `headers`, but with the records' sizes, and only of payloads of less than 2**16 bytes."""
    raw = np.frombuffer(buffer, np.uint8)[begin:]
    at = _zeros(raw, 2)
    length = _word(raw, at)
    sound = np.flatnonzero(_short_crcs()[length] == _word(raw, at + 8))
    return at[sound] + begin, length[sound].astype(np.int64) + _OVERHEAD


def _zeros(raw: NDArray[np.uint8], first: int) -> NDArray[np.int64]:
    """Return the offsets of what may be a header: all bytes of its length are zero from the ``first`` on."""
    count = len(raw) - HEADER_SIZE + 1
    if count <= 0:
        return np.empty(0, np.int64)
    zero = raw == 0
    found = zero[first : first + count]
    for place in range(first + 1, 8):
        found = found & zero[place : place + count]
    return np.flatnonzero(found)


def _word(raw: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The little-endian words of four bytes that begin at offsets of any alignment."""
    if not len(at):
        return np.empty(0, np.uint32)
    words: NDArray[np.uint32] = np.ndarray((len(raw) - 3,), "<u4", raw, 0, (1,))[at]
    return words.astype(np.uint32, copy=False)


@cache
def _short_crcs() -> NDArray[np.uint32]:
    """The masked CRCs of the lengths below 2**16, nearly all that there are."""
    return _masked_crcs(np.arange(1 << 16, dtype=np.uint32))


def _masked_crcs(length: NDArray[np.uint32]) -> NDArray[np.uint32]:
    crc = np.full(len(length), google_crc32c.value(bytes(8)), np.uint32)
    for place in range(4):
        crc ^= byte_table(7 - place)[length >> np.uint32(8 * place) & np.uint32(0xFF)]
    return mask_all(crc)
