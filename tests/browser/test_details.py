"""More points than a page may hold: what is looked at closely is drawn of all of them, and else told to be coarse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir
from tests.browser.cells import IMPORTS
from tests.browser.lone import LoneView
from tests.browser.notebook import Notebook
from tests.browser.old_runs import held, write_runs
from tests.browser.plot import drag, x_range

POINTS, MOST, PLACE = 200_000, 20_000, 150_003

# What a view may hold is a hundredth of a hundredth of what it may in earnest.
LIMITED = f"from tbnotebook.wire.fill import Fill\nFill.__init__.__kwdefaults__['most'] = {MOST}"
WAIT = "import time\nopen('busy', 'w').close()\nwhile __import__('os').path.exists('busy'):\n    time.sleep(0.05)"


@pytest.fixture(scope="module")
def card(module_notebook: Notebook) -> Iterator[Locator]:
    notebook = module_notebook
    write_runs(notebook.folder / "logs", runs=1, points=POINTS)
    notebook.open([f"{IMPORTS}\n{LIMITED}\nview = show('logs', smoothing=0)", WAIT])
    notebook.run(0)
    card = notebook.card(0, "loss")
    expect(card).to_have_attribute("data-painted-step", str(POINTS - 1))
    yield card
    notebook.watch.check()


def test_what_is_zoomed_into_is_drawn_of_all_its_points_while_a_cell_runs(
    card: Locator, module_notebook: Notebook
) -> None:
    notebook = module_notebook
    mark = card.locator(".tbn-coarse")
    view = notebook.view(0)
    expect(view).to_have_attribute("data-points", str(POINTS))
    expect(mark).to_have_count(0)
    notebook.run(1, wait=False)
    _zoom(card)
    expect(view).not_to_have_attribute("data-held", "0")
    expect(mark).to_have_count(0)
    shown, points = held(view)
    assert 0 < shown < POINTS
    assert points == POINTS

    (notebook.folder / "busy").unlink()
    notebook.wait_ended()


def test_what_is_saved_tells_where_it_is_drawn_of_too_few_points(lone: LoneView, tmp_path: Path) -> None:
    write_runs(tmp_path, runs=1, points=POINTS)
    lone.open_saved(LogDir(tmp_path), smoothing=0)
    card = lone.card("loss")
    mark = card.locator(".tbn-coarse")
    expect(card).to_have_attribute("data-painted-step", str(POINTS - 1))
    expect(mark).to_have_count(0)
    _zoom(card)
    expect(mark).to_have_attribute("title", re.compile(r"^drawn of [\d\s]+ of [\d\s]+ points in sight.*not saved$"))


def _zoom(card: Locator) -> None:
    while (width := x_range(card)[1] - x_range(card)[0]) > 1000:
        at = (PLACE - x_range(card)[0]) / width
        drag(card, max(0.02, at - 0.1), min(0.98, at + 0.1))
