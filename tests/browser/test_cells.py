"""A notebook's life: cells run again, several views, all cells at once, a new kernel."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.cells import IMPORTS, folder_with, quickstart
from tests.browser.notebook import Notebook, wait_painted


def test_a_cell_run_again_leaves_one_view(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=20)])
    notebook.run(0)
    for _ in range(2):
        notebook.run(1)
        wait_painted(notebook.card(1, "data/sin"), 19)
        expect(notebook.view(1)).to_have_count(1)
    assert open_views(notebook) == 1


def test_run_all_twice_leaves_one_view_a_cell_with_an_older_attempt(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=20), "view = show('logs', smoothing=0)"])
    for attempts in (1, 2):
        notebook.run_all()
        for cell in (1, 2):
            card = notebook.card(cell, "data/sin")
            wait_painted(card, 19)
            expect(notebook.view(cell)).to_have_count(1)
            expect(card).to_have_attribute("data-points", str(20 * attempts))
    assert open_views(notebook) == 2


def test_two_views_follow_their_folders_side_by_side(notebook: Notebook) -> None:
    notebook.open(
        [
            IMPORTS,
            folder_with(["other"], folder="finished"),
            "first = show('growing')\nsecond = show('finished')",
            quickstart(points=40, folder="growing").replace("writer.show()", "pass"),
        ]
    )
    notebook.run_all()
    views = notebook.view(2)
    expect(views).to_have_count(2)
    wait_painted(views.nth(0).locator(".tbn-card[data-tag='data/sin']"), 39)
    wait_painted(views.nth(1).locator(".tbn-card[data-tag=other]"), 49)
    expect(views.nth(1).locator(".tbn-card")).to_have_count(1)


def test_an_option_set_in_python_moves_the_view_and_the_other_way_round(notebook: Notebook) -> None:
    notebook.open(
        [IMPORTS, folder_with(["loss"]), "view = show('logs')", "view.x = 'relative'", "print(view.x, view.panel)"]
    )
    for cell in range(3):
        notebook.run(cell)
    wait_painted(notebook.card(2, "loss"), 49)
    notebook.run(3)
    view = notebook.view(2)
    expect(view.locator("[data-x=relative]")).to_have_attribute("aria-pressed", "true")
    view.locator("[data-x=wall]").click()
    notebook.page.wait_for_timeout(1000)
    notebook.run(4)
    assert notebook.text(4).split() == ["wall", "curves"]


def test_the_view_says_that_its_kernel_is_gone(notebook: Notebook) -> None:
    notebook.open([IMPORTS, folder_with(["loss"]), "view = show('logs')"])
    notebook.run_all()
    wait_painted(notebook.card(2, "loss"), 49)
    notebook.restart()
    expect(notebook.cell(2).locator(".tbn-status, img").first).to_be_visible()


def open_views(notebook: Notebook) -> int:
    """Return how many views the page holds, shown or not."""
    return notebook.page.locator(".tbn-view").count()
