"""Histograms and pictures, ours beside torch's, and what it takes to know what a large file of pictures has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.row import Row

REPOSITORY = Path(__file__).parents[2]
RUNS = 5  # fresh processes each, in turn, so that a busy moment meets both
READS = 1  # the peer takes minutes
OURS = "tbnotebook"
PEER = "torch.utils.tensorboard"
PICTURES = 5000
BYTES = 200_000  # of each


def cases() -> list[Row]:
    """What a histogram of a million values and a picture cost, and the index of 1 GB of pictures."""
    return [*_written("hist"), *_written("image"), *_indexed()]


def _written(loop: str) -> list[Row]:
    runs = [(_figures("media_loops", loop, OURS), _figures("media_loops", loop, PEER)) for _ in range(RUNS)]
    found = {name: [median(run[side][name] for run in runs) for side in (0, 1)] for name in ("torch", "caller")}
    return [Row(f"media.{loop}.{name}", ours, peer, "ms", times=True) for name, (ours, peer) in found.items()]


def _indexed() -> list[Row]:
    from tbnotebook.events.record import frame
    from tbnotebook.events.schema import Event

    with tempfile.TemporaryDirectory() as folder:
        with open(Path(folder, "events.out.tfevents.1700000000.host.1.0"), "wb") as file:
            for number in range(PICTURES):
                event = Event(wall_time=1.7e9 + number, step=number // 20)
                value = event.summary.value.add(tag=b"picture/%d" % (number % 20))
                value.image.width = value.image.height = 256
                value.image.encoded_image_string = os.urandom(BYTES)
                file.write(frame(event.SerializeToString()))
        runs = [
            {reader: _figures("reader_loads", reader, folder) for reader in ("ours_places", "ea_images")}
            for _ in range(READS)
        ]
    assert {figures["points"] for run in runs for figures in run.values()} == {PICTURES}
    both = {
        name: [median(run[reader][name] for run in runs) for reader in ("ours_places", "ea_images")]
        for name in ("seconds", "bytes")
    }
    return [
        Row("media.index.ea", *both["seconds"], "s", times=True),
        Row("media.index.memory", *(size / 1e6 for size in both["bytes"]), "MB", times=True),
    ]


def _figures(module: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, env=os.environ, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
