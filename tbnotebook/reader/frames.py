"""Where the records of a file begin and end, and which of them are sound.

A record is ``u64 length | u32 CRC of the length | payload | u32 CRC of the payload``, little-endian, both CRCs
masked CRC32C (`tbnotebook.events.record`).
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from enum import Enum

import google_crc32c

from tbnotebook.events.crc import mask, masked_crc32c
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.reader.headers import stated_length
from tbnotebook.reader.storage import Source

# Protocol buffers end below 2 GiB: a record that claims more can never become valid, however the file may grow.
LONGEST_PAYLOAD = 2**31 - 1
OVERHEAD = HEADER_SIZE + FOOTER_SIZE

_CHUNK = 1 << 20
_KNOWN_HEADERS = 4096
_HEADER = struct.Struct("<QI")
_CRC = struct.Struct("<I")

_known_headers: dict[bytes, int] = {}


def split(buffer: bytes, at: int = 0, most: int = sys.maxsize) -> tuple[list[tuple[int, int]], int]:
    """Cut a buffer into records, up to the first that is not whole and sound.

    Parameters
    ----------
    buffer
        Bytes.
    at
        Where a record begins.
    most
        How many records to cut off at most.

    Returns
    -------
    spans : list of (int, int)
        Where each payload begins and ends in the buffer; both CRCs of each are right.
    rest : int
        Where the first record begins that was not cut off: for want of a whole and sound one, or as these are ``most``.
    """
    spans: list[tuple[int, int]] = []
    known, checksum, crc_at, size = _known_headers, google_crc32c.value, _CRC.unpack_from, len(buffer)
    while len(spans) < most:
        header = buffer[at : at + HEADER_SIZE]
        length = known.get(header)
        if length is None:
            length = stated_length(header)
            if length is None:
                return spans, at
            if len(known) >= _KNOWN_HEADERS:
                known.clear()
            known[header] = length
        begin = at + HEADER_SIZE
        end = begin + length
        if end + FOOTER_SIZE > size or mask(checksum(buffer[begin:end])) != crc_at(buffer, end)[0]:
            return spans, at
        spans.append((begin, end))
        at = end + FOOTER_SIZE
    return spans, at


def is_sound(buffer: bytes, begin: int, end: int) -> bool:
    """Whether the checksum behind a payload is that of the payload."""
    return mask(google_crc32c.value(buffer[begin:end])) == int(_CRC.unpack_from(buffer, end)[0])


class Verdict(Enum):
    """What `examine` found at an offset."""

    VALID = "valid"
    CUT = "cut"  # a beginning that more bytes may complete
    BAD_HEADER = "bad header"
    BAD_PAYLOAD = "bad payload"


@dataclass(frozen=True)
class Finding:
    """The verdict on one offset.

    Attributes
    ----------
    end : int or None
        Where the next record begins if the header tells the truth.
    reason : str
        Empty for a valid record.
    """

    verdict: Verdict
    end: int | None
    reason: str = ""


def examine(source: Source, at: int, size: int) -> Finding:
    """Judge the record that begins at ``at`` in a file of ``size`` bytes; memory stays below a few MB."""
    header = source.read(at, min(HEADER_SIZE, size - at))
    if len(header) < HEADER_SIZE:
        return Finding(Verdict.CUT, None, f"the file ends {len(header)} bytes into a record's header of 12")
    length, want = _HEADER.unpack(header)
    got = masked_crc32c(header[:8])
    if got != want:
        return Finding(
            Verdict.BAD_HEADER, None, f"the length's checksum is {got:#010x}, the record says {want:#010x}"
        )
    if length > LONGEST_PAYLOAD:
        return Finding(
            Verdict.BAD_HEADER, None, f"a record claims {length} bytes; an event has at most {LONGEST_PAYLOAD}"
        )
    end = at + OVERHEAD + length
    if end > size:
        return Finding(Verdict.CUT, end, f"a record claims {length} bytes, more than are left")
    got = mask(_crc(source, at + HEADER_SIZE, length))
    footer = source.read(end - FOOTER_SIZE, FOOTER_SIZE)
    if len(footer) < FOOTER_SIZE:
        return Finding(Verdict.CUT, end, "the file shrank while it was read")
    (want,) = _CRC.unpack(footer)
    if got != want:
        return Finding(
            Verdict.BAD_PAYLOAD,
            end,
            f"the checksum of {length} bytes of data is {got:#010x}, the record says {want:#010x}",
        )
    return Finding(Verdict.VALID, end)


def _crc(source: Source, at: int, length: int) -> int:
    crc = 0
    for start in range(at, at + length, _CHUNK):
        crc = google_crc32c.extend(crc, source.read(start, min(_CHUNK, at + length - start)))
    return int(crc)
