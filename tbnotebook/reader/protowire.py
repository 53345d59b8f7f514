"""The fields of a protocol buffer message, without copying what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5


class Field(NamedTuple):
    """One field: its number, its wire type, its varint value (else 0), and where its bytes begin and end."""

    number: int
    kind: int
    value: int
    begin: int
    end: int


def varint(buffer: bytes, at: int, end: int) -> tuple[int, int]:
    """Return the unsigned varint at ``at``, below 2**64, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            break
        byte = buffer[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, at
    raise ValueError("a number does not end within 10 bytes, or within its message")


def fields(buffer: bytes, at: int, end: int) -> Iterator[Field]:
    """Yield the fields of the message between two offsets; a malformed message raises ``ValueError``."""
    while at < end:
        key, begin = varint(buffer, at, end)
        if not 8 <= key < 1 << 32:
            raise ValueError(f"no field has the number {key >> 3}")
        kind, value = key & 7, 0
        if kind == VARINT:
            value, at = varint(buffer, begin, end)
        elif kind == FIXED64:
            at = begin + 8
        elif kind == FIXED32:
            at = begin + 4
        elif kind == LENGTH:
            length, begin = varint(buffer, begin, end)
            at = begin + length
        else:
            raise ValueError(f"field {key >> 3} has wire type {kind}; wanted 0, 1, 2 or 5")
        if at > end:
            raise ValueError(f"field {key >> 3} ends {at - end} bytes behind its message")
        yield Field(key >> 3, kind, value, begin, at)
