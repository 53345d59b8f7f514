"""A reader that follows files which grow, rotate, tear and vanish, for minutes: memory and descriptors stay flat."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writer.programs import start

pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="memory and descriptors in /proc"),
]
MINUTES = 5

FOLLOW = """
import os, random, shutil, sys, time
from pathlib import Path
from tbnotebook.events.record import frame
from tbnotebook.reader import LogDir
from tests.reader.files import scalar, start, version
from tests.reader.programme import kinds

def state():
    with open("/proc/self/status") as status:
        facts = dict(line.split(":", 1) for line in status)
    return int(facts["VmRSS"].split()[0]), len(os.listdir("/proc/self/fd")), int(facts["Threads"])

def append(path, *payloads, torn=0):
    data = b"".join(map(frame, payloads))
    with open(path, "ab") as file:
        file.write(data[: len(data) - torn])

root, deadline, draw = Path(sys.argv[1]), time.monotonic() + float(sys.argv[2]), random.Random(24)
log, rounds, points, problems = LogDir(root), 0, 0, 0
while time.monotonic() < deadline:
    path = root / f"run{rounds % 20}" / f"events.tfevents.{draw.randrange(3)}"
    path.parent.mkdir(exist_ok=True)
    act = draw.randrange(12)
    if act == 0 and path.exists():
        path.unlink()
    elif act == 1 and path.exists():
        path.rename(f"{path}.old")
    elif act == 2:
        shutil.rmtree(path.parent)
    elif act == 3 and path.exists():
        os.truncate(path, draw.randrange(path.stat().st_size + 1))
    elif act == 4:
        path.write_bytes(b"")
    elif act == 5:
        append(path, kinds.graph(f"node{rounds}"), kinds.image("picture", rounds), start(rounds))
    else:
        rows = [scalar(f"tag{n % 5}", rounds + n) for n in range(200)]
        append(path, version(), *rows, kinds.words("said", rounds), torn=draw.choice([0, 0, 0, 7, 2000]))
    log.poll(draw.choice([None, 0.001, 0.05]))
    for run in log.runs.values():
        points += sum(len(curve) for curve in run.scalars.values())
        run.graph
    problems += len(log.problems)
    rounds += 1
    if rounds % 500 == 0:  # somebody tidies up, so that there is as much to hold as at the beginning
        shutil.rmtree(root)
        root.mkdir()
        log.poll()
        print(*state(), flush=True)
print(rounds, points, problems)
"""


def test_a_reader_that_follows_for_minutes_keeps_its_memory_and_descriptors(tmp_path: Path) -> None:
    process = start(FOLLOW, tmp_path, 60 * MINUTES)
    output, errors = process.communicate(timeout=60 * MINUTES + 120)
    assert process.returncode == 0, errors
    *states, (rounds, points, problems) = [list(map(int, line.split())) for line in output.splitlines()]
    assert points > 1000 * rounds
    assert problems > rounds  # there was enough to find
    assert len(states) >= 12
    quarter = len(states) // 4
    memory, descriptors, threads = zip(*states, strict=True)
    print(f"{rounds} rounds; KiB {memory[quarter]} to {memory[-1]}, {max(descriptors)} files, {max(threads)} threads")
    assert max(memory[-quarter:]) - max(memory[:quarter]) < 8 * 1024
    assert max(descriptors[-quarter:]) <= max(descriptors[:quarter])
    assert max(threads) == max(threads[:quarter])
