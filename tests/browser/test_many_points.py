"""Millions of points in one card: none is lost, and the page stays fluent. Times are the benchmarks'."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.charts import Charts, charts
from tests.browser.ink import FIRST_RUN, ink
from tests.browser.plot import drag, x_range
from tests.browser.watch import Watch

POINTS = 1_000_000
SPIKE = 654_321
TAG = "group0/tag0"
SETTLE = 1500  # milliseconds
MOST_HEAP = 60  # megabytes beside those of a blank page
MARGIN = 3  # of frames beside a blank page's: other tests may run beside


@pytest.fixture
def page(browser: Browser) -> Iterator[Charts]:
    with charts(browser) as page:
        watch = Watch(page.page, "http://charts.test/")
        yield page
        watch.check()


def test_one_point_in_a_million_is_seen_and_its_value_and_step_can_be_read(page: Charts) -> None:
    page.make(cards=1, runs=10, points=POINTS, spike=SPIKE)
    page.draw(smoothing=0, outliers=False)
    card = page.card(TAG)
    expect(card).to_have_attribute("data-painted-step", str(POINTS - 1))
    page.page.wait_for_timeout(SETTLE)

    # The other values end at 1.15, a long way below this one.
    plot = card.locator(".tbn-plot .nsewdrag").first
    upper = ink(plot, FIRST_RUN["light"])[: round(0.5 * plot.bounding_box()["height"])]
    columns = upper.any(axis=0).nonzero()[0]
    assert len(columns) > 0, "the spike is not on the screen"
    assert columns.mean() / upper.shape[1] == pytest.approx(SPIKE / POINTS, abs=0.01)
    assert len(columns) <= 8

    while (width := x_range(card)[1] - x_range(card)[0]) > 40:
        at = (SPIKE - x_range(card)[0]) / width
        drag(card, max(0.02, at - 0.1), min(0.98, at + 0.1))
    page.page.wait_for_timeout(SETTLE)
    box = plot.bounding_box()
    at = (SPIKE - x_range(card)[0]) / (x_range(card)[1] - x_range(card)[0])
    page.page.mouse.move(box["x"] + at * box["width"], box["y"] + box["height"] / 2)
    row = page.page.locator(".tbn-tooltip tbody tr").filter(has_text="run0")
    expect(row).to_contain_text(re.compile(r"9\.0"))
    expect(row).to_contain_text(re.compile(r"654\s321"))


def test_smoothing_a_million_points_ends_exact(page: Charts) -> None:
    """The same picture whether one drags the slider there or the view begins there."""
    page.make(cards=1, runs=2, points=POINTS)
    page.draw(smoothing=0.2)
    page.page.wait_for_timeout(SETTLE)
    slider = page.page.locator(".tbn-smoothing input[type=range]")
    slider.focus()
    slider.press("End")
    page.page.wait_for_timeout(SETTLE)
    dragged = ink(page.card(TAG).locator(".tbn-plot"), FIRST_RUN["light"])

    page.page.reload()
    page.ready()
    page.make(cards=1, runs=2, points=POINTS)
    page.draw(smoothing=0.999)
    page.page.wait_for_timeout(SETTLE)
    assert dragged.sum() > 500
    assert (ink(page.card(TAG).locator(".tbn-plot"), FIRST_RUN["light"]) == dragged).all()


def test_zooming_by_many_small_turns_ends_exact(page: Charts) -> None:
    """The same picture whether one came there step by step or all is drawn anew."""
    page.make(cards=1, runs=1, points=POINTS)
    page.draw(smoothing=0)
    page.page.wait_for_timeout(SETTLE)
    plot = page.card(TAG).locator(".tbn-plot")
    plot.locator(".nsewdrag").first.hover()
    page.page.keyboard.down("Alt")
    page.wheel(6, -20)
    page.page.keyboard.up("Alt")
    page.page.mouse.move(1, 1)
    page.page.wait_for_timeout(SETTLE)
    turned = ink(plot, FIRST_RUN["light"])

    for width in (800, 940):
        page.page.set_viewport_size({"width": width, "height": 900})
        page.page.wait_for_timeout(SETTLE / 2)
    assert turned.sum() > 5000
    assert (ink(plot, FIRST_RUN["light"]) == turned).all()


def test_of_fifty_cards_no_more_than_twelve_are_drawn_wherever_one_scrolls(browser: Browser, page: Charts) -> None:
    with charts(browser) as blank:
        blank.page.evaluate("document.body.style.height = '20000px'")
        heap = blank.heap
        with blank.watch() as floor:
            blank.wheel(40)
    page.make(cards=50, runs=10, points=1000)
    page.draw()
    page.page.locator(".tbn-card-title").first.click()
    page.page.mouse.move(300, 300)
    most = 0
    with page.watch() as watched:
        for _ in range(40):
            page.wheel(2)
            most = max(most, page.mounted)
    expect(page.card("group4/tag49")).to_have_attribute("data-painted-step", "999")
    assert 9 <= most <= 12
    assert page.heap - heap <= MOST_HEAP
    assert watched.p95 <= MARGIN * 3 * floor.p95, f"frames of {watched.p95:.0f} ms, of {floor.p95:.0f} on a blank page"
