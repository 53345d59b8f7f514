"""Scalar events to bytes: one at a time, and many at once.

A scalar event is ``Event{wall_time, step, summary{value{tag, simple_value}}}``. The bytes are those that
protobuf gives for this message, framed as records.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING

import google_crc32c
import numpy as np

from tbnotebook.events.affine import contributions, mask_all
from tbnotebook.events.crc import mask
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE, frame, header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

# Below this many records of one shape a loop is quicker than numpy's fixed cost.
SMALL = 96

_WALL_TIME = struct.Struct("<Bd")  # with its key before it
_WALL_TIME_KEY = 0x09
_VALUE = struct.Struct("<f")
_CRC = struct.Struct("<I")
_UINT64 = (1 << 64) - 1
# Largest number that 0, 1, 2 … bytes of a varint hold; a step of 0 is left out, as proto3 leaves out defaults.
_VARINT_LIMITS = np.array([0, *((1 << 7 * width) - 1 for width in range(1, 10))], np.uint64)


def varint(number: int) -> bytes:
    """Return the protobuf varint of ``number`` (0 ≤ number < 2**64)."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def scalar_payload(tag: bytes, wall_time: float, step: int, value: bytes) -> bytes:
    """Return one serialized scalar event, not framed.

    Parameters
    ----------
    tag
        UTF-8, or whatever the tag's bytes are.
    wall_time
        Seconds since the epoch.
    step
        -2**63 ≤ step < 2**63.
    value
        The four bytes of a little-endian float32.
    """
    time_part = _WALL_TIME.pack(_WALL_TIME_KEY, wall_time) if wall_time else b""
    return time_part + _step_part(step) + _before_value(tag) + value


@lru_cache(maxsize=64)  # a training writes many values a step
def _step_part(step: int) -> bytes:
    return b"\x10" + varint(step & _UINT64) if step else b""


@lru_cache(maxsize=1024)
def _before_value(tag: bytes) -> bytes:
    """Return what stands in an event between its step and the four bytes of its value, which are its last."""
    entry = (b"\x0a" + varint(len(tag)) + tag if tag else b"") + b"\x15"
    summary = b"\x0a" + varint(len(entry) + 4) + entry
    return b"\x2a" + varint(len(summary) + 4) + summary


def encode_few(
    tags: Iterable[bytes], wall_times: Iterable[float], steps: Iterable[int], values: Iterable[float]
) -> bytes:
    """Return what `encode_scalars` does, without numpy, whose fixed cost is more than that of a loop over a few events.

    Raises
    ------
    OverflowError
        A value is beyond float32.
    """
    records: list[bytes] = []
    time_of, value_of, crc_of, checksum = _WALL_TIME.pack, _VALUE.pack, _CRC.pack, google_crc32c.value
    for tag, wall_time, step, value in zip(tags, wall_times, steps, values, strict=True):
        time_part = time_of(_WALL_TIME_KEY, wall_time) if wall_time else b""
        payload = time_part + _step_part(step) + _before_value(tag) + value_of(value)
        records += header(len(payload)), payload, crc_of(mask(checksum(payload)))
    return b"".join(records)


def encode_scalars(
    tags: Sequence[bytes],
    slots: NDArray[np.intp],
    wall_times: NDArray[np.float64],
    steps: NDArray[np.int64],
    values: NDArray[np.float32],
) -> bytes:
    """Return n scalar events as records, in the order given.

    Parameters
    ----------
    tags
        The distinct tags.
    slots, wall_times, steps, values
        Shape (n,): for each event the index of its tag in ``tags``, seconds since the epoch, step and value.
    """
    values = np.ascontiguousarray(values, "<f4")
    if len(slots) < SMALL or not wall_times.all():
        return b"".join(_encode_each(tags, slots, wall_times, steps, values))
    unsigned = steps.astype(np.uint64)
    shapes = _shapes(tags, slots, unsigned)
    if shapes is None:
        return _encode_alike(tags, slots, wall_times, unsigned, values).tobytes()

    pieces = np.empty(len(slots), object)
    for shape in set(shapes.tolist()):  # np.unique imports a module when it is first called, amid a training
        rows = np.flatnonzero(shapes == shape)
        if len(rows) < SMALL:
            for row, piece in zip(
                rows, _encode_each(tags, slots[rows], wall_times[rows], steps[rows], values[rows]), strict=True
            ):
                pieces[row] = piece
        else:
            block = _encode_alike(tags, slots[rows], wall_times[rows], unsigned[rows], values[rows])
            pieces[rows] = block.astype(object)
    return b"".join(pieces.tolist())


