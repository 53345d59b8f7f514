"""Kinds of scalar events that differ in wall time, step and value only.

A training writes the same record again and again, but for some 15 bytes. `Pattern` is such a record: where these bytes
lie, and what stands between.
"""

from __future__ import annotations

from typing import NamedTuple

import google_crc32c
import numpy as np

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.reader.decode import decode
from tbnotebook.reader.layout import STEP_AT, WALL_TIME_AT, WIDEST, Layout
from tbnotebook.reader.pieces import Batch, Metadata
from tbnotebook.reader.protowire import FIXED32, LENGTH, fields, varint

_SUMMARY, _VALUE = 5, 1
_SIMPLE_VALUE, _TENSOR, _TENSOR_CONTENT, _FLOAT_VAL = 2, 8, 4, 5
_WALL_TIME_KEY, _STEP_KEY, _SUMMARY_KEY, _VALUE_KEY, _TAG_KEY = 0x09, 0x10, 0x2A, 0x0A, 0x0A
_TRIED = (1.5, -2.25)
_LONGEST = 1 << 12  # bytes; a pattern takes many times the memory of its record, and rows of longer ones gain nothing


class Pattern(NamedTuple):
    """One kind of record.

    Attributes
    ----------
    layout : Layout
    blank : bytes
        Such a record with zeros where they differ.
    crc : int
        The plain CRC32C of its payload.
    tag : bytes
        What the records hold values of.
    """

    layout: Layout
    blank: bytes
    crc: int
    tag: bytes


def key_of(record: bytes) -> bytes | None:
    """Return what all records of one pattern have in common, more or less; None if there can be no pattern.

    Records of one key may still differ elsewhere, and then the pattern of one finds no match in the other.
    """
    if len(record) > _LONGEST:
        return None
    end = len(record) - FOOTER_SIZE
    width = 0
    try:
        if record[HEADER_SIZE] != _WALL_TIME_KEY:
            return None
        at = WALL_TIME_AT + 8
        if record[at] == _STEP_KEY:
            _, at = varint(record, STEP_AT, end)
            width = at - STEP_AT
        length, begin = varint(record, at + 1, end)
        if record[at] != _SUMMARY_KEY or begin + length != end or width > WIDEST:
            return None
        _, at = varint(record, begin + 1, end)
        length, tag_at = varint(record, at + 1, end)
        if record[begin] != _VALUE_KEY or record[at] != _TAG_KEY or tag_at + length > end:
            return None
    except (ValueError, IndexError):
        return None
    return bytes([width]) + record[:HEADER_SIZE] + record[tag_at : tag_at + length]


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
    layout = Layout(len(record), key[0], value_at)
    blank = layout.blank(record)
    return Pattern(layout, blank, google_crc32c.value(blank[HEADER_SIZE:end]), tag)


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
