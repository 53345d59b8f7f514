"""A page with a view of many numbers and nothing else, and what becomes of its time while a person works in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Locator, Page

from tbnotebook.wire import DEFAULTS

HOME = "http://charts.test/"
SCRIPT = Path(__file__).with_name("charts_page.js")
BUNDLE = files("tbnotebook") / "static" / "tbnotebook.js"
HTML = """<!doctype html><html><body style="margin: 20px; background: #ffffff"><div id="place"></div>
<script type="module">window.tbnBundle = await import("/bundle.js");</script></body></html>"""
SHORT_TASK = 50.0  # milliseconds: browsers tell only of longer ones


@dataclass
class Watched:
    """What a page did for a while: the intervals between its frames and its longest task, in milliseconds."""

    intervals: list[float] = field(default_factory=list)
    longest: float = SHORT_TASK

    @property
    def p95(self) -> float:
        """The 95th percentile of the intervals."""
        return float(np.percentile(self.intervals, 95))


class Charts:
    """The page.

    Parameters
    ----------
    page : Page
        A new one.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self._cdp = page.context.new_cdp_session(page)
        page.route(HOME + "**", lambda route: route.fulfill(status=404))
        page.route(HOME, lambda route: route.fulfill(body=HTML, content_type="text/html"))
        code = BUNDLE.read_text("utf-8")
        page.route(HOME + "bundle.js", lambda route: route.fulfill(body=code, content_type="text/javascript"))
        page.goto(HOME)
        self.ready()

    def ready(self) -> None:
        """Make what a page needs that was loaded just now."""
        self.page.add_script_tag(content=SCRIPT.read_text("utf-8"))
        self.page.wait_for_function("window.tbnBundle !== undefined")

    def make(self, cards: int, runs: int, points: int, spike: int | None = None) -> None:
        """Make the numbers."""
        self.page.evaluate("(log) => makeLog(log)", {"cards": cards, "runs": runs, "points": points, "spike": spike})

    def draw(self, **options: Any) -> None:
        """Draw the numbers that were made, and wait until a chart is painted."""
        self.page.evaluate("(options) => drawLog(options)", {**DEFAULTS, **options})
        self.page.wait_for_selector(".tbn-card[data-painted-step]")

    @contextmanager
    def watch(self) -> Iterator[Watched]:
        """Watch frames and tasks; what was seen is there at the end."""
        watched = Watched()
        self.page.evaluate("startWatch()")
        yield watched
        seen = self.page.evaluate("endWatch()")
        watched.intervals = seen["intervals"]
        watched.longest = max([SHORT_TASK, *seen["tasks"]])

    @property
    def heap(self) -> float:
        """Megabytes of live JavaScript objects and of what typed arrays hold."""
        self._cdp.send("HeapProfiler.collectGarbage")
        usage = self._cdp.send("Runtime.getHeapUsage")
        return float(usage["usedSize"] + usage["backingStorageSize"]) / 1e6

    @property
    def mounted(self) -> int:
        """Charts that are drawn now."""
        return self.page.locator(".tbn-plot .gl-container").count()

    def card(self, tag: str) -> Locator:
        """Return a tag's card."""
        return self.page.locator(f".tbn-card[data-tag={json.dumps(tag)}]")

    def wheel(self, turns: int, pixels: float = 120, pause: float = 30) -> None:
        """Turn the wheel as a hand does, where the pointer is."""
        for _ in range(turns):
            self.page.mouse.wheel(0, pixels)
            self.page.wait_for_timeout(pause)


@contextmanager
def charts(browser: Browser, width: int = 940, height: int = 900) -> Iterator[Charts]:
    """A page of its own."""
    context = browser.new_context(viewport={"width": width, "height": height})
    yield Charts(context.new_page())
    context.close()
