"""What takes minutes: many kills, and a long run that makes writers again and again."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.events.reading import events, files
from tests.writer.programme.records import whole_records
from tests.writer.programs import start

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="signals; memory and descriptors in /proc"),
]
MINUTES = 5

TRAIN = """
import sys, time
from tbnotebook import SummaryWriter
writer = SummaryWriter(sys.argv[1])
for step in range(10**9):
    writer.add_scalar("x", step, step)
    print(step, time.monotonic(), flush=True)
    time.sleep(0.002)
"""


@pytest.mark.timeout(1200)
def test_two_hundred_kills_each_leave_a_prefix_and_lose_no_more_than_the_last_moment(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    delays = random.Random(seed)
    lost = []
    for attempt in range(200):
        folder = tmp_path / str(attempt)
        process = start(TRAIN, folder)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(delays.uniform(0, 0.8))
        process.kill()
        rest, _ = process.communicate(timeout=30)
        added = [float(line.split()[1]) for line in (first + rest).splitlines() if line.count(" ") == 1]
        (file,) = files(folder)
        steps = [event.step for event in events(whole_records(file.read_bytes()))[1:]]
        assert steps == list(range(len(steps))), f"attempt {attempt} of seed {seed}"
        # How old the first lost event was when the last was added; the last may have been written and not yet said.
        lost.append(added[-1] - added[len(steps)] if len(steps) < len(added) else 0.0)
    lost.sort()
    print(f"seconds lost: median {lost[100]:.3f}, worst {lost[-1]:.3f}")
    assert lost[100] <= 0.2
    assert lost[-1] <= 1


LONG_RUN = """
import os, shutil, sys, time
from tbnotebook import SummaryWriter

def state():
    with open("/proc/self/status") as status:
        facts = dict(line.split(":", 1) for line in status)
    return int(facts["VmRSS"].split()[0]), len(os.listdir("/proc/self/fd")), int(facts["Threads"])

folder, deadline = sys.argv[1], time.monotonic() + float(sys.argv[2])
added = written = dropped = made = 0
while time.monotonic() < deadline:
    writer = SummaryWriter(f"{folder}/{made % 10}")
    for step in range(2000):
        writer.add_scalar(f"metric {step % 20}", 0.5 * step, step // 20)
    if made % 3 == 0:
        writer.close()
    else:
        writer.flush()  # and forgotten
    time.sleep(0.01)
    added += 2000
    written += writer.health.written
    dropped += writer.health.dropped
    made += 1
    if made % 100 == 0:
        shutil.rmtree(f"{folder}/{made // 100 % 10}", ignore_errors=True)  # now and then somebody tidies up
        print(*state(), flush=True)
print(added, written, dropped)
"""


@pytest.mark.timeout(1200)
def test_writers_made_again_for_minutes_leave_memory_descriptors_and_threads_as_they_were(tmp_path: Path) -> None:
    process = start(LONG_RUN, tmp_path, 60 * MINUTES)
    output, errors = process.communicate(timeout=60 * MINUTES + 120)
    assert process.returncode == 0, errors
    *states, totals = [list(map(int, line.split())) for line in output.splitlines()]
    added, written, dropped = totals
    assert (written, dropped) == (added, 0)
    assert len(states) >= 10
    quarter = len(states) // 4
    memory, descriptors, threads = zip(*states, strict=True)
    print(f"{added} events by {added // 2000} writers; KiB {memory[quarter]} to {memory[-1]}, {max(descriptors)} files")
    # From the first quarter on, as caches have filled: a leak of 20 bytes an event would be more.
    assert max(memory[-quarter:]) - max(memory[:quarter]) < 8 * 1024
    assert max(descriptors[-quarter:]) <= max(descriptors[:quarter]) + 4
    assert max(threads) < 20
