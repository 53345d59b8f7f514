"""What every act needs: how it logs, what it tells the driver, how it waits for the driver's part.

Nothing of tbnotebook is imported here, so that a peer is alone in its process.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

NOBODY = 65534  # root passes over permissions

OpenWriter = partial[Any]
logged: Counter[str] = Counter()
clock = [0.0]  # seconds that the act's clock is ahead of the machine's
_told: set[str] = set()


def tell(**facts: object) -> None:
    """Print facts for the driver."""
    print(json.dumps(facts), flush=True)


def await_change(reached: str) -> None:
    """Tell what was reached and wait until the driver has done its part."""
    tell(reached=reached, logged=logged)
    sys.stdin.readline()


def log(writer: Any, count: int, pause: float = 0, tag: str = "x") -> None:
    """Add points, each a step further. What is raised is told once and does not end the training."""
    for _ in range(count):
        step = logged[tag]
        logged[tag] += 1
        try:
            writer.add_scalar(tag, step, step)
        except Exception as problem:
            _tell_once(raised=type(problem).__name__, raised_at=step)
        if pause:
            time.sleep(pause)


def _tell_once(**facts: object) -> None:
    if not _told & facts.keys():
        _told.update(facts)
        tell(**facts)


def finish(writer: Any) -> None:
    """Close, and tell how the writer did."""
    tell(closing=True)
    try:
        writer.close()
    except Exception as problem:
        _tell_once(raised=type(problem).__name__, raised_at=None)
    tell_health(writer)


def tell_health(writer: Any) -> None:
    """Tell the writer's own counts, if it has any."""
    health = getattr(writer, "health", None)
    if health is not None:
        tell(written=health.written, dropped=health.dropped, retried=health.retried)


def become_nobody(open_writer: OpenWriter, folder: Path) -> None:
    """Give up root's rights, and the folder to whom is left."""
    with tempfile.TemporaryDirectory() as elsewhere:
        open_writer.func(elsewhere).close()  # loads what it needs; nobody may not read where root's packages lie
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.setuid(NOBODY)


def ends(child: int, seconds: float) -> bool:
    """Wait for a child, kill it if it hangs, and return whether it ended by itself."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def await_start_of_a_second() -> None:
    """Leave the coming calls a whole second of one name."""
    time.sleep(1 - time.time() % 1)
