"""Where a file is cut into segments, and what these are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.events.record import frame
from tbnotebook.events.segment import cut, parse_segment_name, segment_name, whole_file

RECORDS = [frame(b"a" * length) for length in (3, 0, 40, 7)]
DATA = b"".join(RECORDS)
ENDS = [sum(map(len, RECORDS[:count])) for count in range(len(RECORDS) + 1)]


@pytest.mark.parametrize("size", range(len(DATA) + 1))
def test_a_closed_file_is_cut_behind_its_last_whole_record(size: int) -> None:
    assert cut(DATA[:size], ended=True) == max(end for end in ENDS if end <= size)


@pytest.mark.parametrize("size", range(len(DATA) + 1))
def test_in_a_growing_file_the_record_before_a_torn_one_waits_with_it(size: int) -> None:
    whole = [end for end in ENDS if end <= size]
    assert cut(DATA[:size], ended=False) == (size if size in ENDS else (whole[-2] if len(whole) > 1 else 0))


def test_behind_a_damaged_header_all_is_taken() -> None:
    damaged = RECORDS[0] + b"\xff" * 12 + RECORDS[2]
    assert cut(damaged, ended=False) == cut(damaged, ended=True) == len(damaged)


def test_a_header_that_promises_more_than_there_is_waits() -> None:
    assert cut(frame(b"x" * 1000)[:500], ended=True) == 0


@given(st.text(max_size=20), st.integers(1, 99_999_999), st.integers(0, 2**63))
def test_a_name_tells_what_it_was_made_of(name: str, number: int, end: int) -> None:
    file = f"events.out.tfevents.{name}"
    segment = segment_name(file, number, end)
    assert parse_segment_name(segment) == (file, number, end)
    assert whole_file(segment) == file


@pytest.mark.parametrize(
    "name",
    ["events.out.tfevents.1.host.2.0000", "events.out.tfevents.1.part-1-2", "notes.part-00000001-2", "a.part-00000001"],
)
def test_other_names_are_no_segments(name: str) -> None:
    assert parse_segment_name(name) is None
    assert whole_file(name) == name


def test_names_sort_in_the_order_of_the_file() -> None:
    names = [segment_name("tfevents.1", number, 7 * 10**number) for number in range(1, 12)]
    assert sorted(names) == names
