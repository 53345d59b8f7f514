"""Following a file of a million events: what a poll costs that finds nothing, and one that finds a hundred."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.row import Row

IDLE = 20_000
GROWTHS = 50
NEW = 100


def tails(folder: Path) -> list[Row]:
    """Follow the only file of a folder with our reader and with `EventAccumulator`, in this process."""
    from tensorboard.backend.event_processing.event_accumulator import SCALARS, EventAccumulator

    from tbnotebook import LogDir
    from tbnotebook.events.record import frame
    from tbnotebook.events.schema import Event

    [path] = folder.iterdir()
    log = LogDir(folder)
    log.poll()
    peer: Any = EventAccumulator(str(folder), size_guidance={SCALARS: 0}).Reload()

    def ours() -> None:
        log.poll(budget=1.0)

    def grow(step: int) -> None:
        with open(path, "ab") as file:
            for each in range(step, step + NEW):
                event = Event(wall_time=1.8e9 + each, step=each)
                event.summary.value.add(tag=b"loss", simple_value=each)
                file.write(frame(event.SerializeToString()))

    idle = [_idle(ours), _idle(peer.Reload)]
    # A poll that comes within a millisecond of the last one does not look at the file again.
    looking = _idle(ours, pause=0.002, times=500)
    known = len(log.run.scalars["loss"])
    durations: list[tuple[float, float]] = []
    for number in range(GROWTHS):
        grow(known + number * NEW)
        time.sleep(0.002)
        both = _seconds(ours), _seconds(peer.Reload)
        assert len(log.run.scalars["loss"]) == known + (number + 1) * NEW
        durations.append(both)
    assert len(peer.Scalars("loss")) == known + GROWTHS * NEW
    grown = [median(column) * 1e6 for column in zip(*durations)]
    return [
        Row("tail.idle.ea", *(seconds * 1e6 for seconds in idle), "µs", times=True),
        Row("tail.idle.looking", looking * 1e6, None, "µs"),
        Row("tail.100.ea", *grown, "µs", times=True),
    ]


def _idle(poll: Callable[[], object], pause: float = 0.0, times: int = IDLE) -> float:
    poll()
    if not pause:
        begin = time.perf_counter()
        for _ in range(times):
            poll()
        return (time.perf_counter() - begin) / times
    durations = []
    for _ in range(times):
        time.sleep(pause)
        durations.append(_seconds(poll))
    return median(durations)


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin
