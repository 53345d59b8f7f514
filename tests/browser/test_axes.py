"""What a person sets of one card's axes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.ink import FIRST_RUN, ink
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted
from tests.browser.plot import SETTLE, axis_type, drag, hold, tick_labels, x_range, y_range


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    """A loss and an accuracy of fifty steps."""
    with SummaryWriter(tmp_path) as writer:
        for step in range(50):
            writer.add_scalar("loss", 2 + math.sin(step / 10), step)
            writer.add_scalar("accuracy", step / 50, step)
    return LogDir(tmp_path)


def test_the_y_range_can_be_typed_and_is_automatic_again_when_it_is_emptied(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    card = lone.card("loss")
    wait_painted(card, 49)
    automatic = y_range(card)
    lone.choose("Options of loss", "Range of y…")
    lone.page.get_by_role("textbox", name="from").fill("1.5")
    lone.page.get_by_role("textbox", name="to").fill("1")
    expect(lone.page.get_by_role("dialog")).to_contain_text("From 1.5 is not below to 1.")
    lone.page.get_by_role("textbox", name="to").fill("2.5")
    lone.page.wait_for_timeout(200)
    assert y_range(card) == [1.5, 2.5]
    assert lone.options["ui"]["zoom"] == {"loss": {"x": None, "y": [1.5, 2.5]}}
    for end in ("from", "to"):
        lone.page.get_by_role("textbox", name=end).fill("")
    lone.page.keyboard.press("Escape")
    expect(lone.page.get_by_role("dialog")).to_have_count(0)
    assert y_range(card) == automatic
    assert lone.options["ui"]["zoom"] == {}


def test_a_drag_with_shift_moves_what_is_shown_and_ticks_with_it(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    card = lone.card("loss")
    wait_painted(card, 49)
    lone.page.keyboard.down("Shift")
    hold(card, 0.6, 0.4)
    moving = (x_range(card), [tick_labels(card, axis) for axis in "xy"])
    lone.page.mouse.up()
    lone.page.keyboard.up("Shift")
    lone.page.wait_for_timeout(2 * SETTLE)
    assert x_range(card) == pytest.approx([10, 59], abs=1.5)
    assert "50" in tick_labels(card, "x")
    assert (x_range(card), [tick_labels(card, axis) for axis in "xy"]) == moving


def test_a_drag_goes_on_from_what_the_wheel_has_zoomed_to(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    card = lone.card("loss")
    wait_painted(card, 49)
    card.locator(".tbn-plot").hover()
    lone.page.keyboard.down("Alt")
    lone.page.mouse.wheel(0, -150)
    lone.page.keyboard.up("Alt")
    lone.page.wait_for_timeout(SETTLE)
    low, high = x_range(card)
    assert high - low == pytest.approx(49 * math.exp(-0.75), rel=0.01)
    drag(card, 0.25, 0.75)
    lone.page.wait_for_timeout(SETTLE)
    assert x_range(card) == pytest.approx([low + 0.25 * (high - low), low + 0.75 * (high - low)], abs=0.5)


def test_one_card_can_be_logarithmic_and_is_so_after_a_reload(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    wait_painted(lone.card("loss"), 49)
    lone.choose("Options of loss", "Log y axis")
    assert lone.options["ui"]["log"] == {"loss": True}
    lone.reload(log)
    for tag, kind in (("loss", "log"), ("accuracy", "linear")):
        wait_painted(lone.card(tag), 49)
        assert axis_type(lone.card(tag), "yaxis") == kind


def test_steps_and_seconds_can_stand_on_a_logarithmic_axis(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    card = lone.card("loss")
    wait_painted(card, 49)
    lone.choose("More options", "Log x axis")
    lone.page.wait_for_timeout(300)
    assert axis_type(card, "xaxis") == "log"
    assert x_range(card) == pytest.approx([1, 49])
    marks = ink(card.locator(".tbn-plot"), FIRST_RUN["light"]).any(axis=0)
    assert marks[60:].mean() > 0.8  # the line runs over the whole width
    drag(card, 0.5, 0.9)
    zoomed = lone.options["ui"]["zoom"]["loss"]["x"]
    assert zoomed == pytest.approx([49**0.5, 49**0.9], rel=0.05)
    card.locator(".tbn-plot").hover()
    expect(lone.page.locator(".tbn-tooltip")).to_be_visible()
    lone.view.locator("[data-x=wall]").click()
    lone.page.wait_for_timeout(300)
    assert axis_type(card, "xaxis") == "linear"
    assert lone.options["log_x"] is True


def test_an_accuracy_is_told_in_per_cent(lone: LoneView, log: LogDir) -> None:
    lone.open(log, smoothing=0)
    card = lone.card("accuracy")
    wait_painted(card, 49)
    assert card.locator(".ytick text").all_text_contents() == ["0", "20%", "40%", "60%", "80%", "100%"]
    expect(card.locator(".tbn-newest")).to_have_text("98%")
    card.locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(lone.page.locator(".tbn-tooltip tbody")).to_contain_text("96.0%")
