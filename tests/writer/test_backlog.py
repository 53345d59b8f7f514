"""The bound on what waits: a disk that hangs or is slow costs events, counted, and neither memory nor time."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tbnotebook import FileWriter, LogDir, SummaryWriter
from tbnotebook.events import schema
from tbnotebook.events.loss import Loss, parse_loss
from tbnotebook.writer import WriterWarning, backlog
from tbnotebook.writer.health import Tally
from tests.events.reading import files, payloads, scalars_in
from tests.writer.programs import run

needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory in /proc")

# A disk that hangs: from `hang()` on no write returns before `recover()`.
HANGING_DISK = """
import os, sys, threading, time, warnings
warnings.simplefilter("ignore")
from tbnotebook import FileWriter, SummaryWriter
from tbnotebook.events import schema

write, free, hanging = os.write, threading.Event(), threading.Event()
free.set()

def stalled_write(descriptor, data):
    if not free.is_set():
        hanging.set()
    free.wait()
    return write(descriptor, data)

os.write = stalled_write
hang, recover = free.clear, free.set

def peak():
    with open("/proc/self/status") as status:  # ru_maxrss begins with that of the process that forked this one
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM"))
"""

SCALARS = """
writer = SummaryWriter(sys.argv[1])
count = int(sys.argv[2])
for step in range(10_000):
    writer.add_scalar("x", 0.5 * step, step)
writer.flush()
before = peak()
hang()
slow = 0
for step in range(10_000, count):
    begin = time.perf_counter()
    writer.add_scalar(f"validation/accuracy of class {step % 10}" if len(sys.argv) > 3 else "x", 0.5 * step, step)
    slow += time.perf_counter() - begin > 0.001
assert hanging.is_set() and writer.health.written == 10_000
grown = peak() - before
recover()
assert writer.flush()
writer.add_scalar("x", 1.0, count)
writer.close()
print(grown, slow, writer.health.written, writer.health.dropped)
"""

PAYLOADS = """
writer = FileWriter(sys.argv[1])
writer.flush()
before = peak()
hang()
for step in range(int(sys.argv[2])):
    event = schema.Event(file_version=bytes(1_000_000))
    writer.add_event(event, step)
    if step == 0:
        hanging.wait()
