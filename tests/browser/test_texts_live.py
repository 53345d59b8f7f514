"""Texts and sounds under a cell that is busy, and in the report: used as a person would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import BrowserContext, Locator, expect

from tbnotebook import SummaryWriter
from tbnotebook.report.command import main
from tests.browser.cells import IMPORTS
from tests.browser.notebook import Notebook
from tests.browser.watch import Watch

BUSY = """
import numpy, os
writer = SummaryWriter("logs")
view = writer.show(height=800)
matrix = torch.rand(600, 600)
step, until = 0, time.time() + 60
while time.time() < until and not os.path.exists("enough"):
    writer.add_scalar("loss", 1 / (1 + step), step)
    writer.add_text("note", f"# Epoch {step}", step)
    writer.add_audio("tone", numpy.sin(numpy.arange(16000) / (9 + step)).astype("float32") / 2, step, sample_rate=8000)
    for _ in range(40):
        matrix @ matrix
    step += 1
writer.close()
"""


def heading(view: Locator) -> Locator:
    return view.locator(".tbn-md h1")


def test_texts_and_sounds_come_and_are_used_while_a_cell_is_busy(notebook: Notebook) -> None:
    notebook.open([IMPORTS, BUSY])
    notebook.run(0)
    notebook.run(1, wait=False)
    view = notebook.view(1)
    view.locator("[data-panel=texts]").click(timeout=20_000)
    expect(heading(view)).to_be_visible(timeout=10_000)
    first = int(heading(view).inner_text().removeprefix("Epoch "))
    notebook.page.wait_for_function(
        "(first) => Number(document.querySelector('.tbn-md h1').textContent.slice(6)) > first + 2", arg=first
    )
    view.get_by_role("slider", name="Step", exact=True).fill("0")
    expect(heading(view)).to_have_text("Epoch 0")
    view.get_by_role("button", name="Changes", exact=True).click()
    expect(view.get_by_text("There is nothing before it")).to_be_visible()
    view.locator("[data-panel=audio]").click()
    player = view.locator(".tbn-player")
    expect(player).to_have_attribute("data-drawn", "true", timeout=10_000)
    view.get_by_role("button", name="Play: tone").click()
    expect(player).to_have_attribute("data-plays", "true")
    expect(view.locator(".tbn-sounds")).to_have_attribute("data-step", "0")
    assert notebook.is_busy(1)
    (notebook.folder / "enough").touch()
    notebook.wait_ended()


def test_a_report_shows_texts_and_plays_sounds(context: BrowserContext, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs") as writer:
        for step in range(3):
            writer.add_text("note", f"# Epoch {step}", step)
            writer.add_audio("tone", np.sin(np.arange(16_000) / 9).astype(np.float32) / 2, step, sample_rate=8000)
    file = tmp_path / "report.html"
    assert main(["report", str(tmp_path / "logs"), "-o", str(file)]) == 0
    page = context.new_page()
    watch = Watch(page, file.as_uri())
    page.goto(file.as_uri())
    view = page.locator(".tbn-view")
    expect(heading(view)).to_have_text("Epoch 2")
    view.get_by_role("slider", name="Step", exact=True).fill("1")
    view.get_by_role("button", name="Changes", exact=True).click()
    expect(view.locator(".tbn-diff-line ins")).to_have_text("1")
    view.locator("[data-panel=audio]").click()
    expect(view.locator(".tbn-sounds")).to_have_attribute("data-step", "1")
    player = view.locator(".tbn-player")
    expect(player).to_have_attribute("data-drawn", "true")
    view.get_by_role("button", name="Play: tone").click()
    expect(player).to_have_attribute("data-plays", "true")
    expect(view.get_by_role("slider", name="Place in tone")).not_to_have_attribute("aria-valuenow", "0")
    watch.check()
    page.close()
