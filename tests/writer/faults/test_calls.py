"""What a call costs the training."""

from __future__ import annotations

from tests.writer.faults.outcome import outcome_of
from tests.writer.faults.performance import Remains

INJECTED = 0.2  # seconds that each write is made to take


def test_no_call_waits_for_a_slow_disk(remains: Remains) -> None:
    assert remains.seen["injected"] > 5
    assert remains.told["slowest"] < INJECTED / 4
    assert remains.told["p99"] < 0.001
    outcome = outcome_of(remains)
    assert (remains.exit, remains.errors, outcome.warnings) == (0, "", [])
    assert (outcome.lost, outcome.repeated, outcome.torn, remains.told["dropped"]) == (0, 0, 0, 0)
    assert outcome.logged > 100


def test_a_call_costs_microseconds(remains: Remains) -> None:
    # Promised are 2 and 10; a busy machine takes its time.
    assert remains.told["mean"] < 20
    assert remains.told["p99"] < 1000
    assert remains.told["written"] == remains.told["calls"]
