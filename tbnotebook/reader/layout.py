"""Where the parts of a record lie that is one scalar: what varies, and the words that do not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE

WALL_TIME_AT = HEADER_SIZE + 1
STEP_AT = HEADER_SIZE + 10
WIDEST = 7
"""Bytes of a step that fits a word together with the key before it; a greater one is read by itself."""

U8, U4 = np.dtype("<u8"), np.dtype("<u4")

Word: TypeAlias = tuple[np.dtype[Any], int]
"""A number's type, and where in the record it lies."""


class Layout(NamedTuple):
    """The places of records that have the same size, steps of the same width, and their values at the same place.

    Attributes
    ----------
    size : int
        Bytes of the record, header and footer included.
    width : int
        Bytes of the step's varint, 0 where there is none.
    value_at : int
        Where the four bytes of the value lie in the record.
    """

    size: int
    width: int
    value_at: int

    @property
    def crc_at(self) -> int:
        """Where the checksum of the payload lies."""
        return self.size - FOOTER_SIZE

    def blank(self, record: bytes) -> bytes:
        """Return ``record`` with zeros where records of one kind differ."""
        blank = bytearray(record)
        for begin, end in self._varying():
            blank[begin:end] = bytes(end - begin)
        return bytes(blank)

    def words(self) -> tuple[Word, ...]:
        """Return words that together are all that does not vary, but for the key and the upper bits of a step."""
        return _words(self)

    def distances(self) -> tuple[list[int], list[int], list[int]]:
        """Return for each byte of wall time, step and value how many bytes of the payload follow it."""
        time, step, value, _ = ([self.crc_at - 1 - at for at in range(*part)] for part in self._varying())
        return time, step, value

    def _varying(self) -> list[tuple[int, int]]:
        return [
            (WALL_TIME_AT, WALL_TIME_AT + 8),
            (STEP_AT, STEP_AT + self.width),
            (self.value_at, self.value_at + 4),
            (self.crc_at, self.size),
        ]


@lru_cache(maxsize=4096)
def _words(layout: Layout) -> tuple[Word, ...]:
    behind_step = STEP_AT + layout.width if layout.width else STEP_AT - 1
    return (
        *_cut(0, WALL_TIME_AT),
        *_cut(behind_step, layout.value_at),
        *_cut(layout.value_at + 4, layout.crc_at),
    )


def _cut(begin: int, end: int) -> Iterator[Word]:
    """Cut bytes into words; the last may overlap the one before."""
    at = begin
    while at < end:
        size = next(size for size in (8, 4, 2, 1) if size <= end - at)
        if size < 8 <= end - begin:
            at, size = end - 8, 8
        yield np.dtype(f"<u{size}"), at
        at += size
