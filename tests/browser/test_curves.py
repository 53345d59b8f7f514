"""What a person does with the curves, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.cells import WITHOUT_TORCH, folder_with
from tests.browser.chromium import VIEWPORT
from tests.browser.ink import FIRST_RUN, ink, pixels
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.plot import axis_type, drag, x_range

TAGS = ["train/loss", "train/accuracy", "val/loss", "learning_rate"]

OUTSIDE = """(view) => [...view.querySelectorAll("button, input, header, section")]
  .filter((element) => element.getBoundingClientRect().right > view.getBoundingClientRect().right + 1)
  .map((element) => element.outerHTML)"""


@pytest.fixture(scope="module")
def written(module_notebook: Notebook) -> Notebook:
    """A notebook whose cell 1 shows four curves."""
    module_notebook.open([WITHOUT_TORCH + folder_with(TAGS), "view = show('logs')"])
    module_notebook.run(0)
    return module_notebook


@pytest.fixture
def curves(written: Notebook) -> Iterator[Notebook]:
    """The notebook with a new view."""
    written.run(1)
    wait_painted(written.card(1, "train/loss"), 49)
    yield written
    written.watch.check()


def test_the_x_axis_can_be_steps_seconds_or_the_time(curves: Notebook) -> None:
    card = curves.card(1, "train/loss")
    assert x_range(card) == pytest.approx([0, 49], abs=3)
    curves.view(1).locator("[data-x=relative]").click()
    curves.page.wait_for_timeout(300)
    assert x_range(card)[0] == pytest.approx(0, abs=1)
    curves.view(1).locator("[data-x=wall]").click()
    curves.page.wait_for_timeout(300)
    assert x_range(card)[1] > 1_700_000_000


def test_the_values_can_stand_on_a_logarithmic_axis(curves: Notebook) -> None:
    view = curves.view(1)
    view.get_by_role("button", name="More options").click()
    curves.page.get_by_role("menuitemcheckbox", name="Log y axis").click()
    curves.page.wait_for_timeout(300)
    assert axis_type(curves.card(1, "train/loss"), "yaxis") == "log"
    assert ink(curves.card(1, "train/loss").locator(".tbn-plot"), FIRST_RUN["light"]).any()


def test_the_filter_leaves_the_tags_that_match(curves: Notebook) -> None:
    view = curves.view(1)
    expect(view.locator(".tbn-card")).to_have_count(len(TAGS))
    view.get_by_placeholder("Filter tags").fill("loss$")
    expect(view.locator(".tbn-card")).to_have_count(2)
    view.get_by_placeholder("Filter tags").fill("[")  # no regular expression yet: a person is still typing
    curves.page.wait_for_timeout(300)
    expect(view.locator(".tbn-card")).not_to_have_count(1)


def test_a_run_can_be_hidden(curves: Notebook) -> None:
    plot = curves.card(1, "train/loss").locator(".tbn-plot")
    assert ink(plot, FIRST_RUN["light"]).any()
    curves.view(1).locator(".tbn-run").first.click()
    curves.page.wait_for_timeout(300)
    assert not ink(plot, FIRST_RUN["light"]).any()


def test_a_zoom_is_one_cards_own(curves: Notebook) -> None:
    drag(curves.card(1, "train/loss"), 0.25, 0.75)
    assert x_range(curves.card(1, "train/loss")) == pytest.approx([12, 37], abs=4)
    assert x_range(curves.card(1, "val/loss")) == pytest.approx([0, 49], abs=3)


def test_pins_and_selections_come_from_the_page_and_from_python(curves: Notebook) -> None:
    curves.choose(1, "Options of val/loss", "Pin above the others")
    curves.choose(1, "More options", "Select a range")
    cell = curves.add("print(view.pins, view.widget.ui['selection'], end=' '); view.pins = ['learning_rate']")
    curves.page.wait_for_timeout(500)
    curves.run(cell)
    assert curves.text(cell) == "['val/loss'] {'axis': 'step', 'from': 12, 'to': 37} "
    pinned = curves.view(1).locator(".tbn-group").first.locator(".tbn-card")
    expect(pinned).to_have_attribute("data-tag", "learning_rate")


def test_a_table_of_values_follows_the_pointer(curves: Notebook) -> None:
    curves.card(1, "train/loss").locator(".tbn-plot").hover()
    tooltip = curves.page.locator(".tbn-tooltip")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_contain_text(re.compile(r"2[0-9]"))


def test_the_wheel_scrolls_the_notebook_and_not_the_plot(curves: Notebook) -> None:
    card = curves.card(1, "train/loss")
    card.locator(".tbn-plot").hover()
    before = x_range(card)
    curves.page.mouse.wheel(0, 300)
    curves.page.wait_for_timeout(300)
    assert x_range(card) == before


def test_colours_follow_the_hosts_theme(curves: Notebook) -> None:
    plot = curves.card(1, "train/loss").locator(".tbn-plot")
    for ground, theme in (("dark", "JupyterLab Dark"), ("light", "JupyterLab Light")):
        curves.theme(theme)
        curves.page.wait_for_timeout(300)
        assert ink(plot, FIRST_RUN[ground]).sum() > 100
        corner = pixels(plot)[2, -3]
        assert (corner.mean() < 64) == (ground == "dark"), f"the plot's ground is {corner}"


def test_a_narrow_cell_has_cards_of_its_whole_width(curves: Notebook) -> None:
    curves.page.set_viewport_size({**VIEWPORT, "width": 600})
    curves.page.wait_for_timeout(700)
    view = curves.view(1).bounding_box()
    card = curves.card(1, "train/loss").bounding_box()
    outside = curves.view(1).evaluate(OUTSIDE)
    curves.page.set_viewport_size(VIEWPORT)
    assert view is not None
    assert card is not None
    assert view["width"] < 520
    assert card["width"] == pytest.approx(view["width"], abs=24)
    assert outside == []
