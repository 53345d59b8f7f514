"""Where a record may begin: every sound header in a window of a file, and the chains that they make."""

from __future__ import annotations

import struct
from functools import cache

import google_crc32c
import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.affine import byte_table, mask_all
from tbnotebook.events.crc import masked_crc32c
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE

_OVERHEAD = HEADER_SIZE + FOOTER_SIZE
_HEADER = struct.Struct("<QI")


def stated_length(header: bytes) -> int | None:
    """Return the length that a sound header states; None for a header that is not sound, or not whole."""
    if len(header) < HEADER_SIZE:
        return None
    length, crc = _HEADER.unpack(header)
    return int(length) if masked_crc32c(header[:8]) == crc else None


def headers(window: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the offsets, in order, where a header with the right checksum stands.

    Returns
    -------
    offsets, lengths : ndarray of int64
        Where each begins, and how many bytes of payload it states: fewer than 2**31.
    """
    raw = np.frombuffer(window, np.uint8)
    count = len(raw) - HEADER_SIZE + 1
    if count <= 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    # Lengths end below 2 GiB: four zero bytes behind them sort out nearly every offset.
    zero = raw == 0
    zero = zero[:-1] & zero[1:]
    at = np.flatnonzero(zero[4 : 4 + count] & zero[6 : 6 + count])
    length = _word(raw, at)
    at, length = at[length < 1 << 31], length[length < 1 << 31]
    sound = np.flatnonzero(_masked_crcs(length) == _word(raw, at + 8))
    return at[sound], length[sound].astype(np.int64)


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
        length = stated_length(buffer[at : at + HEADER_SIZE])
        if length is None or at + length + _OVERHEAD > len(buffer):
            break
        parts.append((np.array([at]), np.array([length + _OVERHEAD])))
        at += length + _OVERHEAD
    if not parts:
        return offsets[:0], sizes[:0]
    offsets, sizes = (np.concatenate(column) for column in zip(*parts))
    whole = len(offsets) - int(offsets[-1] + sizes[-1] > len(buffer))
    return offsets[:whole], sizes[:whole]


def _short(buffer: bytes, begin: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return offset and size of records whose payload has less than 2**16 bytes: nearly all of them, by their headers.

    Behind the one or two bytes of such a length stand six or seven zero bytes, in which a whole aligned word lies: in
    seven always. Headers whose zeros begin where they happen to hold none are not found.
    """
    raw = np.frombuffer(buffer, np.uint8)
    base = begin - begin % 4
    words = np.frombuffer(buffer, "<u4", (len(buffer) - base) // 4, base)
    at = np.flatnonzero(words[1:] == 0)
    before = words[at]
    at, before = at[before > 0], before[before > 0]
    zeros = (before < 1 << 24).view(np.int8) + (before < 1 << 16) + (before < 1 << 8)
    last = base + 4 * at + 3 - zeros  # the last byte before the zeros, which ends the length
    last = last[(last >= begin) & (last + HEADER_SIZE <= len(buffer))]
    length = _word(raw, last)
    sound = _short_crcs()[np.minimum(length, 0xFFFF)] == _word(raw, last + 8)
    long = np.flatnonzero(~sound & (last > begin))
    length[long] = _word(raw, last[long] - 1)
    sound[long] = _short_crcs()[np.minimum(length[long], 0xFFFF)] == _word(raw, last[long] + 7)
    last[long] -= 1
    sound &= (length < 1 << 16) & (_word(raw, np.minimum(last + 4, len(raw) - 4)) == 0)
    return last[sound], length[sound].astype(np.int64) + _OVERHEAD


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
