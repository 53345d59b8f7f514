"""The faults, one a row of the page: what makes them, and what to say besides of what a reader did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tests.reader.faults import logs
from tests.reader.faults.logs import Log, Make, Points

Look: TypeAlias = Mapping[str, Any]
TO_SPARE = 512 * 2**20  # bytes of address space that a reader may take for a forged length


def _no_remark(look: Look) -> str:
    return ""


@dataclass(frozen=True)
class Scenario:
    """One fault.

    Attributes
    ----------
    fault
        Its name on the page.
    proof
        The test that holds what is promised of ours, in this folder.
    make
        Makes the files that a reader meets.
    change
        Changes them after its first look, where that is the fault.
    late
        Appends events after it looked at the fault; None where there is nothing to learn from it.
    limits
        What the reader's process must do with: ``memory`` to spare in bytes, open ``files``; ``root`` False.
    former
        What a point is that was logged and is not to be shown.
    remark
        What to say besides of its look at the fault.
    """

    fault: str
    proof: str
    make: Make
    change: Callable[[Path], Log] | None = None
    late: Callable[[Path], Points] | None = logs.append_late
    limits: Mapping[str, Any] = field(default_factory=dict)
    former: str = "outdated"
    remark: Callable[[Look], str] = _no_remark


def _memory(look: Look) -> str:
    if look["raised"] == "ServerEndedError":
        return ""
    return f"takes {look['memory'] / 1e6:.0f} MB" if look["memory"] >= 1e6 else "takes less than 1 MB"


def _costs(look: Look) -> str:
    costs = [f"{look['seconds']:.2g} s", _memory(look), f"{look['files']} files open at once"]
    return "" if look["raised"] else ", ".join(costs)


def _reason(look: Look) -> str:
    reasons = [reason for _, _, reason in look["problems"]]
    return "; ".join(f"“{reason}”" for reason in reasons) or ("shows the run empty" if "shut" in look["curves"] else "")


def _bomb(length: int, words: str, test: str) -> Scenario:
    make = logs.with_forged_length(length)
    return Scenario(
        f"length {words} of a valid CRC, 512 MiB to spare",
        f"test_damage.py::{test}",
        make,
        limits={"memory": TO_SPARE},
        remark=_memory,
    )


_RECORD = logs.BEGINS[502] - logs.FIVE_HUNDREDTH

SCENARIOS = (
    Scenario(
        "none, 512 MiB to spare",
        "test_damage.py::test_without_a_fault_all_is_shown",
        logs.with_one_file,
        limits={"memory": TO_SPARE},
    ),
    Scenario(
        "flipped bit in a payload",
        "test_damage.py::test_a_flipped_bit_in_a_payload_costs_its_point",
        logs.with_flipped_bit(_RECORD - 5, 0x40),
    ),
    Scenario(
        "flipped bit in a payload's CRC",
        "test_damage.py::test_a_flipped_bit_in_a_checksum_costs_its_point",
        logs.with_flipped_bit(_RECORD - 1, 0x01),
        former="of a wrong CRC",
    ),
    Scenario(
        "flipped bit in a length",
        "test_damage.py::test_a_flipped_bit_in_a_length_costs_its_point",
        logs.with_flipped_bit(0, 0x01),
    ),
    Scenario(
        "flipped bit in a length's CRC",
        "test_damage.py::test_a_flipped_bit_in_the_checksum_of_a_length_costs_its_point",
        logs.with_flipped_bit(8, 0x01),
    ),
    Scenario(
        "4 KiB page zeroed",
        "test_damage.py::test_a_zeroed_page_costs_the_points_that_it_touches",
        logs.with_zeroed_page,
    ),
    Scenario(
        "a record more, of a good CRC and no event in it",
        "test_damage.py::test_a_message_that_cannot_be_parsed_costs_no_other",
        logs.with_bytes_between(logs.BAD_MESSAGE),
    ),
    Scenario(
        "a point more, its tag not UTF-8",
        "test_damage.py::test_a_tag_that_is_not_utf_8_costs_nothing",
        logs.with_bytes_between(logs.BAD_TAG, (500, 0.5)),
    ),
    Scenario(
        "a point more, its wall_time NaN",
        "test_damage.py::test_a_wall_time_that_is_no_number_costs_nothing",
        logs.with_bytes_between(logs.NO_TIME, (500, 0.5)),
    ),
    _bomb(2**40, "1 TiB", "test_a_length_of_a_tebibyte_costs_nothing_and_takes_no_memory"),
    _bomb(8 * 2**30, "8 GiB", "test_a_length_of_eight_gibibytes_costs_nothing_and_takes_no_memory"),
    _bomb(2**64 - 1, "2^64−1", "test_the_greatest_length_costs_nothing_and_takes_no_memory"),
    Scenario(
        "a whole record inside a text, not to be shown",
        "test_damage.py::test_a_record_in_a_text_is_not_shown",
        logs.with_bytes_between(logs.SMUGGLER),
    ),
    Scenario(
        "… and the text's own record damaged",
        "test_damage.py::test_a_record_in_a_damaged_text_is_not_shown",
        logs.with_bytes_between(logs.DAMAGED_SMUGGLER),
    ),
    Scenario(
        "truncated tail, written on later",
        "test_damage.py::test_a_record_that_is_cut_is_shown_when_it_is_whole",
        logs.with_cut_tail,
        late=logs.complete_tail,
    ),
    Scenario(
        "garbage tail, written on later",
        "test_damage.py::test_behind_a_garbage_tail_the_reading_goes_on",
        logs.with_garbage_tail,
    ),
    Scenario(
        "a run's first SessionLog START, which voids 500",
        "test_files.py::test_the_first_start_of_a_run_voids_what_it_says",
        logs.with_first_start,
    ),
    Scenario(
        "file rewritten shorter",
        "test_files.py::test_a_file_rewritten_shorter_is_read_anew",
        logs.with_one_file,
        change=logs.rewrite_shorter,
    ),
    Scenario(
        "file replaced by another of its size",
        "test_files.py::test_a_file_replaced_by_another_is_read_anew",
        logs.with_one_file,
        change=logs.replace,
    ),
    Scenario(
        "run deleted and begun again under the same name",
        "test_files.py::test_a_run_that_begins_again_is_read_anew",
        logs.with_one_file,
        change=logs.begin_again,
    ),
    Scenario(
        "one of two files deleted",
        "test_files.py::test_what_was_in_a_deleted_file_is_no_longer_shown",
        logs.with_two_files,
        change=logs.delete_first_file,
    ),
    Scenario(
        "late append of 100 to the older of two files",
        "test_files.py::test_an_older_file_that_grows_is_read_on",
        logs.with_two_files,
        change=logs.append_to_first_file,
    ),
    Scenario(
        "100 in an older file that was empty at first",
        "test_files.py::test_an_older_file_that_begins_late_is_read",
        logs.with_empty_first_file,
        change=logs.begin_first_file,
    ),
    Scenario(
        "a pipe with an event file's name in the folder",
        "test_files.py::test_a_pipe_is_left_alone",
        logs.with_pipe,
    ),
    Scenario(
        "symlink loop below a run",
        "test_folders.py::test_a_link_in_a_circle_gives_no_run",
        logs.with_link_in_a_circle,
        late=None,
    ),
    Scenario(
        "permission denied for one of two runs",
        "test_folders.py::test_a_run_that_may_not_be_read_is_marked_with_the_reason",
        logs.with_forbidden_file,
        late=None,
        limits={"root": False},
        remark=_reason,
    ),
    Scenario(
        "10,000 runs × 20 points",
        "test_folders.py::test_ten_thousand_runs_take_at_most_64_open_files",
        logs.with_ten_thousand_runs,
        late=None,
        remark=_costs,
    ),
    Scenario(
        "… with `ulimit -n 256`",
        "test_folders.py::test_ten_thousand_runs_take_at_most_64_open_files",
        logs.with_ten_thousand_runs,
        late=None,
        limits={"files": 256},
        remark=_costs,
    ),
)
