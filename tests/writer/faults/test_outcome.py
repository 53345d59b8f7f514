"""The judge of the faults sees what is missing, twofold, torn or hung."""

from __future__ import annotations

from typing import Any

import pytest

from tbnotebook.events.loss import Loss, encode_loss
from tbnotebook.events.record import frame
from tbnotebook.events.schema import Event
from tests.writer.faults.outcome import median, outcome_of, words_of
from tests.writer.faults.performance import Remains


def file_of(*steps: int) -> bytes:
    events = [Event(step=step) for step in steps]
    for event in events:
        event.summary.value.add(tag=b"x", simple_value=1.0)
    return b"".join(frame(event.SerializeToString()) for event in events)


def remains_of(*files: bytes, exit: int | None = 0, errors: str = "", **told: Any) -> Remains:
    return Remains(told, {str(number): data for number, data in enumerate(files)}, exit, errors)


@pytest.mark.parametrize(
    ("remains", "words"),
    [
        (remains_of(file_of(0, 1), file_of(2), logged={"x": 3}), "0 of 3 lost"),
        (remains_of(file_of(0, 2), logged={"x": 4}), "2 of 4 lost"),
        (remains_of(file_of(0, 1, 1), logged={"x": 2}), "0 of 2 lost, 1 repeated"),
        (remains_of(file_of(0, 1)[:-1], logged={"x": 2}), "1 of 2 lost, file torn"),
        (remains_of(file_of(0) + b"?" + file_of(1), logged={"x": 2}), "1 of 2 lost, file torn"),
        (remains_of(file_of(0), exit=-9, logged={"x": 2}), "1 of 2 lost"),
        (remains_of(file_of(0), logged={"x": 1}, warned=["a", "b"]), "0 of 1 lost, 2 warnings"),
        (remains_of(file_of(), logged={"x": 1}, raised="OSError"), "raises OSError, 1 of 1 lost"),
        (remains_of(logged={}, constructor="OSError"), "raises OSError"),
        (remains_of(exit=1, errors="Traceback\nKeyError: 1\n"), "dies of KeyError"),
        (remains_of(file_of(0), exit=None, logged={"x": 9}), "training deadlocks"),
        (remains_of(file_of(0), exit=None, logged={"x": 9}, closing=True), "close() deadlocks"),
        (remains_of(file_of(0), logged={"x": 1, "child": 5}, child_hung=True), "child deadlocks, 5 of 6 lost"),
    ],
)
def test_it_says_what_happened(remains: Remains, words: str) -> None:
    assert words_of(outcome_of(remains)) == words


def test_it_names_the_steps_that_are_missing_and_reads_what_the_file_tells_of_them() -> None:
    loss = Loss(2, (1, 3), "full")
    told = Event()
    told.log_message.message = encode_loss(loss)
    outcome = outcome_of(remains_of(file_of(0, 2) + frame(told.SerializeToString()), logged={"x": 4, "y": 1}))
    assert outcome.missing == {"x": [1, 3], "y": [0]}
    assert (outcome.lost, outcome.told) == (3, [loss])


def test_of_several_attempts_the_one_in_the_middle_counts() -> None:
    outcomes = [outcome_of(remains_of(logged={"x": lost})) for lost in (9, 0, 3)]
    assert median(outcomes).lost == 3
