"""A step or a range of steps that is selected in all cards, and its table."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.ink import ink, pixels
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted
from tests.browser.plot import x_range

TAGS = ["train/loss", "train/accuracy"]
SECOND_RUN = (0xDF, 0x6E, 0x18)
FILLED = (238, 244, 252)  # the accent at 8 % on white


def value(number: int, step: int) -> float:
    return 2 + number + math.sin(step / 10)


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    """Two runs of a hundred steps, a step a second, with two curves each."""
    for number in range(2):
        with SummaryWriter(tmp_path / f"run{number}") as writer:
            for step in range(100):
                for tag in TAGS:
                    writer.add_scalar(tag, value(number, step), step, walltime=1.7e9 + step)
    return LogDir(tmp_path)


def edges(card: Locator) -> list[str]:
    """What the pills of a card's edges say."""
    return card.locator(".tbn-edge").all_inner_texts()


def press_axis(lone: LoneView, card: Locator, share: float, *, shift: bool = False) -> None:
    """Click on a card's x axis at a part of its width."""
    area = card.locator(".nsewdrag").first.bounding_box()
    assert area is not None
    if shift:
        lone.page.keyboard.down("Shift")
    lone.page.mouse.click(area["x"] + share * area["width"], area["y"] + area["height"] + 10)
    if shift:
        lone.page.keyboard.up("Shift")


def opened(lone: LoneView, log: LogDir) -> Locator:
    lone.open(log, smoothing=0)
    for tag in TAGS:
        wait_painted(lone.card(tag), 99)
    return lone.card("train/loss")


def test_a_selected_step_has_a_dot_on_each_curve_and_a_range_has_none(lone: LoneView, log: LogDir) -> None:
    card = opened(lone, log)

    def thickest() -> int:
        """Pixels of the second run's colour in the fullest column near the selected step."""
        lone.page.mouse.move(1, 1)
        lone.page.wait_for_timeout(300)
        drawn = ink(lone.card("train/accuracy").locator(".tbn-plot"), SECOND_RUN)
        middle = round(0.3 * drawn.shape[1])
        return int(drawn[:, middle - 30 : middle + 30].sum(axis=0).max())

    before = thickest()
    press_axis(lone, card, 0.2)
    assert thickest() >= before + 2
    press_axis(lone, card, 0.6, shift=True)
    assert thickest() == before


def test_a_click_on_an_axis_selects_a_step_in_all_cards_and_with_shift_a_range(lone: LoneView, log: LogDir) -> None:
    card = opened(lone, log)
    press_axis(lone, card, 0.2)
    assert [edges(lone.card(tag)) for tag in TAGS] == [["20"], ["20"]]
    press_axis(lone, card, 0.6, shift=True)
    assert [edges(lone.card(tag)) for tag in TAGS] == [["20", "59"], ["20", "59"]]
    plot = pixels(lone.card("train/accuracy").locator(".tbn-plot-box"))
    filled = (np.abs(plot.astype(int) - FILLED) <= 3).all(axis=2)
    columns = filled.sum(axis=0) > 60
    assert 0.3 < columns.sum() / columns.size < 0.45
    selection = {"axis": "step", "from": 20, "to": 59}
    assert lone.options["ui"]["selection"] == selection
    lone.reload(log)
    wait_painted(card, 99)
    assert edges(card) == ["20", "59"]
    lone.view.locator("[data-x=relative]").click()
    expect(lone.view.locator(".tbn-edge")).to_have_count(0)


def test_the_table_tells_first_last_change_mean_min_and_max_of_each_run(lone: LoneView, log: LogDir) -> None:
    opened(lone, log)
    lone.choose("More options", "Select a range")
    table = lone.view.locator(".tbn-selection-bar table")
    assert table.locator("thead th").all_inner_texts() == ["run", "first", "last ↓", "change", "mean", "min", "max"]
    for row, number in enumerate((1, 0)):
        values = np.array([value(number, step) for step in range(25, 75)])
        cells = table.locator("tbody tr").nth(row).locator("th, td").all_inner_texts()
        assert cells[0] == f"run{number}"
        told = [float(cell.replace("−", "-")) for cell in cells[1:]]
        first, last = values[0], values[-1]
        assert told == pytest.approx([first, last, last - first, values.mean(), values.min(), values.max()], abs=6e-3)
    expect(lone.view.locator(".tbn-selection-head")).to_contain_text("25 – 74")
    expect(lone.view.locator(".tbn-selection-head")).to_contain_text("49 steps · 49 s")
    table.get_by_role("button", name="run").click()
    assert table.locator("tbody th").all_inner_texts() == ["run0", "run1"]


