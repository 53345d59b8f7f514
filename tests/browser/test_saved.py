"""What stays in the notebook's file after an ordinary save."""

from __future__ import annotations

import base64
import io
import json

from PIL import Image
from playwright.sync_api import expect

from tests.browser.cells import IMPORTS, quickstart
from tests.browser.notebook import Notebook, wait_painted

MIME = "application/vnd.tbnotebook.v1+json"


def test_the_saved_picture_is_hidden_while_the_view_is_alive(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=20)])
    notebook.run_all()
    wait_painted(notebook.card(1, "data/sin"), 19)
    expect(notebook.pictures(1)).to_have_count(1)
    expect(notebook.pictures(1)).to_be_hidden()


def test_an_ordinary_save_keeps_picture_text_and_snapshot_and_no_widget_state(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=100)])
    notebook.run_all()
    wait_painted(notebook.card(1, "data/sin"), 99)
    saved = notebook.save()
    data = [output["data"] for output in saved["cells"][1]["outputs"] if MIME in output.get("data", {})]
    assert len(data) == 1
    picture = Image.open(io.BytesIO(base64.b64decode("".join(data[0]["image/png"]))))
    assert picture.width >= 600
    assert "100 points" in "".join(data[0]["text/plain"])
    assert data[0][MIME]["format"] == 1
    assert "widgets" not in saved["metadata"]
    assert len(json.dumps(saved)) < 120_000


def test_without_its_kernel_the_reopened_notebook_shows_the_picture(notebook: Notebook) -> None:
    notebook.open([IMPORTS, quickstart(points=20)])
    notebook.run_all()
    wait_painted(notebook.card(1, "data/sin"), 19)
    notebook.save()
    notebook.end_kernel()
    notebook.reload()
    expect(notebook.pictures(1)).to_be_visible(timeout=20_000)
