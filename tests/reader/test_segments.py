"""Segments of one event file count as that file."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.events.record import frame
from tbnotebook.events.segment import segment_name
from tests.reader.files import points, read, scalar, start, steps, stop, version, write

FILE = "events.out.tfevents.{:010d}.host.1.0000"


def write_in_segments(folder, number, payloads, cuts):
    """Write a file as segments that end behind the payloads of these indices."""
    bounds = [0, *cuts, len(payloads)]
    for index, (begin, end) in enumerate(pairwise(bounds), 1):
        size = sum(len(frame(payload)) for payload in payloads[:end])
        opening = [] if index == 1 else [payloads[0]]
        write(folder, *opening, *payloads[begin:end], name=segment_name(FILE.format(number), index, size))


def test_steps_that_go_back_from_segment_to_segment_begin_no_attempt(tmp_path):
    first = [version(), scalar("loss", 5), scalar("loss", 6), scalar("loss", 2), scalar("loss", 9)]
    again = [version(), scalar("loss", 0), scalar("loss", 7), scalar("loss", 1)]
    write_in_segments(tmp_path, 1, first, [2, 3])
    write_in_segments(tmp_path, 2, again, [3])
    assert [steps(attempt.scalars) for attempt in read(tmp_path).run.attempts] == [
        {"loss": [5, 6, 2, 9]},
        {"loss": [0, 7, 1]},
    ]


def test_a_run_has_ended_where_the_last_segment_holds_nothing_but_its_end(tmp_path):
    write_in_segments(tmp_path, 1, [version(), scalar("loss", 5), stop(message=b"KeyboardInterrupt")], [2])
    run = read(tmp_path).run
    assert run.ended
    assert run.ended_by == "KeyboardInterrupt"


def test_a_run_whose_newest_file_lacks_its_end_goes_on(tmp_path):
    write_in_segments(tmp_path, 1, [version(), scalar("loss", 5), stop()], [2])
    write_in_segments(tmp_path, 2, [version(), scalar("loss", 6), scalar("loss", 7)], [2])
    assert not read(tmp_path).run.ended


EVENTS = st.lists(
    st.one_of(
        st.builds(scalar, st.sampled_from(["a", "b"]), st.integers(0, 6)), st.builds(start, st.integers(0, 6))
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(EVENTS, st.sets(st.integers(1, 8))), min_size=1, max_size=3))
def test_whatever_the_cuts_the_attempts_are_those_of_the_whole_files(tmp_path_factory, files):
    whole, cut = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("cut")
    for number, (events, cuts) in enumerate(files):
        payloads = [version(), *events]
        write(whole, *payloads, name=FILE.format(number))
        write_in_segments(cut, number, payloads, sorted(end for end in cuts if end < len(payloads)))
    assert points(read(cut)) == points(read(whole))
