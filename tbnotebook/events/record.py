"""One record of an event file: length, CRC of the length, payload, CRC of the payload."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache

from tbnotebook.events.crc import masked_crc32c

HEADER_SIZE = 12  # u64 length, u32 masked CRC32C of these eight bytes
FOOTER_SIZE = 4  # u32 masked CRC32C of the payload

_LENGTH = struct.Struct("<Q")
_CRC = struct.Struct("<I")


@lru_cache(maxsize=256)
def header(length: int) -> bytes:
    """Return the 12 bytes that stand before a payload of ``length`` bytes."""
    size = _LENGTH.pack(length)
    return size + _CRC.pack(masked_crc32c(size))


def frame(payload: bytes) -> bytes:
    """Return ``payload`` as one whole record, ready to be appended to an event file."""
    return b"".join((header(len(payload)), payload, _CRC.pack(masked_crc32c(payload))))


def count_whole(data: bytes | memoryview) -> int:
    """Count the whole records at the beginning of ``data``, which are known to be sound."""
    count = at = 0
    while at + HEADER_SIZE <= len(data):
        at += HEADER_SIZE + _LENGTH.unpack_from(data, at)[0] + FOOTER_SIZE
        count += at <= len(data)
    return count


def payloads_of(data: bytes) -> Iterator[bytes]:
    """Yield the payloads of the sound records at the beginning of a file's bytes."""
    at = 0
    while at + HEADER_SIZE <= len(data):
        (length,), (length_crc,) = _LENGTH.unpack_from(data, at), _CRC.unpack_from(data, at + 8)
        begin, end = at + HEADER_SIZE, at + HEADER_SIZE + length
        if length_crc != masked_crc32c(data[at : at + 8]) or end + FOOTER_SIZE > len(data):
            return
        payload = data[begin:end]
        if _CRC.unpack_from(data, end) != (masked_crc32c(payload),):
            return
        yield payload
        at = end + FOOTER_SIZE
