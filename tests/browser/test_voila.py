"""Voila: the notebook as a page, its kernel alive behind it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests import overlays
from tests.browser.app import serving
from tests.browser.lab import LABEXTENSION
from tests.browser.notebook import notebook_of, painted_step, wait_painted

pytestmark = pytest.mark.overlay

GROWS_ON = """
import math, threading, time
from tbnotebook import SummaryWriter
writer = SummaryWriter("logs")
view = writer.show()
def train():
    for step in range(2000):
        writer.add_scalar("loss", math.sin(step / 10), step)
        time.sleep(0.05)
threading.Thread(target=train, daemon=True).start()
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    packages = overlays.installed("voila", ["voila==0.5.13", "websockets==17.4"])
    (tmp_path / "grows.ipynb").write_text(json.dumps(notebook_of([GROWS_ON])))
    shutil.copytree(LABEXTENSION, tmp_path / "data" / "labextensions" / "tbnotebook")
    options = ["--no-browser", "--port={port}", "--theme=dark", "grows.ipynb"]
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    own["JUPYTER_DATA_DIR"] = str(tmp_path / "data")
    own["JUPYTER_PATH"] = os.pathsep.join([str(packages / "share" / "jupyter"), os.environ.get("JUPYTER_PATH", "")])
    with serving(["voila", *options], packages, tmp_path, **own) as address:
        yield address


def test_voila_shows_one_live_view_that_grows_in_the_theme_of_the_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    uncaught: list[str] = []
    page.on("pageerror", lambda error: uncaught.append(error.stack or error.message))
    page.goto(address, wait_until="commit")
    view = page.locator(".tbn-view")
    expect(view.locator(".tbn-status[data-state=live]")).to_be_visible(timeout=60_000)
    card = view.locator(".tbn-card")
    wait_painted(card, painted_step(card) + 20)
    expect(view.filter(visible=True)).to_have_count(1)
    expect(page.locator("img").filter(visible=True)).to_have_count(0)
    expect(view).to_have_attribute("data-theme", "dark")
    assert "Error" not in page.inner_text("body")
    assert uncaught == []
    page.close()
