"""Files that others replace, delete, begin late or resume: what is shown is what they hold now."""

from __future__ import annotations

from tests.reader.faults.outcome import all_of, outcome_of
from tests.reader.faults.play import Seen


def count_at_first(seen: Seen) -> int:
    return sum(map(len, seen.looks[0]["curves"]["."].values()))


def test_the_first_start_of_a_run_voids_what_it_says(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(600)


def test_a_file_rewritten_shorter_is_read_anew(seen: Seen) -> None:
    assert count_at_first(seen) == 1000
    assert outcome_of(seen) == all_of(300)


def test_a_file_replaced_by_another_is_read_anew(seen: Seen) -> None:
    assert count_at_first(seen) == 1000
    assert outcome_of(seen) == all_of(1000)


def test_a_run_that_begins_again_is_read_anew(seen: Seen) -> None:
    assert count_at_first(seen) == 1000
    assert outcome_of(seen) == all_of(300)


def test_what_was_in_a_deleted_file_is_no_longer_shown(seen: Seen) -> None:
    assert count_at_first(seen) == 1000
    assert outcome_of(seen) == all_of(500)


def test_an_older_file_that_grows_is_read_on(seen: Seen) -> None:
    assert count_at_first(seen) == 1000
    assert outcome_of(seen) == all_of(1100)


def test_an_older_file_that_begins_late_is_read(seen: Seen) -> None:
    assert count_at_first(seen) == 1000
    assert outcome_of(seen) == all_of(1100)


def test_a_pipe_is_left_alone(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000)
