"""The table of values under the pointer."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted


def log_of(folder: Path, values: dict[str, float]) -> LogDir:
    """A folder of runs, each with a curve that has one value all along."""
    for name, value in values.items():
        with SummaryWriter(folder / name) as writer:
            for step in range(50):
                writer.add_scalar("loss", value, step, walltime=1.7e9 + 60 * step)
    return LogDir(folder)


def names(tooltip: Locator) -> list[str]:
    """The runs of a tooltip, in their order."""
    return [name.split("attempt")[0] for name in tooltip.locator("tbody td:first-child").all_inner_texts()]


@pytest.fixture
def tooltip(lone: LoneView) -> Locator:
    return lone.page.locator(".tbn-tooltip")


def test_it_tells_run_smoothed_value_step_time_and_relative(lone: LoneView, tooltip: Locator, tmp_path: Path) -> None:
    lone.open(log_of(tmp_path, {"a": 1.0, "b": 2.0}))
    wait_painted(lone.card("loss"), 49)
    lone.card("loss").locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(tooltip).to_be_visible()
    assert tooltip.locator("th").all_inner_texts() == ["run", "smoothed ↓", "value", "step", "time", "relative"]
    assert tooltip.locator("tbody tr").first.locator("td").all_inner_texts() == [
        *["b", "2.00", "2.00", "48"],
        "14 Nov 2023 23:01:20",
        "48 m 00 s",
    ]


def test_it_is_sorted_by_value_distance_or_name_and_stays_so(lone: LoneView, tooltip: Locator, tmp_path: Path) -> None:
    log = log_of(tmp_path, {"a": 2.0, "b": 3.0, "c": 1.0})
    lone.open(log)
    for entry, order in (("Value", "bac"), ("Name of the run", "abc"), ("Nearest to the pointer", "cab")):
        lone.choose("More options", entry)
        plot = lone.card("loss").locator(".tbn-plot")
        wait_painted(lone.card("loss"), 49)
        plot.hover(position={"x": 120, "y": plot.bounding_box()["height"] - 30})
        expect(tooltip).to_be_visible()
        assert "".join(names(tooltip)) == order
        lone.page.mouse.move(1, 1)
    assert lone.options["tooltip_sort"] == "nearest"


def test_of_many_runs_it_shows_those_near_the_pointer_and_counts_the_others(
    lone: LoneView, tooltip: Locator, tmp_path: Path
) -> None:
    lone.open(log_of(tmp_path, {f"run{number}": float(number) for number in range(30)}))
    wait_painted(lone.card("loss"), 49)
    plot = lone.card("loss").locator(".tbn-plot")
    plot.hover(position={"x": 120, "y": plot.bounding_box()["height"] - 30})
    expect(tooltip.locator("tbody tr")).to_have_count(12)
    assert "run0" in names(tooltip)
    expect(tooltip).to_contain_text("18 more, farther from the pointer")


def test_a_value_that_is_no_number_is_told(lone: LoneView, tooltip: Locator, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step, value in enumerate([1.0, 2.0, math.nan, math.inf, 3.0]):
            writer.add_scalar("loss", value, step)
    lone.open(LogDir(tmp_path))
    wait_painted(lone.card("loss"), 4)
    lone.card("loss").locator(".tbn-plot").focus()
    told = []
    for _ in range(3):
        lone.page.keyboard.press("ArrowLeft")
        told.append(tooltip.locator("tbody td").nth(2).inner_text())
    assert told == ["∞", "NaN", "2.00"]
