"""Reading: `LogDir` beside TensorBoard's two loaders and a plain loop, each load in a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.reader_logs import LOGS, POINTS
from tests.benchmarks.reader_tails import tails
from tests.benchmarks.row import Row

REPOSITORY = Path(__file__).parents[2]
RUNS = 5  # of each reader, in turn, so that a busy moment meets all
PEERS = {
    "1tag": ("ea", "rustboard"),
    "20tags": ("ea", "rustboard"),
    "100runs": ("rustboard",),
    "mixed": ("protobuf",),
    "tf2": ("ea",),
    "10kruns": ("rustboard",),
}
FEW_FILES = 256  # that a process may have open while ours reads 10,000 runs


def cases() -> list[Row]:
    """Load each log into columns, every checksum checked by ours; and follow a large file."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as place:
        for log, peers in PEERS.items():
            folder = Path(place, log)
            LOGS[log](folder)
            rows += _loads(log, folder, peers)
        rows += tails(Path(place, "1tag"))
    return rows


def _loads(log: str, folder: Path, peers: tuple[str, ...]) -> list[Row]:
    runs = [{reader: _load(reader, folder) for reader in ("ours", *peers)} for _ in range(RUNS)]
    for run in runs:
        assert {found.get("points", POINTS[log]) for found in run.values()} == {POINTS[log]}
    # The data server has loaded when it could be asked; of 10,000 runs nobody asks for all columns at once.
    until = "loaded" if log == "10kruns" else "seconds"
    seconds = {reader: median(run[reader][until] for run in runs) for reader in runs[0]}
    rows = [Row(f"read.{log}.{peer}", seconds["ours"], seconds[peer], "s", times=True) for peer in peers]
    if log == "1tag":
        mb = {reader: median(run[reader]["bytes"] for run in runs) / 1e6 for reader in runs[0]}
        rows.append(Row("read.memory.rustboard", mb["ours"], mb["rustboard"], "MB", times=True))
    return rows


def _load(reader: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.reader_loads", reader, str(folder)]
    if reader == "ours":
        command = ["sh", "-c", f'ulimit -n {FEW_FILES}; exec "$@"', "sh", *command]
    done = subprocess.run(command, cwd=REPOSITORY, env=os.environ, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
