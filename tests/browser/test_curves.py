"""What a person does with the curves, and where they stand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cells import IMPORTS, folder_with
from tests.browser.ink import FIRST_RUN, ink, pixels
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.plot import axis_type, drag, x_range

TAGS = ["train/loss", "train/accuracy", "val/loss", "learning_rate"]


@pytest.fixture
def curves(notebook: Notebook) -> Notebook:
    """A notebook with a view of four curves under its cell 1."""
    notebook.open([IMPORTS + folder_with(TAGS), "view = show('logs')"])
    notebook.run_all()
    wait_painted(notebook.card(1, "train/loss"), 49)
    return notebook


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
    view.get_by_role("button", name=re.compile("more|options", re.IGNORECASE)).first.click()
    curves.page.get_by_label(re.compile("log", re.IGNORECASE)).first.click()
    curves.page.wait_for_timeout(300)
    assert axis_type(curves.card(1, "train/loss"), "yaxis") == "log"
    assert ink(curves.card(1, "train/loss").locator(".tbn-plot"), FIRST_RUN["light"]).any()


def test_the_filter_leaves_the_tags_that_match(curves: Notebook) -> None:
    view = curves.view(1)
    expect(view.locator(".tbn-card")).to_have_count(len(TAGS))
    view.get_by_placeholder(re.compile("filter", re.IGNORECASE)).fill("loss$")
    expect(view.locator(".tbn-card")).to_have_count(2)
    view.get_by_placeholder(re.compile("filter", re.IGNORECASE)).fill("[")
    curves.page.wait_for_timeout(300)
    expect(view).to_be_visible()


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


@pytest.mark.parametrize(("name", "ground"), [("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")])
def test_colours_follow_the_hosts_theme(curves: Notebook, name: str, ground: str) -> None:
    try:
        if ground == "dark":
            curves.theme(name)
            curves.page.wait_for_timeout(500)
        plot = curves.card(1, "train/loss").locator(".tbn-plot")
        assert ink(plot, FIRST_RUN[ground]).sum() > 100
        corner = pixels(plot)[2, -3]
        assert (corner.mean() < 64) == (ground == "dark"), f"the plot's ground is {corner}"
    finally:
        curves.theme("JupyterLab Light")


def test_a_narrow_cell_has_cards_of_its_whole_width(curves: Notebook) -> None:
    curves.page.set_viewport_size({"width": 640, "height": 900})
    curves.page.wait_for_timeout(700)
    view = curves.view(1).bounding_box()
    card = curves.card(1, "train/loss").bounding_box()
    assert view is not None
    assert card is not None
    assert view["width"] < 520
    assert card["width"] == pytest.approx(view["width"], abs=24)
    assert curves.view(1).evaluate("(view) => view.scrollWidth <= view.clientWidth"), "something sticks out"
