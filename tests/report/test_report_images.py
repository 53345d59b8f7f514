"""Pictures in a report that is opened from a file: they are there, can be compared, and ask for nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect, sync_playwright

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.report.log_report import log_page
from tbnotebook.wire import DEFAULTS, Colors
from tests.browser.chromium import LAUNCH_ARGS, chromium_path
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser


def test_pictures_of_a_report_are_slid_through_and_compared(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs") as writer:
        for step in range(3):
            writer.add_image("samples/grey", np.full((8, 8, 3), 40 * step, np.uint8), step, dataformats="HWC")
    log = LogDir(tmp_path / "logs")
    while log.poll():
        pass
    file = tmp_path / "report.html"
    file.write_text(log_page(log, {**DEFAULTS, "panel": "images"}, Colors(), source="logs"), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        page = browser.new_page(viewport={"width": 900, "height": 900})
        watch = Watch(page, file.as_uri())
        page.goto(file.as_uri())
        card = page.locator('.tbn-card[data-tag="samples/grey"]')
        tile = card.locator(".tbn-tile").first
        expect(tile).to_have_attribute("data-step", "2")
        expect(tile.locator("img.tbn-pixels")).to_be_visible()
        page.get_by_role("slider", name="Step").focus()
        page.keyboard.press("ArrowLeft")
        expect(tile).to_have_attribute("data-step", "1")
        expect(tile).to_have_attribute("data-state", "here")
        tile.hover()
        tile.get_by_role("button", name="Options of").click()
        page.get_by_role("menuitem", name="with the first step").click()
        expect(card.locator(".tbn-difference")).to_have_attribute("data-largest", "40")
        watch.check()
        browser.close()
