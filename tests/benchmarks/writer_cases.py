"""Writing scalars, ours against torch.utils.tensorboard: time in the caller, and until all is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.row import Row

REPOSITORY = Path(__file__).parents[2]
RUNS = 5  # fresh processes each, in turn, so that a busy moment meets both

OURS = "tbnotebook"
PEER = "torch.utils.tensorboard"
# Calls of ours and of the peer: about half a second of the peer, and for ours enough to reach its steady state.
COUNTS = {
    "one_tag": (500_000, 10_000),
    "many_tags": (500_000, 10_000),
    "tensors": (500_000, 10_000),
    "paced": (1_000, 1_000),
    "paced_asleep": (1_000, 1_000),
    "fast_paced": (10_000, 10_000),
}


def cases() -> list[Row]:
    """What ``add_scalar`` costs the training loop, and what a scalar costs until ``close()`` returns."""
    return [row for loop in COUNTS for row in _rows(loop)]


def _rows(loop: str) -> list[Row]:
    ours, peer = COUNTS[loop]
    runs = [(_microseconds(loop, OURS, ours), _microseconds(loop, PEER, peer)) for _ in range(RUNS)]
    names = list(runs[0][0])
    medians = [[median(run[side][name] for run in runs) for side in (0, 1)] for name in names]
    return [Row(name, ours, peer, "µs", times=True) for name, (ours, peer) in zip(names, medians)]


def _microseconds(loop: str, module: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.writer_loops", loop, module, str(count)]
    done = subprocess.run(command, cwd=REPOSITORY, env=os.environ, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
