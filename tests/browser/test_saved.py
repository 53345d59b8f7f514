"""What stays in the notebook's file after an ordinary save, and what of it a page shows."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import expect

from tbnotebook.wire.snapshot import MIME
from tests.browser.notebook import Notebook, await_saved

LARGEST = 120_000  # bytes; a widget's state with a bundle would be half a megabyte


@pytest.fixture
def notebook(ran: Notebook) -> Iterator[Notebook]:
    yield ran
    ran.watch.check()


def test_the_saved_picture_is_hidden_while_the_view_is_alive(notebook: Notebook) -> None:
    expect(notebook.pictures(1)).to_have_count(1)
    expect(notebook.pictures(1)).to_be_hidden()


def test_an_ordinary_save_keeps_picture_text_and_snapshot_and_no_widget_state(notebook: Notebook) -> None:
    await_saved(notebook, 99)
    saved = notebook.save()
    [data] = [output["data"] for output in saved["cells"][1]["outputs"] if MIME in output.get("data", {})]
    picture = Image.open(io.BytesIO(base64.b64decode("".join(data["image/png"]))))
    assert picture.width >= 600
    assert "100 points" in "".join(data["text/plain"])
    assert data[MIME]["format"] == 1
    assert "widgets" not in saved["metadata"]
    assert len(json.dumps(saved)) < LARGEST
