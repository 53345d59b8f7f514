"""Writing scalars, ours against torch.utils.tensorboard: time in the caller, and until all is written."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.row import Row

REPOSITORY = Path(__file__).parents[2]
RUNS = 5  # fresh processes each, in turn, so that a busy moment meets both

PROGRAM = """
import json, sys, time
writer_module, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
writer = __import__(writer_module, fromlist=["SummaryWriter"]).SummaryWriter(folder)
for step in range(1000):
    writer.add_scalar("warm/up", 0.5, step)
writer.flush()
begin = time.perf_counter()
for step in range(count):
    writer.add_scalar("loss", 0.5, step)
called = time.perf_counter()
writer.flush()
written = time.perf_counter()
print(json.dumps([(called - begin) / count, (written - begin) / count]))
"""
# Enough for about a second of torch, and for ours to reach its steady state.
PEER = ("torch.utils.tensorboard", 20_000)
OURS = ("tbnotebook", 500_000)


def cases() -> list[Row]:
    """One tag: what ``add_scalar`` costs the training loop, and what a scalar costs until ``flush()`` returns."""
    measured: dict[str, list[list[float]]] = {OURS[0]: [], PEER[0]: []}
    for _ in range(RUNS):
        for module, count in (OURS, PEER):
            measured[module].append(_microseconds(module, count))
    ours, peer = (
        [statistics.median(column) for column in zip(*measured[module], strict=True)] for module in (OURS[0], PEER[0])
    )
    return [
        Row("write.caller.1tag", ours[0], peer[0], "µs", times=True),
        Row("write.total.1tag", ours[1], peer[1], "µs", times=True),
    ]


def _microseconds(module: str, count: int) -> list[float]:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", PROGRAM, module, folder, str(count)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [1e6 * seconds for seconds in json.loads(done.stdout)]