def test_the_edges_move_by_pointer_and_by_key_also_across_each_other(lone: LoneView, log: LogDir) -> None:
    card = opened(lone, log)
    lone.choose("More options", "Select a range")
    first, last = card.locator(".tbn-edge").all()
    box, other = first.bounding_box(), last.bounding_box()
    assert box is not None
    assert other is not None
    lone.page.mouse.move(box["x"] + 4, box["y"] + 30)
    lone.page.mouse.down()
    lone.page.mouse.move(box["x"] - 50, box["y"] + 30, steps=4)
    lone.page.mouse.move(other["x"] + 60, box["y"] + 30, steps=8)
    lone.page.mouse.up()
    moved = [int(text) for text in edges(card)]
    assert moved[0] == 74
    assert moved[1] > 74
    last.focus()
    lone.page.keyboard.press("Home")
    assert edges(card) == ["0", "74"]
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        card.locator(".tbn-edge").first.press(key)
    assert edges(card) == ["12", "74"]
    assert x_range(card) == pytest.approx([0, 99], abs=3)
    card.locator(".tbn-edge").first.press("Escape")
    assert edges(card) == []


def test_all_cards_zoom_to_a_range_and_it_can_be_cleared(lone: LoneView, log: LogDir) -> None:
    opened(lone, log)
    lone.choose("More options", "Select a range")
    lone.view.get_by_role("button", name="Zoom to range").click()
    lone.page.wait_for_timeout(300)
    assert [x_range(lone.card(tag)) for tag in TAGS] == [[25, 74], [25, 74]]
    lone.view.get_by_role("button", name="Clear the selection").click()
    expect(lone.view.locator(".tbn-edge, .tbn-selection-bar")).to_have_count(0)
    assert lone.options["ui"]["selection"] is None


def test_the_table_of_an_enlarged_card_stands_below_it(lone: LoneView, log: LogDir) -> None:
    lone.open(log, ui={"size": {"train/loss": "large"}, "selection": {"axis": "step", "from": 10, "to": None}})
    card = lone.card("train/loss")
    wait_painted(card, 99)
    heads = ["run", "smoothed", "value ↓", "step", "relative"]
    assert card.locator("table thead th").all_inner_texts() == heads
    assert card.locator("tbody tr").first.locator("td").all_inner_texts()[-2:] == ["10", "10 s"]
    bar = lone.view.locator(".tbn-selection-bar")
    expect(bar).to_have_count(0)
    lone.card("train/accuracy").locator(".tbn-plot").focus()
    expect(bar.locator(".tbn-fold")).to_have_text("train/accuracy")


def test_values_that_are_no_numbers_are_left_out_and_counted(lone: LoneView, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step, value in enumerate([1.0, math.nan, math.inf, 3.0, 2.0]):
            writer.add_scalar("loss", value, step)
    lone.open(LogDir(tmp_path), ui={"selection": {"axis": "step", "from": 0, "to": 3}})
    bar = lone.view.locator(".tbn-selection-bar")
    expect(bar).to_contain_text("2 values that are no finite numbers are left out.")
    assert bar.locator("tbody td").all_inner_texts() == ["1.00", "3.00", "2.00", "2.00", "1.00", "3.00"]


def test_selection_zoom_and_filter_stay_while_data_stream_in(lone: LoneView, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        log = LogDir(tmp_path)
        for step in range(100):
            writer.add_scalar("train/loss", value(0, step), step)
            writer.add_scalar("val/loss", value(0, step), step)
        writer.flush()
        selection = {"axis": "step", "from": 20, "to": 60}
        zoom = {"train/loss": {"x": [10, 80], "y": [0, 2]}}
        lone.open(log, tags="train", ui={"selection": selection, "zoom": zoom})
        card = lone.card("train/loss")
        wait_painted(card, 99)
        for step in range(100, 200):
            writer.add_scalar("train/loss", value(0, step), step)
        writer.flush()
        lone.tell(log)
        wait_painted(card, 199)
    assert edges(card) == ["20", "60"]
    assert x_range(card) == [10, 80]
    expect(lone.view.locator(".tbn-card")).to_have_count(1)
