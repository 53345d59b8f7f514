"""A clock that is set during the run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tests.events.reading import events_in, files, scalars_in
from tests.writer.waiting import wait_until

HOUR = 3600.0


class Clock:
    """The machine's, with an offset in seconds."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._real = time.time

    def __call__(self) -> float:
        return self._real() + self.offset


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.mark.parametrize("offset", [HOUR, -HOUR], ids=["an hour ahead", "an hour back"])
def test_nothing_is_delayed_or_lost_and_wall_times_are_as_the_clock_says(
    tmp_path: Path, clock: Clock, offset: float
) -> None:
    writer = SummaryWriter(tmp_path)
    delays, said = [], []
    for step in range(12):
        clock.offset = offset if 4 <= step < 8 else 0.0
        said.append(clock())
        writer.add_scalar("x", step, step)
        added = time.monotonic()
        wait_until(lambda step=step: len(scalars_in(tmp_path)) == step + 1)
        delays.append(time.monotonic() - added)
    writer.close()
    assert sorted(delays)[len(delays) // 2] <= 0.2
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(12))
    wall_times = [event.wall_time for event in events_in(tmp_path) if event.HasField("summary")]
    assert all(0 <= wall - moment < 1 for wall, moment in zip(wall_times, said, strict=True))
    assert writer.health.dropped == writer.health.retried == 0


def test_files_keep_the_order_in_which_they_were_begun_whatever_the_clock_does(tmp_path: Path, clock: Clock) -> None:
    begun = []
    writer = SummaryWriter(tmp_path)
    for step, offset in enumerate([0, -HOUR, HOUR, 0, -2 * HOUR, HOUR + 5, -HOUR]):
        clock.offset = offset
        writer.add_scalar("x", step, step)
        writer.flush()
        begun += [file for file in files(tmp_path) if file not in begun]
        writer.close()
    assert begun == files(tmp_path)
    assert len(begun) == 7
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(7))
