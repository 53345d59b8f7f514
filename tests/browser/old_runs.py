"""Folders of runs that have ended long ago, and what a page has of them."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Locator, TimeoutError

from tbnotebook import SummaryWriter

SPIKE = 77.0
DIFFERENT = 4  # runs that are written one by one
HAS_THEM = "([view, points]) => view.dataset.held === points && view.dataset.points === points"


def write_runs(
    folder: Path, *, runs: int, points: int, tag: str = "loss", spike: tuple[int, int] | None = None
) -> None:
    """Write runs of one tag whose values are noise below 1, but for one of `SPIKE` in a run at a step.

    Runs behind the first few are copies of those; the one with the spike is none, and not among the first.
    """
    assert spike is None or spike[0] >= DIFFERENT
    chance = random.Random(1)
    noise = [chance.random() for _ in range(1009)]
    for run in range(runs):
        if run >= DIFFERENT and (spike is None or run != spike[0]):
            copytree(folder / f"run{run % DIFFERENT:02}", folder / f"run{run:02}")
            continue
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
        _wait_in_page(view, points)
    return time.monotonic() - started


def _wait_in_page(view: Locator, points: int) -> None:
    """Wait for a moment, or until the view has them: asked from here it would have less of the processor."""
    if view.count() == 0:
        view.page.wait_for_timeout(50)
        return
    with suppress(TimeoutError):
        view.page.wait_for_function(HAS_THEM, arg=[view.element_handle(), str(points)], polling=50, timeout=2000)
