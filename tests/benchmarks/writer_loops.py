"""The training loops that log, each in a process of its own: ``python -m tests.benchmarks.writer_loops loop module``.

The loops are the same for every writer, and are told on stdout: a name and its microseconds, as JSON.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

WARM = 1000
_MATRIX = np.ones((64, 64), np.float32)
TAGS = [f"layer{number}/loss" for number in range(20)]


def one_tag(writer: Any, count: int) -> dict[str, float]:
    """One value again and again; also what a value costs until the file is closed."""
    begin = time.perf_counter()
    for step in range(count):
        writer.add_scalar("loss", 0.5, step)
    called = time.perf_counter()
    writer.close()
    closed = time.perf_counter()
    return {"write.caller.1tag": (called - begin) / count, "write.total.1tag": (closed - begin) / count}


def many_tags(writer: Any, count: int) -> dict[str, float]:
    """Twenty values a step."""
    begin = time.perf_counter()
    for step in range(count // len(TAGS)):
        for tag in TAGS:
            writer.add_scalar(tag, 0.5, step)
    return {"write.caller.20tags": (time.perf_counter() - begin) / count}


def tensors(writer: Any, count: int) -> dict[str, float]:
    """A tensor without dimensions, on the CPU."""
    import torch

    loss = torch.tensor(0.5)
    begin = time.perf_counter()
    for step in range(count):
        writer.add_scalar("loss", loss, step)
    return {"write.caller.tensor": (time.perf_counter() - begin) / count}


def paced(writer: Any, count: int) -> dict[str, float]:
    """A thousand calls a second, with work between them."""
    return {"write.caller.paced": sum(_durations(writer, count, 1e-3, _work_until)) / count}


def paced_asleep(writer: Any, count: int) -> dict[str, float]:
    """A thousand calls a second, asleep between them."""
    return {"write.caller.paced.asleep": sum(_durations(writer, count, 1e-3, _sleep_until)) / count}


def fast_paced(writer: Any, count: int) -> dict[str, float]:
    """Ten thousand calls a second: what all but the slowest thousandth stay below."""
    durations = sorted(_durations(writer, count, 1e-4, _work_until))
    return {"write.caller.p99.9": durations[math.ceil(0.999 * count) - 1]}


def _work_until(moment: float) -> None:
    """Multiply small matrices, as a training does. The caches stay warm, which they do not where one sleeps."""
    while time.perf_counter() < moment:
        _MATRIX @ _MATRIX


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.perf_counter()))


def _durations(writer: Any, count: int, interval: float, wait_until: Callable[[float], None]) -> list[float]:
    """Return the duration of each of ``count`` calls, made as near to their times as the work between them allows."""
    durations = []
    begin = time.perf_counter()
    for step in range(count):
        wait_until(begin + step * interval)
        called = time.perf_counter()
        writer.add_scalar("loss", 0.5, step)
        durations.append(time.perf_counter() - called)
    return durations


LOOPS: dict[str, Callable[[Any, int], dict[str, float]]] = {
    loop.__name__: loop for loop in (one_tag, many_tags, tensors, paced, paced_asleep, fast_paced)
}


def main(loop: str, module: str, count: int) -> None:
    """Run a loop with the writer of a module."""
    with tempfile.TemporaryDirectory() as folder:
        writer = import_module(module).SummaryWriter(folder)
        for step in range(WARM):
            writer.add_scalar("warm/up", 0.5, step)
        writer.flush()
        seconds = LOOPS[loop](writer, count)
        writer.close()
    print(json.dumps({name: 1e6 * value for name, value in seconds.items()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
