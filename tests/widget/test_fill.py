"""The points behind what was thinned, from a real kernel that runs a cell and hears no page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tbnotebook import SummaryWriter
from tests.widget.kernel import Kernel

POINTS = 150_000


@pytest.fixture
def old_log(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs" / "old") as writer:
        for step in range(POINTS):
            writer.add_scalar("loss", step / 7, step)


def test_while_a_cell_runs_old_points_come_slowly_and_new_ones_do_not_wait(old_log: None, kernel: Kernel) -> None:
    ran = kernel.run(
        "import time\nfrom tbnotebook import SummaryWriter, show\n"
        "writer = SummaryWriter('logs/new'); show('logs')\n"
        "for step in range(100):\n    writer.add_scalar('loss', 1.0, step); time.sleep(0.06)\n"
        "writer.close()",
        cell="a",
    )
    assert ran.error is None
    found = [(message, message["content"]["data"].get("content") or {}) for message in ran.messages_of("comm_msg")]
    fills = [
        (content, sum(map(len, message["buffers"]))) for message, content in found if content.get("type") == "fill"
    ]
    places = [(part["from"], part["total"]) for content, _ in fills for part in content["series"]]
    assert places == sorted(places, reverse=True)
    assert places[0][1] == POINTS
    assert places[-1][0] == 0, "all points came while the cell ran"
    assert max(size for _, size in fills) <= 130_000
    times = [content["now"] for content, _ in fills]
    rate = sum(size for _, size in fills[:-1]) / (times[-1] - times[0])
    assert 200_000 < rate < 700_000
    deltas = [content["now"] for _, content in found if content.get("kind") == "delta"]
    assert max(later - sooner for sooner, later in pairwise(deltas)) < 2.0
    assert _coming(fills[0][0]) > _coming(fills[-1][0]) == 0


def _coming(content: dict[str, Any]) -> int:
    return int(content.get("coming", 0))
