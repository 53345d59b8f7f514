"""First loads, each in a process of its own: ``python -m tests.benchmarks.reader_loads reader folder``.

Seconds and the bytes of memory at most, beyond what the process had before it began, are told on stdout as JSON.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Count = Callable[[], int]  # of the points, each tag's taken out as columns
Load = Callable[[str], Count]


def tbnotebook() -> Load:
    """Ours: the columns of all tags."""
    from tbnotebook import LogDir

    def load(folder: str) -> Count:
        log = LogDir(folder)
        log.poll()
        return lambda: sum(len(curve) for run in log.runs.values() for curve in run.scalars.values())

    return load


def accumulator() -> Load:
    """TensorBoard's loader in Python, with every point kept."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator as OfPlugins

    def load(folder: str) -> Count:
        # Tensors that are scalars are read only by the loader that TensorBoard has for its plugins.
        if next(Path(folder).glob("*.v2"), None):
            plugins: Any = OfPlugins(folder, tensor_size_guidance={"scalars": MANY}).Reload()
            return lambda: sum(len(plugins.Tensors(tag)) for tag in plugins.Tags()["tensors"])
        loaded: Any = EventAccumulator(folder, size_guidance={"scalars": 0}).Reload()
        return lambda: sum(len(loaded.Scalars(tag)) for tag in loaded.Tags()["scalars"])

    return load


def protobuf() -> Load:
    """A loop over the records: lengths, both checksums by C, the event by protobuf."""
    import struct

    import google_crc32c
    from tensorboard.compat.proto.event_pb2 import Event

    def masked(data: bytes) -> int:
        crc = google_crc32c.value(data)
        return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF

    def load(folder: str) -> Count:
        curves: dict[str, tuple[list[int], list[float], list[float]]] = {}
        for path in Path(folder).rglob("*tfevents*"):
            with open(path, "rb") as file:
                while header := file.read(12):
                    length, crc = struct.unpack("<QI", header)
                    data = file.read(length)
                    if masked(header[:8]) != crc or masked(data) != struct.unpack("<I", file.read(4))[0]:
                        raise ValueError(f"{path} is damaged")
                    event = Event.FromString(data)
                    for value in event.summary.value:
                        curve = curves.setdefault(value.tag, ([], [], []))
                        curve[0].append(event.step)
                        curve[1].append(event.wall_time)
                        curve[2].append(value.simple_value)
        return lambda: sum(len(curve[0]) for curve in curves.values())

    return load


def places() -> Load:
    """Ours: where each picture lies."""
    from tbnotebook import LogDir

    def load(folder: str) -> Count:
        log = LogDir(folder)
        log.poll()
        return lambda: sum(len(places) for run in log.runs.values() for places in run.located("images").values())

    return load


def pictures() -> Load:
    """TensorBoard's loader in Python, with every picture kept."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    def load(folder: str) -> Count:
        loaded: Any = EventAccumulator(folder, size_guidance={"images": 0}).Reload()
        return lambda: sum(len(loaded.Images(tag)) for tag in loaded.Tags()["images"])

    return load


READERS: dict[str, Callable[[], Load]] = {
    "ours": tbnotebook,
    "ea": accumulator,
    "protobuf": protobuf,
    "ours_places": places,
    "ea_images": pictures,
}
MANY = 10**8


def measured(reader: str, folder: str) -> dict[str, float]:
    """Return seconds to load, and until the columns are there too, bytes and points of a reader in this process."""
    load = READERS[reader]()
    before = _most_memory()
    begin = time.perf_counter()
    count = load(folder)
    loaded = time.perf_counter() - begin
    points = count()
    seconds = time.perf_counter() - begin
    return {"loaded": loaded, "seconds": seconds, "bytes": _most_memory() - before, "points": points}


def _most_memory(process: int | str = "self") -> int:
    """Return the bytes of memory that a process had at most; what ``getrusage`` tells begins with its parent's."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def rustboard(folder: str) -> dict[str, float]:
    """Return the seconds that TensorBoard's data server says its first load took, and the bytes that it had at most."""
    from tensorboard.data.server_ingester import get_server_binary

    command = [get_server_binary().path, f"--logdir={folder}", "--reload=once", "--samples-per-plugin=scalars=all"]
    command += ["--port=0", "--die-after-stdin", "--verbose"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:
            found = re.search(r"Finished load cycle \(([\d.]+)(ms|s)\)", line)
            if found:
                break
        else:
            raise RuntimeError("the data server ended before it had loaded the folder")
        most = _most_memory(server.pid)
        server.kill()
    seconds = float(found[1]) / (1000 if found[2] == "ms" else 1)
    return {"loaded": seconds, "seconds": seconds, "bytes": most}


if __name__ == "__main__":
    print(json.dumps(rustboard(sys.argv[2]) if sys.argv[1] == "rustboard" else measured(*sys.argv[1:])))
