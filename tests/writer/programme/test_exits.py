"""The ways in which a process ends without a word to its writer."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tbnotebook.events.schema import SessionStatus
from tests.events.reading import events, events_in, files
from tests.writer.programme.records import whole_records
from tests.writer.programs import start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")

TRAIN = """
import os, sys, time
from tbnotebook import SummaryWriter
writer = SummaryWriter(sys.argv[1])
for step in range(int(sys.argv[2])):
    writer.add_scalar("x", step, step)
    print(step, flush=True)
    time.sleep(0.002)
"""


@pytest.mark.parametrize("error", ["raise RuntimeError('diverged')", "sys.exit('diverged')"])
def test_an_exception_that_ends_the_process_loses_nothing(tmp_path: Path, error: str) -> None:
    process = start(TRAIN + error, tmp_path, 300)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "diverged" in errors
    check_all_is_there(tmp_path, output)


def test_an_interrupt_that_ends_the_process_loses_nothing(tmp_path: Path) -> None:
    process = start(TRAIN, tmp_path, 10**9)
    assert process.stdout is not None
    first = [process.stdout.readline() for _ in range(200)]
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors
    check_all_is_there(tmp_path, "".join(first) + rest, or_one_more=True)


def check_all_is_there(folder: Path, output: str, *, or_one_more: bool = False) -> None:
    steps = [event.step for event in events_in(folder)[1:-1]]
    said = list(range(len(output.split())))
    assert steps in ([said, [*said, len(said)]] if or_one_more else [said])  # added, and interrupted before it was said
    assert events_in(folder)[-1].session_log.status == SessionStatus.STOP


def test_a_process_that_leaves_by_os_exit_loses_no_more_than_the_last_moment(tmp_path: Path) -> None:
    lost = []
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        process = start(TRAIN + "os._exit(0)", folder, 250 + 17 * attempt)
        output, errors = process.communicate(timeout=60)
        assert errors == ""
        (file,) = files(folder)
        steps = [event.step for event in events(whole_records(file.read_bytes()))[1:]]
        assert steps == list(range(len(steps)))
        lost.append(len(output.split()) - len(steps))
    # A hundred steps take 0.2 s; one attempt may meet a busy machine.
    assert sorted(lost)[1] <= 100
