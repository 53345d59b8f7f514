"""What nbconvert makes of the saved notebook: pages that are opened from a file without a network, and a PDF."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Route

from tests.browser.chromium import LAUNCH_ARGS, chromium_path
from tests.browser.survival import states
from tests.browser.survival.stage import Place
from tests.browser.survival.states import State
from tests.browser.watch import Watch

IMAGE = re.compile(rb"/Subtype /Image\s+/Width (\d+)\s+/Height (\d+)(.*?)stream\r?\n(.*?)endstream", re.DOTALL)


def opened(page_of: Callable[[Path], Path], like: Place, notebook: Path, context: BrowserContext) -> Place:
    """Open an exported page from its file; nothing else can be reached."""
    file = page_of(notebook)
    page = context.new_page()
    watch = Watch(page, file.as_uri())

    def only_the_file(route: Route) -> None:
        if route.request.url == file.as_uri():
            route.continue_()
        else:
            route.abort()

    page.route("**/*", only_the_file)
    page.goto(file.as_uri())
    return Place(page.locator("body"), watch, like.logs, like.saved)


def plain_html(notebook: Path) -> Path:
    """Export by nbconvert's own HTML exporter."""
    from nbconvert import HTMLExporter

    return _written(HTMLExporter().from_filename(str(notebook))[0], notebook.with_name("plain.html"))


def report(notebook: Path) -> Path:
    """Export by ours."""
    from tbnotebook.report.exporter import ReportExporter

    return _written(ReportExporter().from_filename(str(notebook))[0], notebook.with_name("report.html"))


PAGES: dict[State, Callable[[Path], Path]] = {states.PLAIN_HTML: plain_html, states.REPORT: report}


def pdf(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Print by nbconvert's exporter; it knows only Playwright's own Chromium, and is given the machine's."""
    from nbconvert import WebPDFExporter
    from playwright.async_api import BrowserType

    launch = BrowserType.launch

    async def launch_ours(self: BrowserType, **options: object) -> object:
        return await launch(self, executable_path=chromium_path(), **options)

    monkeypatch.setattr(BrowserType, "launch", launch_ours)
    printed, _ = WebPDFExporter(browser_args=LAUNCH_ARGS).from_filename(str(notebook))
    return bytes(printed)


def pictures_of(printed: bytes) -> list[np.ndarray]:
    """Return a PDF's pictures, uint8 of height × width × 3, without their masks."""
    found = []
    for width, height, head, stream in IMAGE.findall(printed):
        pixels = zlib.decompress(stream) if b"/FlateDecode" in head else b""
        if len(pixels) == int(width) * int(height) * 3:
            found.append(np.frombuffer(pixels, np.uint8).reshape(int(height), int(width), 3))
    return found


def _written(html: str, file: Path) -> Path:
    file.write_text(html, "utf-8")
    return file
