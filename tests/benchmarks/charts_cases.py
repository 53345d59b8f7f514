"""How fluent a view with many numbers is while a person scrolls, zooms and smooths it.

The page is one of our own, without a notebook (`tests.browser.charts`). The inputs are the browser's own, so that they
come when a frame begins, as a person's do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from importlib.resources import files
from statistics import median
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Locator, sync_playwright

from tests.benchmarks.row import Row
from tests.browser.charts import Charts, Watched, charts
from tests.browser.chromium import LAUNCH_ARGS, chromium_path

RUNS = 10
MILLION = 1_000_000
SETTLE = 1500  # milliseconds
TURNS = 80
MOVES = 120
STEPS = 40
PLOTLY = files("plotly") / "package_data" / "plotly.min.js"


def cases() -> list[Row]:
    """Measure all that the charts promise."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        try:
            return [*fifty_cards(browser), *slider(browser), *million(browser)]
        finally:
            browser.close()


def fifty_cards(browser: Browser) -> list[Row]:
    """Scrolling through 50 cards of 10 runs of 1000 points."""
    with charts(browser) as blank:
        blank.page.evaluate("document.body.style.height = '20000px'")
        floor = _watched(blank, lambda: blank.wheel(TURNS))
        heap = blank.heap
    with charts(browser) as view:
        view.make(cards=50, runs=RUNS, points=1000)
        view.draw()
        view.page.wait_for_timeout(SETTLE)
        view.page.locator(".tbn-card-title").first.click()
        ours = _watched(view, lambda: view.wheel(TURNS))
        heap = view.heap - heap
    return [
        Row("view.50cards.task", ours.longest, None, "ms"),
        Row("view.50cards.frame", ours.p95, floor.p95, "ms"),
        Row("view.50cards.heap", heap, None, "MB"),
    ]


def slider(browser: Browser) -> list[Row]:
    """The smoothing slider dragged over 12 cards of 10 runs of 1000 points that are all drawn."""
    with charts(browser, height=1200) as blank:
        floor = _watched(blank, lambda: _move(blank, (20, 20), (104, 20), MOVES))
    with charts(browser, height=1200) as view:
        view.make(cards=12, runs=RUNS, points=1000)
        view.draw(height=1100)
        view.page.wait_for_timeout(SETTLE)
        assert view.mounted == 12, f"{view.mounted} charts are drawn"
        view.page.evaluate("startPaints(['input'])")
        ours = _watched(view, lambda: _drag_slider(view, MOVES))
        view.page.wait_for_timeout(SETTLE)
        lags = _lags(view.page.evaluate("takePaints()"), view.mounted)
    return [
        Row("view.slider.frame", ours.p95, floor.p95, "ms"),
        Row("view.slider.lag", median(lags), None, "ms"),
    ]


