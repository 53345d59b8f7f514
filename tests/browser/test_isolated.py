"""Outputs that share nothing, as in Colab, and one page for all without our labextension, as in VS Code (simulated)."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tbnotebook import SummaryWriter, show
from tbnotebook.still import draw
from tbnotebook.still.log_picture import picture_of
from tbnotebook.widget.session import session
from tbnotebook.widget.view import View
from tbnotebook.wire import DEFAULTS, Colors
from tests.browser.chromium import VIEWPORT
from tests.browser.isolated import HOME, Outputs, wired
from tests.browser.watch import Watch

pytestmark = pytest.mark.overlay

PAINTED = "Number(document.querySelector('.tbn-card')?.dataset.paintedStep ?? -1) >= %d"

BROUGHT = "Promise.all([...window.__tbnotebook.values()].map(({ bundle }) => bundle)).then((all) => all.length > 0)"

ADD_PICTURE = """(data) => {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const image = document.body.appendChild(document.createElement("img"));
  image.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
}"""


@pytest.fixture
def outputs(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outputs]:
    context = browser.new_context(viewport=VIEWPORT, color_scheme="dark")
    page = context.new_page()
    watch = Watch(page, HOME)
    with wired(monkeypatch) as wire:
        yield Outputs(page, wire)
    watch.check()
    context.close()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[SummaryWriter]:
    torch = pytest.importorskip("torch")
    with SummaryWriter(tmp_path / "logs") as writer:
        writer.add_graph(torch.nn.Sequential(torch.nn.Linear(10, 1)), torch.rand(2, 10))
        grow(writer, 0, 50)
        yield writer


def grow(writer: SummaryWriter, start: int, end: int) -> None:
    for step in range(start, end):
        writer.add_scalar("loss", math.sin(step / 10), step)
    writer.flush()


def test_each_isolated_output_asks_for_bundle_and_data_and_is_live(outputs: Outputs, writer: SummaryWriter) -> None:
    views = [show(writer.log_dir), show(writer.log_dir)]
    frames = outputs.open(2, root='theme="dark"')
    for frame, view in zip(frames, views, strict=True):
        outputs.draw(frame, view)
    outputs.wait(frames, PAINTED % 49)
    assert outputs.wire.asked.count("bundle?") == 2
    grow(writer, 50, 100)
    outputs.wait(frames, PAINTED % 99)
    for frame in frames:
        drawn = frame.locator(".tbn-view")
        expect(drawn).to_have_attribute("data-theme", "dark")
        assert 200 < drawn.evaluate("(view) => view.offsetHeight") < 430
        drawn.locator("[data-panel=graph]").click()
        expect(drawn.locator(".tbn-item[data-key='Sequential/0']")).to_be_visible()


def test_one_page_for_all_is_brought_the_bundle_and_hides_the_pictures(outputs: Outputs, writer: SummaryWriter) -> None:
    views = [show(writer.log_dir), show(writer.log_dir)]
    [frame] = outputs.open(1, body='data-vscode-theme-kind="vscode-light"')
    asset = session().asset
    outputs.make(frame, asset)
    # Heard before the views are drawn: a slow machine would let the second pass after which a page asks.
    asset.bring()
    outputs.wait([frame], BROUGHT)
    for view in views:
        frame.evaluate(ADD_PICTURE, picture(view))
        outputs.draw(frame, view)
    outputs.wait([frame], PAINTED % 49)
    assert "bundle?" not in outputs.wire.asked
    expect(frame.locator(".tbn-view")).to_have_count(2)
    for image in frame.locator("img").all():
        expect(image).to_be_hidden()
    expect(frame.locator(".tbn-view").first).to_have_attribute("data-theme", "light")
    frame.evaluate("document.body.dataset.vscodeThemeKind = 'vscode-high-contrast'")
    expect(frame.locator(".tbn-view").first).to_have_attribute("data-theme", "dark")


def picture(view: View) -> str:
    drawn = picture_of(view.folder.log, DEFAULTS, colors=Colors(), title="logs", note="", view_id=view.widget._view_id)
    return base64.b64encode(draw(drawn)).decode()
