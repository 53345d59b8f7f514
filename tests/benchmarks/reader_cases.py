"""Reading scalars: `LogDir` beside TensorBoard's `EventAccumulator`."""

from __future__ import annotations

import math
import tempfile

from tests.benchmarks.row import Row, median_seconds

POINTS = 100_000


def cases() -> list[Row]:
    """Read one file of 100,000 scalars, from nothing to columns."""
    from tensorboard.backend.event_processing.event_accumulator import SCALARS, EventAccumulator

    from tbnotebook import LogDir, SummaryWriter

    with tempfile.TemporaryDirectory() as folder:
        with SummaryWriter(folder) as writer:
            for step in range(POINTS):
                writer.add_scalar("loss", math.sin(step / 1000), step)

        def ours() -> None:
            log = LogDir(folder)
            log.poll()
            assert len(log.run.scalars["loss"]) == POINTS

        def peer() -> None:
            accumulator = EventAccumulator(folder, size_guidance={SCALARS: 0}).Reload()
            assert len(accumulator.Scalars("loss")) == POINTS

        return [Row("read.scalars_100k", median_seconds(ours), median_seconds(peer, 3), "s", times=True)]
