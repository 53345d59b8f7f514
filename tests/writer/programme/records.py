"""What of an event file is whole."""

from __future__ import annotations

import struct

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE


def whole_records(data: bytes) -> bytes:
    """``data`` without a record that was cut off at its end."""
    at = 0
    while at + HEADER_SIZE <= len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        end = at + HEADER_SIZE + length + FOOTER_SIZE
        if end > len(data):
            break
        at = end
    return data[:at]
