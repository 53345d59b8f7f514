"""Programs that are ended, or end, while their writer is open."""

from __future__ import annotations

import signal

from tbnotebook.events.schema import Event, SessionStatus
from tests.events.reading import sound_start
from tests.writer.faults.outcome import Outcome, median, outcome_of
from tests.writer.faults.performance import Remains


def judged_as_prefixes(attempts: list[Remains], ending: signal.Signals) -> list[Outcome]:
    """The outcomes, after it was seen that each is one file of which only the end is missing."""
    outcomes = [outcome_of(remains) for remains in attempts]
    for remains, outcome in zip(attempts, outcomes, strict=True):
        assert remains.exit == -ending
        assert len(remains.files) == 1
        assert outcome.repeated == 0
        assert outcome.missing == {"x": list(range(outcome.logged - outcome.lost, outcome.logged))}
    return outcomes


def check_last_moment(attempts: list[Remains], ending: signal.Signals) -> None:
    outcomes = judged_as_prefixes(attempts, ending)
    # Twenty steps take 0.2 s; one attempt may meet a busy machine.
    assert median(outcomes).lost <= 20
    assert max(outcome.lost for outcome in outcomes) <= 100


def test_killed_it_leaves_a_prefix_that_lacks_the_last_moment_at_most(attempts: list[Remains]) -> None:
    check_last_moment(attempts, signal.SIGKILL)


def test_terminated_it_leaves_a_prefix_that_lacks_the_last_moment_at_most(attempts: list[Remains]) -> None:
    check_last_moment(attempts, signal.SIGTERM)


def test_a_clock_that_is_set_back_delays_no_write(attempts: list[Remains]) -> None:
    outcomes = judged_as_prefixes(attempts, signal.SIGKILL)
    assert min(outcome.logged for outcome in outcomes) > 30, "ten steps after the clock was set back"
    assert median(outcomes).lost <= 4, "steps in 0.2 s"


def test_killed_right_after_flush_nothing_is_lost(remains: Remains) -> None:
    (outcome,) = judged_as_prefixes([remains], signal.SIGKILL)
    assert (outcome.logged, outcome.lost, outcome.torn) == (1000, 0, 0)


def test_a_program_that_ends_without_close_loses_nothing_and_notes_the_end(remains: Remains) -> None:
    assert (remains.exit, remains.errors) == (0, "")
    outcome = outcome_of(remains)
    assert (outcome.logged, outcome.lost, outcome.repeated, outcome.torn) == (1000, 0, 0, 0)
    (data,) = remains.files.values()
    records, _ = sound_start(data)
    assert Event.FromString(records[-1]).session_log.status == SessionStatus.STOP
