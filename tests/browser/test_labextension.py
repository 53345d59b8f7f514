"""With the labextension a saved view is drawn from its snapshot, where no live one shows.

What it shows after a reload, reopened and so on is the survival matrix's.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook.wire.snapshot import MIME
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook

# A PNG of one pixel.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def lab(extended_lab: Lab) -> Lab:
    """A JupyterLab that has the labextension; the other modules' has not."""
    return extended_lab


@pytest.fixture
def notebook(ran: Notebook) -> Iterator[Notebook]:
    yield ran
    ran.watch.check()


def saved(notebook: Notebook) -> Locator:
    """Return what the labextension has drawn in cell 1, shown or hidden."""
    return notebook.cell(1).locator("[data-tbn-saved]")


def test_the_saved_view_is_hidden_while_the_live_one_shows(notebook: Notebook) -> None:
    expect(saved(notebook)).to_have_count(1)
    expect(saved(notebook)).to_be_hidden()
    expect(notebook.view(1)).to_have_count(1)
    expect(notebook.view(1).locator(".tbn-status")).to_have_attribute("data-state", "ended")
    expect(notebook.pictures(1)).to_have_count(0)


def test_a_snapshot_that_cannot_be_read_leaves_the_picture_and_says_why(notebook: Notebook) -> None:
    notebook.add(
        f"from IPython.display import display\ndisplay({{{MIME!r}: {{'format': 9}}, 'image/png': '{DOT}'}}, raw=True)"
    )
    notebook.run(2)
    expect(notebook.cell(2).get_by_text("a snapshot of format 9; this version reads format 1")).to_be_visible()
    expect(notebook.pictures(2)).to_be_visible()


def test_the_file_menu_exports_a_report(notebook: Notebook) -> None:
    items = notebook.page.locator(".lm-Menu-itemLabel")
    notebook.page.locator(".lm-MenuBar-item").get_by_text("File", exact=True).click()
    items.get_by_text("Save and Export Notebook As").hover()
    expect(items.get_by_text("Report (tbnotebook)", exact=True)).to_be_visible()
    expect(items.get_by_text("Tbnotebook", exact=True)).to_have_count(0)
