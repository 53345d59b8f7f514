"""The graphs that are measured, each in a process of its own: ``python -m tests.benchmarks.graph_loops MODEL``.

Prints ours and the peer's milliseconds of CPU time as JSON, the medians of several calls in turn after a first one
that imports what is needed.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import torch

from tests.benchmarks import graph_models

CALLS = 5


def main(model: str) -> None:
    """Measure one of `graph_models`."""
    torch.set_num_threads(1)  # waiting threads would count as work
    network, example = getattr(graph_models, model)()
    if model == "llama70b":
        peer = bare(network, example)
    else:
        from torch.utils.tensorboard import SummaryWriter

        peer = written(SummaryWriter, network, example)
    from tbnotebook import SummaryWriter as Ours

    ours = written(Ours, network, example)
    peer()
    before = peak_megabytes()
    ours()
    megabytes = peak_megabytes() - before
    times = [(spent(ours), spent(peer)) for _ in range(CALLS)]
    print(json.dumps({
        "ours": 1e3 * median(own for own, _ in times),
        "peer": 1e3 * median(other for _, other in times),
        "megabytes": megabytes,
    }))  # fmt: skip


def written(writer: Any, network: Any, example: Any) -> Callable[[], None]:
    """A call that adds the graph to a new file and closes it."""

    def call() -> None:
        with tempfile.TemporaryDirectory() as folder:
            opened = writer(folder)
            opened.add_graph(network, example)
            opened.close()

    return call


def bare(network: Any, example: Any) -> Callable[[], None]:
    """A call that runs the forward pass and nothing else."""

    def call() -> None:
        with torch.no_grad():
            network(example)

    return call


def spent(call: Callable[[], None]) -> float:
    """Seconds of CPU time of a call; what was left over before it is collected first."""
    gc.collect()
    began = time.process_time()
    call()
    return time.process_time() - began


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
