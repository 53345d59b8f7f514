"""Every point in the page: coarse at once, all of them soon, also while a cell runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.cells import WITHOUT_TORCH
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.old_runs import SPIKE, held, wait_held, write_runs
from tests.browser.plot import drag, x_range

RUNS, POINTS = 40, 200_000
AT = (17, 100_017)

SHOW = "view = show({folder!r}, smoothing=0, outliers=False)\n"
BUSY = """
import os
for _ in range(900):
    time.sleep(0.1)
    if os.path.exists("enough"):
        break
"""


@pytest.fixture(scope="module")
def old_runs(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("old")
    write_runs(folder, runs=RUNS, points=POINTS, spike=AT)
    return str(folder)


@pytest.fixture(scope="module")
def opened(module_notebook: Notebook, old_runs: str) -> Notebook:
    """A notebook for both tests, in the order in which they stand here."""
    module_notebook.open([WITHOUT_TORCH, SHOW.format(folder=old_runs), SHOW.format(folder=old_runs) + BUSY])
    module_notebook.run(0)
    return module_notebook


@pytest.fixture
def notebook(opened: Notebook) -> Iterator[Notebook]:
    yield opened
    opened.watch.check()


def test_old_runs_come_coarse_at_once_and_then_with_all_their_points(notebook: Notebook) -> None:
    notebook.run(1)
    card, view = notebook.card(1, "loss"), notebook.view(1)
    wait_painted(card, 1)
    assert held(view)[0] < RUNS * POINTS
    print(f"all points {wait_held(view, RUNS * POINTS, 60):.1f} s after the first curve")
    expect(view.locator(".tbn-status")).to_have_attribute("data-state", "ended")
    assert_spike(card)


def test_they_come_while_a_cell_runs_too_and_the_status_tells_how_far(notebook: Notebook) -> None:
    # The view above has told what the connection carries.
    notebook.run(2, wait=False)
    card, view = notebook.card(2, "loss"), notebook.view(2)
    expect(view.locator(".tbn-status")).to_have_text(re.compile(r"[\d.]+[kM]? of 8M points"), timeout=20_000)
    print(f"all points in {wait_held(view, RUNS * POINTS, 90):.1f} s while the cell runs")
    assert notebook.is_busy(2)
    expect(view.locator(".tbn-status")).to_have_attribute("data-state", "ended")
    assert_spike(card)
    (notebook.folder / "enough").touch()
    notebook.wait_ended()


def assert_spike(card: Locator) -> None:
    """Assert that a zoom shows the one point that is unlike the others, and the tooltip its value."""
    run, step = AT
    zoom(card, step, 4)
    hover_top(card, step)
    row = card.page.locator(".tbn-tooltip tr", has_text=f"run{run}")
    expect(row).to_contain_text(f"{SPIKE:.1f}")


def zoom(card: Locator, step: int, around: int) -> None:
    """Drag until few more than so many steps on both sides of one are seen."""
    while True:
        low, high = x_range(card)
        if high - low < 6 * around:
            return
        middle = (step - low) / (high - low)
        half = max(0.02, around / (high - low))
        drag(card, middle - half, middle + half)


def hover_top(card: Locator, step: int) -> None:
    """Point at the upper end of a step."""
    box = card.locator(".tbn-plot .nsewdrag").first.bounding_box()
    assert box is not None
    low, high = x_range(card)
    x = box["x"] + (step - low) / (high - low) * box["width"]
    card.page.mouse.move(x, box["y"] + 0.06 * box["height"])
