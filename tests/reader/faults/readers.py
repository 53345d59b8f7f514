"""The readers under test, in a process of their own: ``python -m tests.reader.faults.readers NAME FOLDER LIMITS``.

The process tells that it has started, and for each line that it is sent it looks for what is new in the folder and
tells what it then shows. Of each peer only what it needs is imported, so that it is alone in its process.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from typing import Any, Protocol

from tests.reader.faults.limits import confine
from tests.reader.faults.meter import Meter, memory_of

Curves = dict[str, dict[str, list[tuple[int, float]]]]  # by run and tag: step and value


class Reader(Protocol):
    """A package that reads event files.

    Attributes
    ----------
    process
        The id of the process that does the reading, once it has begun.
    """

    process: int

    def refresh(self) -> None:
        """Read what is new."""

    def curves(self) -> Curves:
        """Return all that it shows; a run without a point is in it, too."""


class Here:
    """Reads in this process."""

    process = os.getpid()


class TensorBoard(Here):
    """TensorBoard's loader in Python, asked as its own thread does, which ends with what the reading raises."""

    def __init__(self, folder: str) -> None:
        from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
        from tensorboard.util.tensor_util import make_ndarray

        self._folder = folder
        self._multiplexer = EventMultiplexer(tensor_size_guidance={"scalars": 0})
        self._value_of = make_ndarray
        self._over = False

    def refresh(self) -> None:
        if not self._over:
            self._over = True
            self._multiplexer.AddRunsFromDirectory(self._folder)
            self._multiplexer.Reload()
            self._over = False

    def curves(self) -> Curves:
        shown: Curves = {run: {} for run in self._multiplexer.Runs()}
        for run, tags in self._multiplexer.PluginRunToTagToContent("scalars").items():
            for tag in tags:
                points = self._multiplexer.Tensors(run, tag)
                shown[run][tag] = [(point.step, self._value_of(point.tensor_proto).item()) for point in points]
        return shown


class TbParse(Here):
    """tbparse reads once: for each look it begins anew."""

    def __init__(self, folder: str) -> None:
        import tbparse

        self._reader = tbparse.SummaryReader
        self._folder = folder
        self._table: Any = None

    def refresh(self) -> None:
        self._table = None
        self._table = self._reader(self._folder, extra_columns={"dir_name"}).scalars

    def curves(self) -> Curves:
        shown: Curves = {}
        if self._table is not None and len(self._table):
            for run, tag, step, value in self._table[["dir_name", "tag", "step", "value"]].itertuples(index=False):
                shown.setdefault(run or ".", {}).setdefault(tag, []).append((step, value))
        return shown


class Ours(Here):
    def __init__(self, folder: str) -> None:
        from tbnotebook.reader import LogDir

        self._log = LogDir(folder)

    def refresh(self) -> None:
        self._log.poll()

    def curves(self) -> Curves:
        return {
            name: {tag: list(zip(curve.step.tolist(), curve.value.tolist())) for tag, curve in run.scalars.items()}
            for name, run in self._log.runs.items()
        }

    def problems(self) -> list[tuple[str, int, str]]:
        """Return kind, offset and reason of what could not be read."""
        return [(problem.kind, problem.offset, problem.reason) for problem in self._log.problems]


HERE = {"tensorboard": TensorBoard, "tbparse": TbParse, "tbnotebook": Ours}


def tell(**facts: object) -> None:
    """Print facts for the driver."""
    print(json.dumps(facts), flush=True)


def look(reader: Reader, taken: int) -> dict[str, Any]:
    """Let it read, and return what it shows then, what it raised, and what it took."""
    raised = ""
    with Meter(reader) as meter:
        try:
            reader.refresh()
        except Exception as problem:
            raised = type(problem).__name__
    curves: Curves = {}
    try:
        curves = reader.curves()
    except Exception as problem:
        raised = raised or type(problem).__name__
    problems = reader.problems() if isinstance(reader, Ours) else []
    costs = {"seconds": meter.seconds, "memory": max(meter.memory - taken, 0), "files": meter.files}
    return {"curves": curves, "problems": problems, "raised": raised, **costs}


def opened(name: str, folder: str, limits: Mapping[str, Any]) -> tuple[Reader, int]:
    """Return a reader that the limits bind, and the memory that its process has before it reads."""
    if name == "rustboard":
        from tests.reader.faults.rustboard import RustBoard

        return RustBoard(folder, limits), 0
    with tempfile.TemporaryDirectory() as empty:  # what is imported late is no part of the reading
        look(HERE[name](empty), 0)
    reader = HERE[name](folder)
    confine(limits, memory_of(os.getpid(), "VmSize"))
    return reader, memory_of(os.getpid(), "VmRSS")


def main(name: str, folder: str, limits: str) -> None:
    """Look as often as a line comes."""
    reader, taken = opened(name, folder, json.loads(limits))
    tell(started=True)
    for number, _ in enumerate(iter(sys.stdin.readline, "")):
        tell(**{f"look {number}": look(reader, taken)})


if __name__ == "__main__":
    main(*sys.argv[1:])
