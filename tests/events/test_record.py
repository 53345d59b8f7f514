from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.events.crc import masked_crc32c
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE, frame, header


def test_a_known_record_is_framed_to_the_byte() -> None:
    # Version "brain.Event:2", 24 bytes: the event that TensorFlow opens each of its files with.
    payload = b"\x09" + bytes(8) + b"\x1a\x0dbrain.Event:2"
    record = frame(payload)
    assert record[:8] == struct.pack("<Q", 24)
    assert record[8:12] == struct.pack("<I", masked_crc32c(record[:8]))
    assert record[8:12].hex() == "a37f4b22"  # as TensorFlow writes it
    assert record[12:-4] == payload


@given(st.binary(max_size=300))
def test_a_record_is_header_payload_and_crc(payload: bytes) -> None:
    record = frame(payload)
    assert len(record) == HEADER_SIZE + len(payload) + FOOTER_SIZE
    assert record[:HEADER_SIZE] == header(len(payload))
    assert struct.unpack("<I", record[-FOOTER_SIZE:]) == (masked_crc32c(payload),)
