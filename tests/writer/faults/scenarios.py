"""The faults, one a row of the page: who plays them, and what to say of what is left."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.writer.faults.outcome import median, outcome_of, words_of
from tests.writer.faults.performance import Remains
from tests.writer.faults.plays import Play, ended_by, on_a_full_disk, to_the_end, with_calls


def _no_remark(remains: Remains) -> str:
    return ""


@dataclass(frozen=True)
class Scenario:
    """One fault.

    Attributes
    ----------
    fault
        Its name on the page.
    act
        The function of `acts` that meets it.
    proof
        The test that holds what is promised of ours, in this folder.
    play
        Brings the fault about.
    attempts
        How many times it is played, as its outcome is a matter of chance.
    needs
        The fixture that says whether this machine allows it.
    remark
        What to say besides of what is left.
    """

    fault: str
    act: str
    proof: str
    play: Play = to_the_end
    attempts: int = 1
    needs: str = ""
    remark: Callable[[Remains], str] = _no_remark


def remains_of(scenario: Scenario, module: str) -> list[Remains]:
    """Play a scenario with a package's writer, all attempts at the same time, each in a folder of its own."""

    def attempt(number: int) -> Remains:
        with tempfile.TemporaryDirectory(prefix="fault-", ignore_cleanup_errors=True) as place:
            Path(place).chmod(0o755)  # some acts become nobody
            folder = Path(place, "logs")
            folder.mkdir()
            return scenario.play(scenario.act, module, folder)

    with ThreadPoolExecutor(scenario.attempts) as pool:
        return list(pool.map(attempt, range(scenario.attempts)))


def told_of(scenario: Scenario, attempts: Sequence[Remains]) -> str:
    """Say in a few words what a scenario left: of several attempts the median by what was lost."""
    judged = {id(outcome): (outcome, remains) for remains in attempts for outcome in [outcome_of(remains)]}
    typical = median([outcome for outcome, _ in judged.values()])
    _, remains = judged[id(typical)]
    return ", ".join(filter(None, [words_of(typical), scenario.remark(remains)]))


def _resumption(remains: Remains) -> str:
    if remains.exit is None:
        return ""
    seconds = remains.seen.get("resumed_after")
    return "does not resume by itself" if seconds is None else f"resumes by itself after {seconds:.2g} s"


def _retries(remains: Remains) -> str:
    return f"{remains.told['retried']} retried" if remains.told.get("retried") else ""


def _waits(remains: Remains) -> str:
    if "p99" not in remains.told:
        return ""
    p99, slowest = (_short(remains.told[name] * 1e3) for name in ("p99", "slowest"))
    return f"calls take {p99} ms at p99, {slowest} ms at most"


def _speed(remains: Remains) -> str:
    return f"{_short(remains.told['mean'])} / {_short(remains.told['p99'])}" if "mean" in remains.told else ""


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


SCENARIOS = (
    Scenario(
        "kill -9 at 10 ms a step",
        "train",
        "test_ends.py::test_killed_it_leaves_a_prefix_that_lacks_the_last_moment_at_most",
        ended_by(signal.SIGKILL),
        attempts=5,
    ),
    Scenario(
        "kill -9 right after flush()",
        "kill_after_flush",
        "test_ends.py::test_killed_right_after_flush_nothing_is_lost",
    ),
    Scenario(
        "exit without close()",
        "exit_without_close",
        "test_ends.py::test_a_program_that_ends_without_close_loses_nothing_and_notes_the_end",
    ),
    Scenario(
        "SIGTERM at 10 ms a step",
        "train",
        "test_ends.py::test_terminated_it_leaves_a_prefix_that_lacks_the_last_moment_at_most",
        ended_by(signal.SIGTERM),
        attempts=5,
    ),
    Scenario(
        "disk of 1 MiB full, then enlarged",
        "fill_disk",
        "test_disk.py::test_a_full_disk_raises_nothing_and_with_room_again_the_writing_goes_on_by_itself",
        on_a_full_disk,
        needs="mounting",
        remark=_resumption,
    ),
    Scenario(
        "one transient EIO",
        "log_for_a_second",
        "test_disk.py::test_a_write_that_fails_once_is_tried_again_and_loses_nothing",
        with_calls("write:error=EIO:when=1"),
        needs="tracing",
        remark=_retries,
    ),
    Scenario(
        "folder deleted",
        "delete_folder",
        "test_disk.py::test_a_deleted_folder_is_made_again_and_nothing_after_it_is_lost",
    ),
    Scenario(
        "folder replaced by a file, and the file removed",
        "replace_folder_by_file",
        "test_disk.py::test_a_folder_whose_place_is_taken_is_made_again_once_it_is_free",
    ),
    Scenario(
        "folder closed by chmod, and opened again",
        "lock_folder",
        "test_disk.py::test_a_folder_that_may_not_be_entered_for_a_while_costs_nothing",
    ),
    Scenario(
        "read-only folder",
        "open_in_read_only_folder",
        "test_disk.py::test_a_read_only_folder_raises_in_the_constructor_and_leaves_no_trace",
    ),
    Scenario(
        "os.fork, the child logs",
        "fork_and_log",
        "test_several.py::test_a_forked_child_writes_to_a_file_of_its_own",
    ),
    Scenario(
        "os.fork, the child is silent and exits",
        "fork_silently",
        "test_several.py::test_a_forked_child_that_is_silent_writes_nothing",
    ),
    Scenario(
        "two writers in one folder and second",
        "open_two",
        "test_several.py::test_two_writers_of_one_folder_and_second_write_every_event_once",
    ),
    Scenario(
        "write after close()",
        "write_after_close",
        "test_several.py::test_a_write_after_close_opens_a_second_file",
    ),
    Scenario(
        "pickle and deepcopy",
        "copy_writer",
        "test_several.py::test_a_writer_and_its_copies_have_a_file_each",
    ),
    Scenario(
        "clock set back 1 h, then kill -9 at 50 ms a step",
        "set_clock_back",
        "test_ends.py::test_a_clock_that_is_set_back_delays_no_write",
        ended_by(signal.SIGKILL),
        attempts=3,
    ),
    Scenario(
        "disk with 200 ms a write",
        "log_slowly",
        "test_calls.py::test_no_call_waits_for_a_slow_disk",
        with_calls("write:delay_exit=200000"),
        needs="tracing",
        remark=_waits,
    ),
    Scenario(
        "add_scalar, mean / p99 in µs",
        "time_calls",
        "test_calls.py::test_a_call_costs_microseconds",
        remark=_speed,
    ),
)
