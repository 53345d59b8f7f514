"""Reloaded, or opened in a second tab, while a cell runs: the labextension follows what the kernel says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.cells import IMPORTS, quickstart
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook, await_saved, painted_step, wait_painted
from tests.browser.watch import Watch

# The saved output follows every 2 s instead of every 30 s, so that nobody has to wait for it.
SAVE_OFTEN = "import tbnotebook.widget.view\ntbnotebook.widget.view.SAVE = 2.0\n"
LONG = 2000  # points of a cell that would still be running when the test is done
LOST = re.compile("Error displaying widget|model not found|Loading widget")
MODEL = "jupyterapp.shell.currentWidget.content.model"
LIVE = 20_000  # milliseconds; the promise (5 s) is shown by `make bench`


@pytest.fixture(scope="module")
def lab(extended_lab: Lab) -> Lab:
    """A JupyterLab that has the labextension."""
    return extended_lab


def run(notebook: Notebook) -> Notebook:
    """Run the notebook's cell 1, which trains under a live view; it was saved when it was opened and not since."""
    notebook.open([SAVE_OFTEN + IMPORTS, quickstart(points=LONG)])
    notebook.run(0)
    notebook.run(1, wait=False)
    wait_painted(notebook.card(1, "data/sin"), 20)
    return notebook


@pytest.fixture
def running(notebook: Notebook) -> Notebook:
    return run(notebook)


@pytest.fixture(scope="module")
def trains(module_notebook: Notebook) -> Notebook:
    return run(module_notebook)


@pytest.fixture
def unsaved(trains: Notebook) -> Iterator[Notebook]:
    """One notebook for tests that do not save it, and one at the end that does."""
    yield trains
    trains.watch.check()


def test_a_page_reloaded_mid_cell_is_usable_at_once_and_live_again(running: Notebook) -> None:
    await_saved(running, 10)
    running.reload()
    view = running.view(1)
    wait_painted(running.card(1, "data/sin"), 0)
    wait_live(running)
    wait_painted(running.card(1, "data/sin"), painted_step(running.card(1, "data/sin")) + 20)
    expect(running.cell(1).get_by_text(LOST).filter(visible=True)).to_have_count(0)

    view.locator("[data-panel=graph]").click()
    expect(view.locator(".tbn-edge-label").get_by_text("2 × 10")).to_be_visible()
    # The file is kept fresh though JupyterLab itself drops the updates.
    await_saved(running, painted_step(running.card(1, "data/sin")))

    # When the kernel can answer, the widget takes the place, as the view was left.
    running.interrupt()
    expect(running.cell(1).locator("[data-tbn-saved]")).to_be_hidden(timeout=LIVE)
    expect(view.filter(visible=True)).to_have_count(1)
    expect(view.filter(visible=True).locator("[data-panel=graph]")).to_have_attribute("aria-selected", "true")


def test_a_second_tab_follows_and_leaves_the_notebook_unchanged(
    unsaved: Notebook, context: BrowserContext, lab: Lab
) -> None:
    page = context.new_page()
    second = unsaved.second(page, Watch(page, lab.url))
    second.reload()
    wait_live(second)
    page.evaluate(f"{MODEL}.dirty = false")  # JupyterLab itself writes the kernel's name into it, sooner or later
    wait_painted(second.card(1, "data/sin"), painted_step(second.card(1, "data/sin")) + 20)
    page.wait_for_timeout(2500)  # more than a save of the output
    assert page.evaluate(f"{MODEL}.dirty") is False
    second.watch.check()
    page.close()


def test_a_view_that_was_not_saved_before_the_reload_comes_back(unsaved: Notebook) -> None:
    unsaved.reload()
    wait_live(unsaved)
    wait_painted(unsaved.card(1, "data/sin"), painted_step(unsaved.card(1, "data/sin")) + 20)
    await_saved(unsaved, painted_step(unsaved.card(1, "data/sin")))


def test_a_killed_kernel_is_gone_and_the_view_stays(running: Notebook) -> None:
    await_saved(running, 10)
    running.end_kernel()
    expect(running.view(1).locator(".tbn-status")).to_have_text(re.compile("kernel gone"))
    running.reload()
    wait_painted(running.card(1, "data/sin"), 0)
    expect(running.view(1).locator(".tbn-status")).to_have_text(re.compile("saved"))


def wait_live(notebook: Notebook) -> None:
    """Wait until the view under cell 1 says live, and print how long that took."""
    started = time.monotonic()
    expect(notebook.view(1).locator(".tbn-status")).to_have_attribute("data-state", "live", timeout=LIVE)
    print(f"live {time.monotonic() - started:.2f} s after the page was ready")
