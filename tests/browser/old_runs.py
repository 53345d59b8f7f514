"""Folders of runs that have ended long ago, and what a page has of them."""

from __future__ import annotations

import random
import time
from pathlib import Path

from playwright.sync_api import Locator

from tbnotebook import SummaryWriter

SPIKE = 77.0


def write_runs(
    folder: Path, *, runs: int, points: int, tag: str = "loss", spike: tuple[int, int] | None = None
) -> None:
    """Write runs of one tag whose values are noise below 1, but for one of `SPIKE` in a run at a step."""
    chance = random.Random(1)
    noise = [chance.random() for _ in range(1009)]
    for run in range(runs):
        with SummaryWriter(folder / f"run{run:02}") as writer:
            for step in range(points):
                value = SPIKE if (run, step) == spike else noise[(step * 7 + run * 31) % 1009]
                writer.add_scalar(tag, value, step)


def held(view: Locator) -> tuple[int, int]:
    """Return how many points a view has and stands for."""
    found = view.evaluate_all("(views) => views.map((view) => [view.dataset.held, view.dataset.points])")
    return (int(found[0][0]), int(found[0][1])) if found else (0, 0)


def wait_held(view: Locator, points: int, timeout: float) -> float:
    """Wait until a view has so many points, all of them; return the seconds."""
    started = time.monotonic()
    while (has := held(view)) != (points, points):
        if time.monotonic() - started > timeout:
            raise AssertionError(f"the view has {has[0]} of {has[1]} points after {timeout} s, not {points}")
        view.page.wait_for_timeout(50)
    return time.monotonic() - started
