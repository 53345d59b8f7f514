"""Disks and folders that fail under an open writer: real ones, in processes of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writer.faults.outcome import Outcome, outcome_of
from tests.writer.faults.performance import Remains
from tests.writer.faults.plays import on_a_full_disk


def judged_as_calm(remains: Remains, *causes: str) -> Outcome:
    """The outcome, after it was seen that the training went on to its end and each cause was warned of once."""
    outcome = outcome_of(remains)
    assert (remains.exit, remains.errors) == (0, "")
    assert remains.told["ended"]
    assert outcome.raised == ""
    assert len(outcome.warnings) == len(causes)
    assert all(cause in warning for cause, warning in zip(causes, outcome.warnings, strict=True)), outcome.warnings
    return outcome


def check_nothing_lost(outcome: Outcome, remains: Remains) -> None:
    assert (outcome.lost, outcome.repeated, outcome.torn) == (0, 0, 0)
    assert (remains.told["dropped"], outcome.told) == (0, [])


def check_what_was_deleted_is_counted(outcome: Outcome, remains: Remains) -> None:
    (loss,) = outcome.told
    assert (loss.count, loss.reason) == (100, "the event file was deleted under the writer")
    assert (remains.told["dropped"], remains.told["written"]) == (100, 1000)


def test_a_full_disk_raises_nothing_and_with_room_again_the_writing_goes_on_by_itself(remains: Remains) -> None:
    outcome = judged_as_calm(remains, "No space left on device")
    check_nothing_lost(outcome, remains)
    assert remains.told["written"] == outcome.logged > 10_000
    assert remains.told["retried"] > 1
    assert remains.seen["resumed_after"] <= 5


@pytest.mark.usefixtures("mounting")
def test_what_a_full_disk_leaves_no_room_for_is_counted_exactly_and_told_in_the_file(tmp_path: Path) -> None:
    remains = on_a_full_disk("fill_disk", "tbnotebook", tmp_path, bound=300_000)
    outcome = judged_as_calm(remains, "No space left on device", "the buffer is full")
    assert (outcome.repeated, outcome.torn) == (0, 0)
    assert remains.told["dropped"] == outcome.lost > 10_000
    assert remains.told["written"] == outcome.logged - outcome.lost
    missing = outcome.missing["x"]
    assert [(loss.count, loss.steps) for loss in outcome.told] == [(outcome.lost, (missing[0], missing[-1]))]
    assert remains.seen["resumed_after"] <= 5


def test_a_write_that_fails_once_is_tried_again_and_loses_nothing(remains: Remains) -> None:
    outcome = judged_as_calm(remains, "Input/output error")
    check_nothing_lost(outcome, remains)
    assert remains.told["retried"] == remains.seen["injected"] >= 1
    assert len(remains.files) == 1


def test_a_deleted_folder_is_made_again_and_nothing_after_it_is_lost(remains: Remains) -> None:
    outcome = judged_as_calm(remains, "deleted or replaced")
    assert (outcome.logged, outcome.lost, outcome.repeated, outcome.torn) == (1000, 0, 0, 0)
    check_what_was_deleted_is_counted(outcome, remains)
    assert len(remains.files) == 1


def test_a_folder_whose_place_is_taken_is_made_again_once_it_is_free(remains: Remains) -> None:
    outcome = judged_as_calm(remains, "Not a directory", "deleted or replaced")
    assert (outcome.logged, outcome.lost, outcome.repeated, outcome.torn) == (1000, 0, 0, 0)
    check_what_was_deleted_is_counted(outcome, remains)
    assert len(remains.files) == 1


def test_a_folder_that_may_not_be_entered_for_a_while_costs_nothing(remains: Remains) -> None:
    outcome = judged_as_calm(remains, "Permission denied")
    assert outcome.logged == 1100
    check_nothing_lost(outcome, remains)
    assert remains.told["retried"] > 1


def test_a_read_only_folder_raises_in_the_constructor_and_leaves_no_trace(remains: Remains) -> None:
    assert outcome_of(remains).raised == "PermissionError"
    assert "logs" in remains.told["message"]
    assert (remains.exit, remains.errors, remains.files) == (0, "", {})
