"""Graphs: trace and write, ours against torch.utils.tensorboard, and Llama-70B against its own bare forward pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.row import Row

REPOSITORY = Path(__file__).parents[2]
RUNS = 3  # fresh processes, each of which does ours and the peer in turn

NAMES = {
    "resnet18": "graph.resnet18.torch",
    "gpt2": "graph.gpt2.torch",
    "llama70b": "graph.llama70b.forward",
}


def cases() -> list[Row]:
    """What ``add_graph`` costs until the file is closed, in CPU time; its peer for Llama-70B is the forward pass."""
    rows = []
    for model, name in NAMES.items():
        runs = [_figures(model) for _ in range(RUNS)]
        ours, peer = (median(run[side] for run in runs) for side in ("ours", "peer"))
        rows.append(Row(name, ours, peer, "ms", times=True))
        if model == "llama70b":
            rows.append(Row(f"{name}.memory", median(run["megabytes"] for run in runs), None, "MB more"))
    return rows


def _figures(model: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.graph_loops", model]
    done = subprocess.run(command, cwd=REPOSITORY, env=os.environ, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
