"""Damage at the 500th of 1000 points costs at most that one, whatever it is, and is marked."""

from __future__ import annotations

from tests.reader.faults.logs import BEGINS, FIVE_HUNDREDTH, PAGE
from tests.reader.faults.outcome import all_of, outcome_of
from tests.reader.faults.play import Seen

DAMAGED = (("damaged", 1),)
LITTLE = 50e6  # bytes: a tenth of what a forged length may take


def check_only_the_500th_is_missing(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(999, marked=DAMAGED)
    for look in seen.looks:
        ((kind, offset, _),) = look["problems"]
        assert (kind, offset) == ("damaged", FIVE_HUNDREDTH)


def check_nothing_is_missing_for_a_length(seen: Seen, length: int) -> None:
    assert outcome_of(seen) == all_of(1000, marked=DAMAGED)
    ((_, offset, reason),) = seen.looks[0]["problems"]
    assert offset == FIVE_HUNDREDTH
    assert str(length) in reason
    assert seen.looks[-1]["memory"] < LITTLE


def test_without_a_fault_all_is_shown(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000)


def test_a_flipped_bit_in_a_payload_costs_its_point(seen: Seen) -> None:
    check_only_the_500th_is_missing(seen)


def test_a_flipped_bit_in_a_checksum_costs_its_point(seen: Seen) -> None:
    check_only_the_500th_is_missing(seen)


def test_a_flipped_bit_in_a_length_costs_its_point(seen: Seen) -> None:
    check_only_the_500th_is_missing(seen)


def test_a_flipped_bit_in_the_checksum_of_a_length_costs_its_point(seen: Seen) -> None:
    check_only_the_500th_is_missing(seen)


def test_a_zeroed_page_costs_the_points_that_it_touches(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(896, marked=DAMAGED)
    ((_, offset, _),) = seen.looks[0]["problems"]
    assert offset == max(begin for begin in BEGINS if begin <= 4 * PAGE)


def test_a_message_that_cannot_be_parsed_costs_no_other(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000, marked=DAMAGED)


def test_a_tag_that_is_not_utf_8_costs_nothing(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1001)
    assert [tag for tag in seen.looks[0]["curves"]["."] if tag != "x"] == [r"caf\xe9"]


def test_a_wall_time_that_is_no_number_costs_nothing(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1001)


def test_a_length_of_a_tebibyte_costs_nothing_and_takes_no_memory(seen: Seen) -> None:
    check_nothing_is_missing_for_a_length(seen, 2**40)


def test_a_length_of_eight_gibibytes_costs_nothing_and_takes_no_memory(seen: Seen) -> None:
    check_nothing_is_missing_for_a_length(seen, 8 * 2**30)


def test_the_greatest_length_costs_nothing_and_takes_no_memory(seen: Seen) -> None:
    check_nothing_is_missing_for_a_length(seen, 2**64 - 1)


def test_a_record_in_a_text_is_not_shown(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000)


def test_a_record_in_a_damaged_text_is_not_shown(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000, marked=DAMAGED)


def test_a_record_that_is_cut_is_shown_when_it_is_whole(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(999)


def test_behind_a_garbage_tail_the_reading_goes_on(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000, marked=DAMAGED)
    waiting, found = (look["problems"] for look in seen.looks)
    assert waiting == []  # it may be a record that is being written
    assert [(kind, offset) for kind, offset, _ in found] == [("damaged", BEGINS[-1])]
