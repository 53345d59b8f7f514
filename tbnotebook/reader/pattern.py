"""Scalar events that differ in wall time, step and value only, read many at once.

A training writes the same record again and again, but for some 15 bytes. `Pattern` is such a record: where these bytes
lie, and what stands between. Records are compared with it word by word, and their checksums follow from its own
(`tbnotebook.events.affine`): exact, and by numpy.
"""

from __future__ import annotations

from typing import Any

import google_crc32c
import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.affine import contributions, mask_all
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.reader.decode import decode
from tbnotebook.reader.pieces import Batch, Metadata, RowArrays
from tbnotebook.reader.protowire import FIXED32, FIXED64, LENGTH, VARINT, Field, fields

WALL_TIME_AT = HEADER_SIZE + 1
STEP_AT = HEADER_SIZE + 10
_WIDEST = 8  # bytes of a step that fits a word with the others; a negative one takes ten
_WALL_TIME, _STEP, _SUMMARY, _VALUE = 1, 2, 5, 1
_TAG, _SIMPLE_VALUE, _TENSOR, _TENSOR_CONTENT, _FLOAT_VAL = 1, 2, 8, 4, 5
_TRIED = (1.5, -2.25)
_LONGEST = 1 << 12  # bytes; a pattern takes many times the memory of its record, and rows of longer ones gain nothing


