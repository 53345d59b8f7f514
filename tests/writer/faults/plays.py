"""How a fault is brought about while an act runs."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from tests.writer.faults.performance import Performance, Remains
from tests.writer.faults.tmpfs import resize, tmpfs
from tests.writer.strace import attached

PATIENCE = 20.0  # seconds after which an act that should have ended counts as hung; the longest takes half of them
Play = Callable[[str, str, Path], Remains]  # act, module, folder


def to_the_end(act: str, module: str, folder: Path) -> Remains:
    """Nothing happens from outside."""
    with Performance(act, module, folder) as performance:
        return performance.end(PATIENCE)


def ended_by(number: signal.Signals) -> Play:
    """A signal after 2.5 to 3.5 s of training."""

    def play(act: str, module: str, folder: Path) -> Remains:
        with Performance(act, module, folder) as performance:
            assert performance.wait_for("logged", PATIENCE), "nothing was logged"
            time.sleep(random.uniform(2.5, 3.5))
            performance.process.send_signal(number)
            return performance.end(PATIENCE)

    return play


def on_a_full_disk(act: str, module: str, folder: Path, bound: int = 0) -> Remains:
    """A disk of 1 MiB, which becomes larger when the act has filled it or hangs for it.

    Sees ``resumed_after``, the seconds until a file grows again without a call. ``bound`` is for ours alone: the bytes
    that may wait for the disk.
    """
    with tmpfs(folder, "1m"), Performance(act, module, folder, bound) as performance:
        performance.wait_for("full", PATIENCE)
        performance.wait_for("reached", PATIENCE / 2)
        before = _size(performance)
        resize(folder, "64m")
        begin = time.monotonic()
        while _size(performance) == before and time.monotonic() < begin + 5:
            time.sleep(0.01)
        if _size(performance) > before:
            performance.seen["resumed_after"] = time.monotonic() - begin
        time.sleep(0.5)
        performance.go_on()
        return performance.end(PATIENCE / 2)


def with_calls(*injections: str) -> Play:
    """System calls on the event file that fail or take their time. Sees ``injected``, how many."""

    def play(act: str, module: str, folder: Path) -> Remains:
        trace = folder.parent / "trace"
        with Performance(act, module, folder) as performance:
            performance.wait_for("reached", PATIENCE)
            with attached(performance.process.pid, injections, performance.wait_for_file(), trace=trace):
                performance.go_on()
                remains = performance.end(PATIENCE)
        remains.seen["injected"] = sum(trace.read_text().count(mark) for mark in ("(INJECTED)", "(DELAYED)"))
        return remains

    return play


def _size(performance: Performance) -> int:
    return sum(path.stat().st_size for path in performance.files())
