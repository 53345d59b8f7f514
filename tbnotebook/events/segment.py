"""Segments: one event file in several objects of a store that knows no append.

Each is an event file by itself, and all of them together are the one file: their names sort in its order and say
which file it was, which segment of it this is, and how far of the file it reaches.
"""

from __future__ import annotations

import re
import struct

from tbnotebook.events.crc import masked_crc32c
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE

_NAME = re.compile(r"(.*tfevents.*)\.part-(\d{8})-(\d+)", re.DOTALL)
_HEADER = struct.Struct("<QI")


def segment_name(file: str, number: int, end: int) -> str:
    """Return the name of segment ``number``, from 1, that reaches to byte ``end`` of ``file``."""
    return f"{file}.part-{number:08d}-{end}"


def parse_segment_name(name: str) -> tuple[str, int, int] | None:
    """Return file, number and end that `segment_name` was given; None for the name of anything else."""
    match = _NAME.fullmatch(name) if ".part-" in name else None
    return None if match is None else (match[1], int(match[2]), int(match[3]))


def whole_file(name: str) -> str:
    """Return the name of the file that ``name`` is a segment of; ``name`` itself if it is none."""
    parsed = parse_segment_name(name)
    return name if parsed is None else parsed[0]


def cut(data: bytes, *, ended: bool) -> int:
    """Return how many bytes of ``data`` the next segment takes: whole records, 0 if there is nothing for it yet.

    Parameters
    ----------
    data
        A part of an event file that begins at a record and may end within one.
    ended
        Nothing will follow: a record that is torn at the end stays so, and belongs to no segment. Else the record
        before a torn one waits with it, as a graph and the facts that stand before it belong into one segment.

    Notes
    -----
    Behind a header whose checksum is wrong no record can be told from another: all of ``data`` is taken, since
    readers know how to go on after damage.
    """
    end = before = 0
    while len(data) - end >= HEADER_SIZE:
        length, crc = _HEADER.unpack_from(data, end)
        if crc != masked_crc32c(data[end : end + 8]):
            return len(data)
        following = end + HEADER_SIZE + length + FOOTER_SIZE
        if following > len(data):
            break
        before, end = end, following
    return end if ended or end == len(data) else before
