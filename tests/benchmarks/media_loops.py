"""Loops that log large arrays, each in a process of its own: ``python -m tests.benchmarks.media_loops loop module``.

Told on stdout as JSON: a name and its milliseconds.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

import numpy as np

CALLS = 40
PAUSE = 0.03  # seconds between calls whose own time is taken: whoever writes keeps up
_DRAW = np.random.default_rng(0)


def hist(writer: Any, step: int) -> None:
    """A million float32 weights."""
    writer.add_histogram("weights", WEIGHTS, step)


def image(writer: Any, step: int) -> None:
    """A picture of 256 × 256 pixels, shades with a camera's noise."""
    writer.add_image("picture", PICTURE, step)


def _shades() -> Any:
    rows, columns = np.mgrid[:256, :256]
    waves = [np.sin(rows / a) + np.cos(columns / b) for a, b in ((17, 23), (31, 13), (11, 41))]
    noise = _DRAW.normal(0, 3, (3, 256, 256))
    return (127 + 60 * np.stack(waves) + noise).clip(0, 255).astype(np.uint8)


WEIGHTS = _DRAW.normal(size=1_000_000).astype(np.float32)
PICTURE = _shades()
LOOPS: dict[str, Callable[[Any, int], None]] = {loop.__name__: loop for loop in (hist, image)}


def main(loop: str, module: str) -> None:
    """Log with the writer of a module: one call after the other until the file is closed, and one now and then."""
    with tempfile.TemporaryDirectory() as folder:
        writer = import_module(module).SummaryWriter(folder)
        LOOPS[loop](writer, 0)
        writer.flush()
        begin = time.perf_counter()
        for step in range(CALLS):
            LOOPS[loop](writer, step)
        writer.close()
        total = (time.perf_counter() - begin) / CALLS
        durations = []
        for step in range(CALLS):
            time.sleep(PAUSE)
            called = time.perf_counter()
            LOOPS[loop](writer, step)
            durations.append(time.perf_counter() - called)
        writer.close()
    print(json.dumps({"torch": 1e3 * total, "caller": 1e3 * median(durations)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
