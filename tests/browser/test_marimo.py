"""marimo: a view in an app, live while its cell runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests import overlays
from tests.browser.app import serving
from tests.browser.notebook import painted_step, wait_painted
from tests.browser.watch import Watch

pytestmark = pytest.mark.overlay

# What marimo requires and the environment of the tests lacks, or has too old.
PACKAGES = [
    "marimo==0.25.2",
    "anyio==4.16.0",
    "click==8.5.1",
    "docutils==0.23",
    "h11==0.16.0",
    "itsdangerous==2.2.0",
    "loro==1.17.1",
    "msgspec==0.22.0",
    "pymdown-extensions==11.0.2",
    "python-multipart==0.0.34",
    "starlette==1.10.0",
    "tomlkit==0.15.2",
    "uvicorn==0.54.0",
    "websockets==17.4",
]

APP = """
import marimo
app = marimo.App()

@app.cell
def _():
    import math, time
    from tbnotebook import SummaryWriter, show
    writer = SummaryWriter("logs")
    writer.show()
    for step in range(120):
        writer.add_scalar("loss", math.sin(step / 10), step)
        time.sleep(0.05)
    writer.close()
    return show, writer

@app.cell
def _(show, writer):
    show(writer.log_dir)
    return
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    packages = overlays.installed("marimo", PACKAGES)
    (tmp_path / "app.py").write_text(APP)
    options = ["--headless", "--no-token", "--host=127.0.0.1", "--port={port}"]
    own = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    with serving(["marimo", "run", "app.py", *options], packages, tmp_path, **own) as address:
        yield address


def test_marimo_draws_a_view_that_grows_while_its_cell_runs(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    watch = Watch(page, address)
    page.goto(address)
    views = page.locator(".tbn-view")
    card = views.first.locator(".tbn-card")
    expect(card).to_be_visible(timeout=60_000)
    wait_painted(card, painted_step(card) + 30)
    expect(views).to_have_count(1)  # the cell below has not run yet
    wait_painted(views.nth(1).locator(".tbn-card"), 119)
    wait_painted(card, 119)
    expect(views.first.locator(".tbn-status")).to_have_attribute("data-state", "ended")
    page.reload()  # a new reader: marimo runs the app again
    wait_painted(views.first.locator(".tbn-card"), 10)
    watch.check()
    page.close()
