"""Headers of records among other bytes, and chains of records."""

from __future__ import annotations

import struct

import numpy as np

from tbnotebook.events.crc import masked_crc32c
from tbnotebook.events.record import header
from tbnotebook.reader.headers import chain, headers
from tests.reader.files import records, scalar


def test_headers_are_found_as_their_checksum_says():
    rng = np.random.default_rng(1)
    noise = bytes(rng.integers(0, 4, 5000, np.uint8))
    window = noise[:100] + header(7) + noise[100:] + header(2**31 - 1) + b"abc" + header(2**31)
    slow = [
        (at, struct.unpack_from("<Q", window, at)[0])
        for at in range(len(window) - 11)
        if masked_crc32c(window[at : at + 8]) == struct.unpack_from("<I", window, at + 8)[0]
        and struct.unpack_from("<Q", window, at)[0] < 2**31
    ]
    assert (100, 7) in slow
    assert [column.tolist() for column in headers(window)] == [list(column) for column in zip(*slow)]
    assert [column.tolist() for column in headers(window[:11])] == [[], []]


def test_a_chain_leads_past_what_looks_like_a_header_and_through_long_records():
    inner = records(scalar("inner", 1))
    parts = [records(x) for x in (scalar("a", 1), b"text " + inner + b" text", bytes(100_000), inner, scalar("b", 2))]
    data = b"junk" + b"".join(parts)
    offsets, sizes = chain(data, 4)
    assert sizes.tolist() == [len(part) for part in parts]
    assert offsets.tolist() == [4 + sum(map(len, parts[:n])) for n in range(len(parts))]
    assert chain(data[:-1], 4)[1].tolist() == [len(part) for part in parts[:-1]]
    assert chain(data, 5)[0].tolist() == []
    assert chain(data[:10], 4)[0].tolist() == []