def million(browser: Browser) -> list[Row]:
    """One card of 10 runs of a million points: from an input to the frame with the lines as they are then.

    Ours and the peer take turns, so that what else the machine does meets both.
    """
    times: list[float] = []
    with charts(browser) as view, charts(browser) as peer, view.watch() as watched:
        view.make(cards=1, runs=RUNS, points=MILLION)
        view.page.evaluate("startPaints(['wheel', 'pointermove', 'mousemove', 'input'])")
        view.draw()
        view.page.wait_for_timeout(SETTLE)
        plot = view.card("group0/tag0").locator(".nsewdrag").first
        size = plot.bounding_box()
        assert size is not None, "the card has no plot in sight"
        _open_peer(peer, round(size["width"]), round(size["height"]))
        for work in (_zoom(view, plot), _pan(view), lambda: _drag_slider(view, STEPS)):
            peer.wheel(STEPS // 2, pause=150)
            times += _steps(view, work)
        view.page.wait_for_timeout(SETTLE)
        after = view.page.evaluate("takePaints()")["paints"]
        exact = after[-1][1] - view.page.evaluate("tbnLastInput") if after else 0.0
        reacts = peer.page.evaluate("tbnPeer")
    return [
        Row("view.1M.step", _p95(times), _p95(reacts), "ms"),
        Row("view.1M.exact", exact, None, "ms"),
        Row("view.1M.task", watched.longest, None, "ms"),
    ]


def _open_peer(peer: Charts, width: int, height: int) -> None:
    """Draw the same numbers with Plotly alone: each turn of the wheel gives it others."""
    peer.page.add_script_tag(path=str(PLOTLY))
    figure = {"runs": RUNS, "points": MILLION, "pixels": width, "height": height + 26, "steps": STEPS}
    peer.page.evaluate("(figure) => startPeer(figure)", figure)
    peer.page.wait_for_timeout(SETTLE)
    peer.page.mouse.move(100, 100)


def _watched(page: Charts, work: Callable[[], None]) -> Watched:
    page.page.mouse.move(300, 300)
    with page.watch() as watched:
        work()
    return watched


def _move(page: Charts, start: tuple[float, float], end: tuple[float, float], moves: int) -> None:
    for step in range(moves + 1):
        part = step / moves
        page.page.mouse.move(start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
        page.page.wait_for_timeout(16)


def _drag_slider(page: Charts, moves: int) -> None:
    """Drag the smoothing slider there and back."""
    box = page.page.locator(".tbn-smoothing input[type=range]").bounding_box()
    assert box is not None, "the view has no slider in sight"
    y = box["y"] + box["height"] / 2
    left, right = (box["x"] + 6, y), (box["x"] + box["width"] - 6, y)
    page.page.mouse.move(*left)
    page.page.mouse.down()
    _move(page, left, right, moves // 2)
    _move(page, right, (left[0] + 20, y), moves // 2)
    page.page.mouse.up()


def _zoom(page: Charts, plot: Locator) -> Callable[[], None]:
    """Zoom in and out again about a point with Alt and the wheel."""

    def work() -> None:
        plot.hover()
        page.page.keyboard.down("Alt")
        page.wheel(STEPS // 2, -100, pause=150)
        page.wheel(STEPS // 2, 80, pause=150)
        page.page.keyboard.up("Alt")

    return work


def _pan(page: Charts) -> Callable[[], None]:
    """Pan by dragging the x axis."""

    def work() -> None:
        box = page.card("group0/tag0").locator(".ewdrag").first.bounding_box()
        assert box is not None, "the card has no x axis in sight"
        y = box["y"] + box["height"] / 2
        middle = box["x"] + box["width"] / 2
        page.page.mouse.move(middle, y)
        page.page.mouse.down()
        _move(page, (middle + 8, y), (middle + 80, y), STEPS)
        page.page.mouse.up()

    return work


def _steps(page: Charts, work: Callable[[], None]) -> list[float]:
    """Return the time from each input of some work to the first paint after it."""
    page.page.wait_for_timeout(SETTLE)
    page.page.evaluate("takePaints()")
    work()
    page.page.evaluate("tbnLastInput = tbnPaints.inputs.at(-1)")
    seen = page.page.evaluate("takePaints()")
    paints = [time for _, time in seen["paints"]]
    return [paints[at] - time for time in seen["inputs"] if (at := bisect_left(paints, time)) < len(paints)]


def _lags(seen: dict[str, Any], mounted: int) -> list[float]:
    """Return the time from each input to the moment at which all charts had been painted after it."""
    by_chart: dict[int, list[float]] = {}
    for chart, time in seen["paints"]:
        by_chart.setdefault(chart, []).append(time)
    assert len(by_chart) == mounted, f"{len(by_chart)} of {mounted} charts were painted"
    lags = []
    for time in seen["inputs"]:
        at = [bisect_left(paints, time) for paints in by_chart.values()]
        if all(n < len(paints) for n, paints in zip(at, by_chart.values(), strict=True)):
            lags.append(max(paints[n] for n, paints in zip(at, by_chart.values(), strict=True)) - time)
    return lags


def _p95(times: list[float]) -> float:
    return float(np.percentile(times, 95))