class Pattern:
    """One kind of record: of one tag and one size, with steps of one width.

    Parameters
    ----------
    record
        Any of them, whole and sound.
    width
        Bytes of the step's varint, 0 where there is none.
    value_at
        Where the four bytes of the value lie in the record.
    tag
        What they are values of.
    """

    def __init__(self, record: bytes, width: int, value_at: int, tag: bytes) -> None:
        self.size = len(record)
        self.tag = tag
        self._width = width
        self._value_at = value_at
        step_end = STEP_AT + width if width else STEP_AT - 1
        crc_at = self.size - FOOTER_SIZE
        self._words = [
            *_words(record, 0, WALL_TIME_AT),
            *_words(record, WALL_TIME_AT + 8, STEP_AT if width else step_end),
            *_words(record, step_end, value_at),
            *_words(record, value_at + 4, crc_at),
        ]
        # Of the step's bytes all but the last have their upper bit set.
        self._ends = np.uint64(sum(0x80 << 8 * place for place in range(width)))
        self._more = np.uint64(sum(0x80 << 8 * place for place in range(width - 1)))
        self._septets = [np.uint64(0x7F << 7 * place) for place in range(width)]
        self._own = np.uint64((1 << 8 * width) - 1)
        time_places = range(WALL_TIME_AT, WALL_TIME_AT + 8)
        step_places = range(STEP_AT, STEP_AT + width)
        value_places = range(value_at, value_at + 4)
        blank = bytearray(record)
        for place in (*time_places, *step_places, *value_places):
            blank[place] = 0
        self._crc = np.uint32(google_crc32c.value(bytes(blank[HEADER_SIZE:crc_at])))
        self._time_distances, self._step_distances, self._value_distances = (
            [crc_at - 1 - place for place in places] for places in (time_places, step_places, value_places)
        )

    def read(self, buffer: bytes | memoryview, at: int, stride: int, most: int) -> RowArrays:
        """Return the points of the records at ``at``, ``at + stride``, …, up to the first that is none of these.

        There are at most ``most``.
        """
        count = min((len(buffer) - at - self.size) // stride + 1, most)

        def column(dtype: np.dtype[Any], offset: int) -> NDArray[Any]:
            return np.ndarray((count,), dtype, buffer, at + offset, (stride,))

        for dtype, offset, word in self._words:
            if count <= 0:
                return _NOTHING
            count = _equal(column(dtype, offset) == word)
        varying: list[tuple[NDArray[np.unsignedinteger], list[int]]] = []
        if self._width:
            raw = column(_U8, STEP_AT) & self._own
            count = _equal((raw & self._ends) == self._more)
            varying.append((raw[:count], self._step_distances))
        if not count:
            return _NOTHING
        wall_time = column(_U8, WALL_TIME_AT).copy()
        value = column(_U4, self._value_at).copy()
        varying += [(wall_time, self._time_distances), (value, self._value_distances)]
        crcs = contributions(*varying)
        crcs ^= self._crc
        count = _equal(mask_all(crcs) == column(_U4, self.size - FOOTER_SIZE))
        step = self._number(varying[0][0][:count]) if self._width else np.zeros(count, np.int64)
        return RowArrays(step, wall_time[:count].view("<f8"), value[:count].view("<f4"))

    def _number(self, raw: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
        """Return what the varints of steps say."""
        step = raw & self._septets[0]
        for place, septet in enumerate(self._septets[1:], 1):
            step |= raw >> np.uint64(place) & septet
        return step.view(np.int64)


_U8, _U4 = np.dtype("<u8"), np.dtype("<u4")
_NOTHING = RowArrays(np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.float32))


def _words(record: bytes, begin: int, end: int) -> list[tuple[np.dtype[Any], int, np.generic]]:
    """Cut bytes that do not vary into words: type, place and value of each."""
    words: list[tuple[np.dtype[Any], int, np.generic]] = []
    at = begin
    while at < end:
        size = next(size for size in (8, 4, 2, 1) if size <= end - at)
        if size < 8 <= end - begin:  # the last word may overlap the one before
            at, size = end - 8, 8
        dtype = np.dtype(f"<u{size}")
        words.append((dtype, at, np.frombuffer(record, dtype, 1, at)[0]))
        at += size
    return words


def _equal(equal: NDArray[np.bool_]) -> int:
    """Return how many are true before the first that is not."""
    first = int(equal.argmin()) if len(equal) else 0
    return first if first < len(equal) and not equal[first] else len(equal)


def key_of(record: bytes) -> bytes | None:
    """Return what all records of one pattern have in common, more or less; None if there can be no pattern.

    Records of one key may still differ elsewhere, and then the pattern of one finds no match in the other.
    """
    if len(record) > _LONGEST:
        return None
    try:
        parts = list(fields(record, HEADER_SIZE, len(record) - FOOTER_SIZE))
        if len(parts) < 2 or parts[0].number != _WALL_TIME or parts[0].kind != FIXED64:
            return None
        step, summary = parts[1:-1], parts[-1]
        if summary.number != _SUMMARY or summary.kind != LENGTH or not _is_step(step):
            return None
        value = next(fields(record, summary.begin, summary.end))
        tag = next(fields(record, value.begin, value.end))
    except (ValueError, StopIteration):
        return None
    if tag.number != _TAG or tag.kind != LENGTH:
        return None
    width = step[0].end - STEP_AT if step else 0
    return bytes([width]) + record[:HEADER_SIZE] + record[tag.begin : tag.end]


def _is_step(parts: list[Field]) -> bool:
    return not parts or (
        len(parts) == 1 and parts[0].number == _STEP and parts[0].kind == VARINT and parts[0].end - STEP_AT <= _WIDEST
    )


def pattern_of(record: bytes, metadata: dict[bytes, Metadata]) -> Pattern | None:
    """Return the pattern of a sound record; None if it is no event of one scalar, or one of an unusual shape."""
    key = key_of(record)
    value_at = _value_at(record) if key is not None else None
    if key is None or value_at is None:
        return None
    end = len(record) - FOOTER_SIZE
    tag = b""
    # The decoder tells whether these bytes are the value.
    for number in _TRIED:
        changed = record[:value_at] + np.float32(number).tobytes() + record[value_at + 4 :]
        said = dict(metadata)
        pieces = decode(changed, [(HEADER_SIZE, end)], said)
        if len(said) > len(metadata):  # the first to describe its tag must be taken by itself
            return None
        if len(pieces) != 1 or not isinstance(pieces[0], Batch) or len(pieces[0].rows) != 1:
            return None
        ((tag, rows),) = pieces[0].rows.items()
        if list(rows.value) != [number]:
            return None
    return Pattern(record, key[0], value_at, tag)


def _value_at(record: bytes) -> int | None:
    """Return where the four bytes of the only value's number lie."""
    *_, summary = fields(record, HEADER_SIZE, len(record) - FOOTER_SIZE)
    try:
        values = list(fields(record, summary.begin, summary.end))
        if len(values) != 1 or values[0].number != _VALUE:
            return None
        for part in fields(record, values[0].begin, values[0].end):
            if part.number == _SIMPLE_VALUE and part.kind == FIXED32:
                return part.begin
            if part.number == _TENSOR and part.kind == LENGTH:
                for inner in fields(record, part.begin, part.end):
                    if inner.number in (_TENSOR_CONTENT, _FLOAT_VAL) and inner.end - inner.begin == 4:
                        return inner.begin
    except ValueError:
        return None
    return None
