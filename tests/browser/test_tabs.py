"""The tabs of a view that has something for every panel: as many as there is room for, the others one click away."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.lone import LoneView

WIDTHS = [530, 600, 650, 690, 710, 740, 780, 820, 850, 900, 1000, 1200]
# How far the controls reach beyond their line.
BEYOND = """(line) => Math.max(...[...line.querySelectorAll("button, input, label, .tbn-state")]
  .map((one) => one.getBoundingClientRect().right)) - line.getBoundingClientRect().right"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogDir:
    folder = tmp_path_factory.mktemp("logs")
    with SummaryWriter(folder) as writer:
        writer.add_scalar("loss", 1.0, 1)
        writer.add_image("picture", np.zeros((3, 4, 4), np.uint8), 1)
        writer.add_histogram("weights", np.arange(9.0), 1)
        writer.add_pr_curve("curve", np.array([0, 1, 1]), np.array([0.1, 0.6, 0.9]), 1)
        writer.add_text("note", "a word", 1)
        writer.add_audio("tone", np.zeros(80), 1, sample_rate=8000)
        writer.add_hparams({"lr": 0.1}, {"loss": 1.0})
    return LogDir(folder)


@pytest.mark.parametrize("panel", ["curves", "images"])
def test_the_line_of_controls_keeps_within_the_view(lone: LoneView, log: LogDir, panel: str) -> None:
    view = lone.open(log, panel=panel)
    line = view.locator(".tbn-controls")
    for width in WIDTHS:
        lone.page.set_viewport_size({"width": width + 32, "height": 600})
        lone.page.wait_for_timeout(120)
        assert line.evaluate(BEYOND) < 1, width


def test_every_panel_is_a_click_away(lone: LoneView, log: LogDir) -> None:
    lone.page.set_viewport_size({"width": 640, "height": 600})
    view = lone.open(log)
    open_tab = view.locator('.tbn-tab[aria-selected="true"]')
    for name in ("Images", "Histograms", "PR curves", "Text", "Audio", "HParams", "Curves"):
        tab = view.get_by_role("tab", name=name, exact=True)
        if tab.count():
            tab.click()
        else:
            lone.choose("More panels", name)
        expect(open_tab).to_have_text(name)