def _shapes(tags: Sequence[bytes], slots: NDArray[np.intp], steps: NDArray[np.uint64]) -> NDArray[np.intp] | None:
    """Return a number for each event that is equal for events of one layout, or None if all have the same."""
    lengths = np.array([len(tag) for tag in tags], np.intp)
    extent = np.array([steps.min(), steps.max()])
    narrowest, widest = np.searchsorted(_VARINT_LIMITS, extent)
    if narrowest == widest and (lengths == lengths[0]).all():
        return None
    return lengths[slots] * (len(_VARINT_LIMITS) + 1) + np.searchsorted(_VARINT_LIMITS, steps)


def _encode_each(
    tags: Sequence[bytes],
    slots: NDArray[np.intp],
    wall_times: NDArray[np.float64],
    steps: NDArray[np.int64],
    values: NDArray[np.float32],
) -> Iterable[bytes]:
    packed = values.tobytes()
    rows = zip(slots.tolist(), wall_times.tolist(), steps.tolist(), strict=True)
    for row, (slot, wall_time, step) in enumerate(rows):
        yield frame(scalar_payload(tags[slot], wall_time, step, packed[4 * row : 4 * row + 4]))


def _encode_alike(
    tags: Sequence[bytes],
    slots: NDArray[np.intp],
    wall_times: NDArray[np.float64],
    steps: NDArray[np.uint64],
    values: NDArray[np.float32],
) -> NDArray[np.void]:
    """Return the records of events whose tags have one length and whose steps have one varint width."""
    step_bytes = _varint_bytes(steps)
    width = step_bytes.shape[1]
    step_gap = b"\x10" + bytes(width) if width else b""
    used = np.flatnonzero(np.bincount(slots, minlength=len(tags)))
    template_of = np.zeros(len(tags), np.intp)
    template_of[used] = np.arange(len(used))
    slots = template_of[slots]
    payloads = [b"\x09" + bytes(8) + step_gap + _before_value(tags[slot]) + bytes(4) for slot in used.tolist()]
    size = len(payloads[0])
    start = header(size)
    whole = np.dtype(f"V{HEADER_SIZE + size + FOOTER_SIZE}")
    parts = np.dtype(
        {
            "names": ["wall_time", "step", "value", "crc"],
            "formats": ["<f8", ("u1", (width,)), "<f4", "<u4"],
            "offsets": [HEADER_SIZE + 1, HEADER_SIZE + 10, HEADER_SIZE + size - 4, HEADER_SIZE + size],
            "itemsize": whole.itemsize,
        }
    )
    templates = np.frombuffer(b"".join(start + payload + bytes(FOOTER_SIZE) for payload in payloads), whole)
    template_crcs = np.array([google_crc32c.value(payload) for payload in payloads], np.uint32)

    records = templates[slots]
    fields = records.view(parts)
    fields["wall_time"] = wall_times
    fields["step"] = step_bytes
    fields["value"] = values
    of_step = [(step_bytes[:, place], [size - 11 - place]) for place in range(width)]
    crcs = template_crcs[slots] ^ contributions(
        (wall_times.astype("<f8").view("<u8"), range(size - 2, size - 10, -1)),
        *of_step,
        (values.astype("<f4").view("<u4"), range(3, -1, -1)),
    )
    fields["crc"] = mask_all(crcs)
    return records


def _varint_bytes(numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return the varints of numbers that all have the same width: shape (n, width), width 0 for zeros."""
    width = int(np.searchsorted(_VARINT_LIMITS, numbers[0]))
    out = np.empty((len(numbers), width), np.uint8)
    for place in range(width):
        more = 0x80 if place < width - 1 else 0
        out[:, place] = (numbers >> np.uint64(7 * place)) & np.uint64(0x7F) | np.uint64(more)
    return out
