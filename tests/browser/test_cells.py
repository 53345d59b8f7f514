"""A notebook's life: cells run again, several views, all cells at once, a new kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.cells import IMPORTS, WITHOUT_TORCH, folder_with, quickstart
from tests.browser.notebook import Notebook, wait_painted


@pytest.fixture
def shared(imported: Notebook) -> Iterator[Notebook]:
    """A notebook to which each test adds cells and folders of its own."""
    yield imported
    imported.watch.check()


def test_a_cell_run_again_leaves_one_view(shared: Notebook) -> None:
    before = open_views(shared)
    cell = shared.add(quickstart(points=20, folder="again"))
    for _ in range(2):
        shared.run(cell)
        wait_painted(shared.card(cell, "data/sin"), 19)
        expect(shared.view(cell)).to_have_count(1)
    assert open_views(shared) == before + 1


def test_two_views_follow_their_folders_side_by_side(shared: Notebook) -> None:
    shared.run(shared.add(folder_with(["other"], folder="finished")))
    cell = shared.add("first = show('growing')\nsecond = show('finished')")
    shared.run(cell)
    views = shared.view(cell)
    expect(views).to_have_count(2)
    wait_painted(views.nth(1).locator(".tbn-card[data-tag=other]"), 49)
    shared.run(shared.add(folder_with(["data"], points=40, folder="growing")))
    wait_painted(views.nth(0).locator(".tbn-card[data-tag=data]"), 39)
    for view in views.all():
        expect(view.locator(".tbn-card")).to_have_count(1)


def test_an_option_set_in_python_moves_the_view_and_the_other_way_round(shared: Notebook) -> None:
    cell = shared.add(folder_with(["loss"], folder="options") + "view = show('options')")
    shared.run(cell)
    wait_painted(shared.card(cell, "loss"), 49)
    shared.run(shared.add("view.x = 'relative'"))
    view = shared.view(cell)
    expect(view.locator("[data-x=relative]")).to_have_attribute("aria-pressed", "true")
    view.locator("[data-x=wall]").click()
    shared.page.wait_for_timeout(1000)
    answer = shared.add("print(view.x, view.panel)")
    shared.run(answer)
    assert shared.text(answer).split() == ["wall", "curves"]


def test_run_all_twice_leaves_one_view_a_cell_and_keeps_the_older_attempt(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=20), "view = show('logs', smoothing=0)"])
    for attempts in (1, 2):
        notebook.run_all()
        for cell in (1, 2):
            card = notebook.card(cell, "data/sin")
            wait_painted(card, 19)
            expect(notebook.view(cell)).to_have_count(1)
            expect(card).to_have_attribute("data-points", str(20 * attempts))
    assert open_views(notebook) == 2


def test_after_a_restart_the_view_says_that_its_kernel_is_gone_and_keeps_its_curve(notebook: Notebook) -> None:
    notebook.open([WITHOUT_TORCH + folder_with(["loss"]), "view = show('logs')"])
    notebook.run_all()
    wait_painted(notebook.card(1, "loss"), 49)
    notebook.restart()
    status = notebook.view(1).locator(".tbn-status")
    expect(status).to_have_attribute("data-state", "gone")
    expect(status).to_contain_text("kernel gone")
    expect(notebook.card(1, "loss")).to_have_attribute("data-painted-step", "49")


def open_views(notebook: Notebook) -> int:
    """Return how many views the page holds, shown or not."""
    return notebook.page.locator(".tbn-view").count()


def test_a_page_reloaded_with_an_idle_kernel_is_live_again_each_time(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=20)])
    notebook.run(0)
    notebook.run(1)
    notebook.save()
    for _ in range(2):
        notebook.reload()
        wait_painted(notebook.card(1, "data/sin"), 19)
