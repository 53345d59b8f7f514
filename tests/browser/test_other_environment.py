"""A JupyterLab whose own environment lacks our parts: the picture, and one sentence that says what to install where."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tbnotebook.wire import LIVE_TEXT
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.other_lab import OtherLab

pytestmark = pytest.mark.overlay

MANAGER, ANYWIDGET = "@jupyter-widgets/jupyterlab-manager", "anywidget"
FAULT = re.compile(r"Error displaying widget|Failed to load|model not found|\[Open Browser Console|Loading widget")
CELL = """
from tbnotebook import SummaryWriter
with SummaryWriter("logs") as writer:
    writer.show()
    for step in range(100):
        writer.add_scalar("loss", 1 / (step + 1), step)
"""
# What the page itself logs of models that it cannot make.
LOGGED = re.compile(r"jupyter\.widget|widget|comm|anywidget|AnyModel", re.IGNORECASE)


@pytest.fixture(scope="module")
def lab() -> Iterator[OtherLab]:
    """Its page has neither of the parts yet."""
    with OtherLab() as lab:
        yield lab


@pytest.fixture
def notebook(notebook: Notebook) -> Iterator[Notebook]:
    notebook.open([CELL, CELL])
    yield notebook
    notebook.watch.errors = [error for error in notebook.watch.errors if LOGGED.search(error) is None]


def check_stands_in(notebook: Notebook, cell: int) -> None:
    """The picture, the sentence once, no word of an error."""
    sentence = notebook.cell(cell).get_by_text(LIVE_TEXT)
    expect(sentence).to_be_visible(timeout=20_000)
    expect(sentence).to_have_count(1)
    expect(notebook.pictures(cell)).to_be_visible()
    expect(notebook.pictures(cell)).to_have_count(1)
    expect(notebook.page.get_by_text(FAULT).filter(visible=True)).to_have_count(0)


def check_live(notebook: Notebook) -> None:
    """The live view, and neither the picture nor the sentence."""
    wait_painted(notebook.card(0, "loss"), 99)
    expect(notebook.view(0)).to_have_count(1)
    expect(notebook.pictures(0)).to_be_hidden()
    expect(notebook.cell(0).get_by_text(LIVE_TEXT)).to_have_count(0)


def run_and_check_stands_in(notebook: Notebook) -> None:
    """In both cells, and in the file."""
    notebook.run(0)
    check_stands_in(notebook, 0)
    notebook.run(1)  # from the second view on no error shows even for a moment
    expect(notebook.page.get_by_text(FAULT).filter(visible=True)).to_have_count(0)
    check_stands_in(notebook, 1)
    for cell in notebook.save()["cells"]:
        text, picture = (output["data"] for output in cell["outputs"])
        assert "".join(text["text/plain"]) == LIVE_TEXT
        assert "image/png" in picture


def test_the_picture_stands_with_a_sentence_until_what_it_says_is_done(notebook: Notebook, lab: OtherLab) -> None:
    run_and_check_stands_in(notebook)

    lab.install(MANAGER)
    notebook.end_kernel()
    notebook.open([CELL, CELL])
    run_and_check_stands_in(notebook)

    # Without our labextension the view is live, and stays so.
    lab.install(ANYWIDGET)
    notebook.reload()
    notebook.run(0)
    check_live(notebook)
    notebook.page.wait_for_timeout(9_000)
    check_live(notebook)