grown = peak() - before
recover()
assert writer.flush()
writer.close()
print(grown, writer.scribe.tally.health().written, writer.scribe.tally.health().dropped)
"""


def losses(folder: Path) -> list[Loss]:
    """What the files tell of losses; of half a million other records only the frames are looked at."""
    records = [record for file in files(folder) for record in payloads(file.read_bytes()) if b"lost" in record]
    told = [parse_loss(schema.Event.FromString(record).log_message.message) for record in records]
    return [loss for loss in told if loss]


@needs_proc
@pytest.mark.parametrize("kind_of_tag", [[], ["a new string each call"]])
def test_a_disk_that_hangs_holds_up_no_call_and_takes_bounded_memory(tmp_path: Path, kind_of_tag: list[str]) -> None:
    count = 1_000_000
    output = run(HANGING_DISK + SCALARS, tmp_path, count, *kind_of_tag)
    grown, slow, written, dropped = map(int, output.split())
    assert grown <= 64 << 20
    assert slow < count / 200  # a busy machine stops a process now and then
    assert written + dropped == count + 1
    assert dropped > count / 4
    curves = LogDir(tmp_path)
    curves.poll()
    steps = {step for curve in curves.run.scalars.values() for step in curve.step.tolist()}
    assert len(steps) == written
    assert count in steps
    missing = set(range(count)) - steps
    told = losses(tmp_path)
    assert sum(loss.count for loss in told) == dropped
    assert {loss.reason for loss in told} == {backlog.TOO_SLOW}
    spans = [loss.steps for loss in told if loss.steps]
    assert (min(first for first, _ in spans), max(last for _, last in spans)) == (min(missing), max(missing))


@needs_proc
def test_whole_events_count_with_their_size(tmp_path: Path) -> None:
    grown, written, dropped = map(int, run(HANGING_DISK + PAYLOADS, tmp_path, 300).split())
    assert grown <= 64 << 20
    assert written + dropped == 300
    assert written > 30
    assert sum(loss.count for loss in losses(tmp_path)) == dropped


def test_a_slow_disk_costs_only_what_there_is_no_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LIMIT", 1 << 20)
    monkeypatch.setattr(backlog, "_STALL", 0.0)
    writer = SummaryWriter(tmp_path)
    append = writer._scribe.outbox.own._file.append  # type: ignore[union-attr]

    def slow_append(data: bytes | memoryview) -> int:
        time.sleep(0.1)
        return append(data)

    monkeypatch.setattr(writer._scribe.outbox.own._file, "append", slow_append)

    def add_until_one_is_dropped() -> int:
        deadline = time.monotonic() + 60
        count = 0
        while not writer.health.dropped and time.monotonic() < deadline:
            writer.add_scalar("x", 1.0, count)
            count += 1
        return count

    with pytest.warns(WriterWarning, match="does not keep up"):
        count = add_until_one_is_dropped()
    writer.close()
    health = writer.health
    assert health.written + health.dropped == count
    assert len(scalars_in(tmp_path)) == health.written
    assert sum(loss.count for loss in losses(tmp_path)) == health.dropped


def test_a_burst_that_outruns_the_encoder_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LIMIT", 4 << 20)
    monkeypatch.setattr(backlog, "_STALL", float("inf"))
    writer = SummaryWriter(tmp_path)
    longest = 0
    for step in range(400_000):
        writer.add_scalar("x", 1.0, step)
        longest = max(longest, len(writer._scribe._backlog))
    writer.close()
    assert writer.health.dropped == 0
    assert writer.health.written == 400_000
    assert longest < 400_000 * 4 / 2


def test_only_the_encoder_is_stood_back_for_and_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(backlog, "time", SimpleNamespace(sleep=pauses.append, monotonic=time.monotonic))
    monkeypatch.setattr(backlog, "LIMIT", 1 << 20)
    tally = Tally()
    waiting = backlog.Backlog(tally)
    entry = ("x", 1.0, 1, 1.7e9)
    waiting.grow(entry * 10_000)
    waiting.admit(entry)
    assert pauses == [backlog._PAUSE]
    assert len(waiting) == 10_001 * len(entry)
    waiting.writing_since = time.monotonic() - 2 * backlog._STALL
    with pytest.warns(WriterWarning, match="does not keep up"):
        waiting.admit(entry)
    assert len(pauses) == 1
    assert (len(waiting), tally.health().dropped) == (10_001 * len(entry), 1)


def test_an_event_of_any_size_has_room_where_nothing_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LIMIT", 1 << 20)
    writer = FileWriter(tmp_path)
    writer.add_event(schema.Event(file_version=bytes(5 << 20)), 1)
    assert writer.flush()
    writer.close()
    assert writer.scribe.tally.health().written == 1


def hang(writer: SummaryWriter, monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Let the writer's disk hang, with little room beside it; return what frees it and what tells that it hangs."""
    monkeypatch.setattr(backlog, "LIMIT", 1 << 20)
    monkeypatch.setattr(backlog, "_STALL", 0.0)
    free, hanging = threading.Event(), threading.Event()
    append = writer._scribe.outbox.own._file.append  # type: ignore[union-attr]

    def stalled_append(data: bytes | memoryview) -> int:
        hanging.set()
        assert free.wait(60)
        return append(data)

    monkeypatch.setattr(writer._scribe.outbox.own._file, "append", stalled_append)
    return free, hanging


def test_scalars_have_room_beside_an_event_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = SummaryWriter(tmp_path)
    free, hanging = hang(writer, monkeypatch)
    writer.add_scalar("x", 1.0, 0)
    assert hanging.wait(60)
    writer.file_writer.add_event(schema.Event(file_version=bytes(5 << 20)), 1)
    for step in range(1, 1000):
        writer.add_scalar("x", 1.0, step)
    free.set()
    writer.close()
    assert (writer.health.written, writer.health.dropped) == (1001, 0)


def test_threads_that_add_to_a_hanging_disk_are_counted_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = SummaryWriter(tmp_path)
    free, hanging = hang(writer, monkeypatch)

    def add(number: int) -> None:
        for step in range(20_000):
            writer.add_scalar(f"t{number}", 1.0, step)

    writer.add_scalar("t0", 1.0, -1)
    assert hanging.wait(60)
    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]

    def run_all() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    with pytest.warns(WriterWarning, match="does not keep up"):
        run_all()
    free.set()
    writer.close()
    health = writer.health
    assert health.written + health.dropped == 80_001
    assert health.dropped > 0
    assert len(scalars_in(tmp_path)) == health.written
