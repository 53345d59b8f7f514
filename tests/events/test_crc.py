from __future__ import annotations

import google_crc32c
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.events.affine import contributions, mask_all
from tbnotebook.events.crc import mask, masked_crc32c


def test_the_crc_is_castagnolis() -> None:
    # RFC 3720, B.4: 32 bytes of zeros, of ones, and the check value of the CRC catalogue.
    assert google_crc32c.value(bytes(32)) == 0x8A9136AA
    assert google_crc32c.value(b"\xff" * 32) == 0x62A8AB43
    assert google_crc32c.value(b"123456789") == 0xE3069283


def test_the_mask_is_tfrecords() -> None:
    # crc32c_test.cc of LevelDB, where the mask comes from, holds that masking is no identity and not idempotent.
    crc = google_crc32c.value(b"foo")
    assert mask(crc) == ((crc >> 15 | crc << 17) + 0xA282EAD8) % 2**32
    assert mask(crc) != crc
    assert mask(mask(crc)) != mask(crc)


def test_numpy_bytes_give_the_same_crc() -> None:
    data = bytes(range(256))
    assert masked_crc32c(np.frombuffer(data, np.uint8)[10:90]) == masked_crc32c(data[10:90])  # type: ignore[arg-type]


@given(st.binary(min_size=1, max_size=80), st.data())
def test_contributions_turn_a_templates_crc_into_each_strings(template: bytes, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(template) - 1), min_size=1, max_size=12, unique=True))
    row = st.lists(st.integers(0, 255), min_size=len(places), max_size=len(places))
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    strings = []
    for values in rows:
        string = bytearray(template)
        for place, value in zip(places, values, strict=True):
            string[place] = value
        strings.append(bytes(string))
    zeroed = bytearray(template)
    for place in places:
        zeroed[place] = 0

    # Any bytes may share a word; a word's upper bytes may be none of the string's.
    columns = []
    while places:
        count = data.draw(st.integers(1, min(8, len(places))))
        words = [int.from_bytes(bytes(values[:count]), "little") for values in rows]
        unused = data.draw(st.integers(0, 255)) << 56 if count < 8 else 0
        distances = [len(template) - 1 - place for place in places[:count]]
        columns.append((np.array([word | unused for word in words], "<u8"), distances))
        places, rows = places[count:], [values[count:] for values in rows]
    change = contributions(*columns)
    crcs = np.uint32(google_crc32c.value(bytes(zeroed))) ^ change
    assert crcs.tolist() == [google_crc32c.value(string) for string in strings]
    assert mask_all(crcs).tolist() == [masked_crc32c(string) for string in strings]
