"""The report in a real browser, opened from a file, with every request refused and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.report.command import main
from tbnotebook.report.log_report import log_page
from tbnotebook.report.page import page_html
from tbnotebook.wire import DEFAULTS, MIME, Colors
from tests.browser.chromium import LAUNCH_ARGS, chromium_path
from tests.browser.notebook import wait_painted
from tests.browser.plot import axis_type, drag, x_range
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

HOSTILE = ["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "{{7*7}}", "%{x}"]


class Net(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.dense = torch.nn.Linear(in_features=10, out_features=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dense(x)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a folder with the quickstart's curve and network."""
    folder = tmp_path_factory.mktemp("browser")
    with SummaryWriter(folder / "logs") as writer:
        writer.add_graph(Net(), input_to_model=(torch.rand(2, 10),))
        for step in range(100):
            writer.add_scalar("data/sin", torch.sin(torch.tensor(step / 10)), step)
    assert main(["report", str(folder / "logs"), "-o", str(folder / "report.html")]) == 0
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 900, "height": 900})
    yield page
    page.close()


class Visit:
    """A page opened from a file; at its end nothing may have gone wrong or been asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.watch = Watch(page, "file:///nowhere")
        self._file = ""

    def open(self, file: Path) -> Page:
        self._file = file.as_uri()
        self.page.route("**/*", self._refuse)
        self.page.goto(self._file)
        return self.page

    def _refuse(self, route: Route) -> None:
        if route.request.url == self._file:
            route.continue_()
        else:
            route.abort()

    def check(self) -> None:
        assert [address for address in self.watch.outside if address != self._file] == []
        assert self.watch.errors == []
        assert self.watch.dialogs == []


@pytest.fixture
def visit(page: Page) -> Iterator[Visit]:
    visit = Visit(page)
    yield visit
    visit.check()


def test_the_curve_is_drawn_with_all_its_points(visit: Visit, report: Path) -> None:
    page = visit.open(report)
    card = page.locator('.tbn-card[data-tag="data/sin"]')
    wait_painted(card, 99)
    expect(card).to_have_attribute("data-points", "100")
    expect(page.locator(".tbn-status")).to_have_attribute("data-state", "saved")
    expect(page.locator("img.tbn-picture")).to_be_hidden()


def test_a_drag_over_the_curve_zooms_its_axis(visit: Visit, report: Path) -> None:
    card = visit.open(report).locator('.tbn-card[data-tag="data/sin"]')
    wait_painted(card, 99)
    low, high = x_range(card)
    drag(card, 0.25, 0.5)
    zoomed = x_range(card)
    assert zoomed[1] - zoomed[0] == pytest.approx((high - low) / 4, rel=0.1)


def test_the_diagram_shows_the_network_and_its_shapes(visit: Visit, report: Path) -> None:
    page = visit.open(report)
    page.locator('[data-panel="graph"]').click()
    graph = page.locator(".tbn-graph")
    expect(graph).to_be_visible()
    for text in ("Net", "dense", "2 × 10", "2 × 1"):
        expect(graph.get_by_text(text, exact=True).first).to_be_visible()


def test_the_pages_style_does_not_reach_into_a_figure(visit: Visit, report: Path) -> None:
    page = visit.open(report)
    wait_painted(page.locator('.tbn-card[data-tag="data/sin"]'), 99)
    assert page.locator(".tbn-view svg").first.evaluate("(svg) => getComputedStyle(svg).maxWidth") == "none"


@pytest.fixture(scope="module")
def left(report: Path) -> Callable[..., Path]:
    """Makes the report of a view of the same folder that a person left in some state."""
    log = LogDir(report.with_name("logs"))
    log.poll()

    def make(**state: Any) -> Path:
        file = report.with_name("left.html")
        file.write_text(log_page(log, {**DEFAULTS, **state}, Colors(), source="logs"), "utf-8")
        return file

    return make


def test_a_view_opens_zoomed_and_smoothed_as_it_was_left(visit: Visit, left: Callable[..., Path]) -> None:
    ui = {"zoom": {"data/sin": {"x": [20.0, 40.0], "y": None}}}
    page = visit.open(left(smoothing=0.9, x="step", log_y=True, ui=ui))
    card = page.locator('.tbn-card[data-tag="data/sin"]')
    expect(card.locator(".tbn-plot")).to_be_visible()
    assert x_range(card) == pytest.approx([20, 40])
    assert axis_type(card, "yaxis") == "log"
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "0.9")


def test_a_view_opens_with_its_pins_sizes_colours_and_selection_and_all_of_them_can_be_changed(
    visit: Visit, left: Callable[..., Path]
) -> None:
    selection = {"axis": "step", "from": 20, "to": 40}
    ui = {"size": {"data/sin": "large"}, "selection": selection, "log": {"data/sin": False}}
    page = visit.open(left(pins=["data/sin"], colors={".": "#a31b59"}, log_y=True, log_x=True, ui=ui))
    card = page.locator('.tbn-card[data-tag="data/sin"]')
    wait_painted(card, 99)
    expect(page.locator(".tbn-group-head")).to_contain_text("Pinned")
    assert [axis_type(card, axis) for axis in ("xaxis", "yaxis")] == ["log", "linear"]
    assert card.locator(".tbn-edge").all_inner_texts() == ["20", "40"]
    expect(card.locator("table tbody tr")).to_have_count(1)
    assert page.locator(".tbn-swatch").first.evaluate("(one) => one.style.background") == "rgb(163, 27, 89)"
    card.get_by_role("button", name="Clear the selection").click()
    expect(card.locator(".tbn-edge")).to_have_count(0)
    for name in ("Pin above the others: data/sin", "Enlarge: data/sin"):
        card.hover()
        card.get_by_role("button", name=name).click()
        wait_painted(card, 99)
    expect(page.locator(".tbn-group-head")).to_have_count(0)


def test_the_points_of_a_report_can_be_saved(visit: Visit, report: Path) -> None:
    page = visit.open(report)
    card = page.locator('.tbn-card[data-tag="data/sin"]')
    wait_painted(card, 99)
    card.get_by_role("button", name="Options of data/sin").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download CSV").click()
    head, first, *_ = download.value.path().read_text("utf-8").splitlines()
    assert head == "run,attempt,tag,step,wall_time,value"
    assert first.startswith(".,0,data/sin,0,")


def test_a_view_opens_on_the_diagram_with_the_boxes_that_were_open(visit: Visit, left: Callable[..., Path]) -> None:
    dense = visit.open(left(panel="graph", ui={"open": {".": []}})).locator('.tbn-graph [data-key="Net/dense"]')
    expect(dense).to_have_attribute("aria-expanded", "false")
    visit.open(left(panel="graph", ui={"open": {".": ["Net/dense"]}}))
    expect(dense).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("tag", HOSTILE)
def test_a_hostile_tag_is_shown_as_text(visit: Visit, tmp_path: Path, tag: str) -> None:
    with SummaryWriter(tmp_path / "logs") as writer:
        for step in range(3):
            writer.add_scalar(tag, step, step)
    assert main(["report", str(tmp_path / "logs"), "-o", str(tmp_path / "report.html")]) == 0
    page = visit.open(tmp_path / "report.html")
    card = page.locator(".tbn-card")
    wait_painted(card, 2)
    assert card.get_attribute("data-tag") == tag
    # A title is in two parts, so that the end of a long one stays in sight.
    assert tag.rpartition("/")[2] in card.inner_text().replace("\n", "")
    assert page.locator("img[src=x]").count() == 0


def test_without_scripts_the_picture_shows(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    picture = page.locator("img.tbn-picture")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 600
    context.close()


def test_in_print_the_picture_stands_for_the_view(visit: Visit, report: Path) -> None:
    page = visit.open(report)
    wait_painted(page.locator('.tbn-card[data-tag="data/sin"]'), 99)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("img.tbn-picture")).to_be_visible()
    expect(page.locator(".tbn-view")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_dark_scheme_is_followed(visit: Visit, report: Path) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = visit.open(report)
    expect(page.locator(".tbn-view")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 20, 24)"


def test_the_policy_stops_scripts_that_are_not_the_reports(page: Page, tmp_path: Path) -> None:
    """Should something ever slip through what is left out, the browser refuses to run it."""
    body = (
        f'<figure class="tbn-figure"><script type="{MIME}">{{}}</script></figure>'
        "<script>window.ran = 1</script><img src='data:,' onerror='window.ran = 2'>"
        "<iframe src='data:text/html,x'></iframe><img src='https://example.com/a.png'>"
    )
    file = tmp_path / "page.html"
    file.write_text(page_html("t", body), "utf-8")
    reached: list[str] = []
    page.on("requestfinished", lambda request: reached.append(request.url))
    page.goto(file.as_uri())
    expect(page.locator(".tbn-fault")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert [address for address in reached if not address.startswith(("file:", "blob:", "data:"))] == []
