"""The processor's cores, shared out between a kernel and all else that a benchmark runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def apart(kernel: int) -> Iterator[None]:
    """Let a kernel have one core to itself meanwhile; this process, and what else it has started, have the others.

    What they start meanwhile stays on their side. Where there is but one core they share it.
    """
    cores = sorted(os.sched_getaffinity(0))
    own, others = set(cores[:1]), set(cores[1:]) or set(cores)
    try:
        for process in _family(os.getpid()):
            _keep_to(own if process == kernel else others, process)
        yield
    finally:
        for process in _family(os.getpid()):
            _keep_to(set(cores), process)


def _family(first: int) -> list[int]:
    """A process and all that it has started, or what those have."""
    family = [first]
    for process in family:
        for task in _tasks(process):
            with suppress(OSError):  # it has just ended
                family += map(int, Path(f"/proc/{process}/task/{task}/children").read_text().split())
    return family


def _tasks(process: int) -> list[int]:
    with suppress(OSError):
        return [int(task) for task in os.listdir(f"/proc/{process}/task")]
    return []


def _keep_to(cores: set[int], process: int) -> None:
    for task in _tasks(process):
        with suppress(OSError):
            os.sched_setaffinity(task, cores)
