"""Which runs show, and in which colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.ink import ink
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted

BLUE, ORANGE, RASPBERRY = (0x1B, 0x53, 0xB9), (0xDF, 0x6E, 0x18), (0xA3, 0x1B, 0x59)


def write(folder: Path, names: list[str]) -> LogDir:
    for number, name in enumerate(names):
        with SummaryWriter(folder / name) as writer:
            for step in range(50):
                writer.add_scalar("loss", number + 1.0, step)
    return LogDir(folder)


def colors(lone: LoneView) -> list[bool]:
    """Whether the card's lines have blue, orange and raspberry."""
    lone.page.mouse.move(1, 1)
    lone.page.wait_for_timeout(300)
    plot = lone.card("loss").locator(".tbn-plot")
    return [bool(ink(plot, color).any()) for color in (BLUE, ORANGE, RASPBERRY)]


def names(chips: Locator) -> list[str]:
    return chips.locator(".tbn-run").evaluate_all("(runs) => runs.map((run) => run.dataset.run)")


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    return write(tmp_path, ["lr1/seed0", "lr1/seed1", "lr2/seed0"])


def test_only_runs_that_match_the_option_show(lone: LoneView, log: LogDir) -> None:
    lone.open(log, runs="lr1/SEED1")
    wait_painted(lone.card("loss"), 49)
    assert names(lone.view.locator(".tbn-chips")) == ["lr1/seed1"]
    assert colors(lone) == [False, True, False]
    expect(lone.view.locator(".tbn-chips")).to_contain_text("2 filtered out")
    lone.view.get_by_role("button", name="show all").click()
    assert len(names(lone.view.locator(".tbn-chips"))) == 3
    assert lone.options["runs"] == ""
    lone.change("runs", "lr1/seed0")
    assert colors(lone) == [True, False, False]
    lone.choose("More options", "Show all runs")
    assert len(names(lone.view.locator(".tbn-chips"))) == 3


def test_the_filter_of_the_list_of_many_runs_is_the_option(lone: LoneView, tmp_path: Path) -> None:
    lone.open(write(tmp_path, [f"lr{number}" for number in range(10)]))
    wait_painted(lone.card("loss"), 49)
    lone.view.get_by_placeholder("Filter runs").fill("lr[13]$")
    assert names(lone.view.locator(".tbn-list")) == ["lr1", "lr3"]
    assert colors(lone) == [False, True, True]
    assert lone.options["runs"] == "lr[13]$"


def test_a_runs_colour_can_be_changed_and_is_so_after_a_reload(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    wait_painted(lone.card("loss"), 49)
    assert colors(lone) == [True, True, False]
    lone.view.get_by_role("button", name="Colour of lr1/seed0").click()
    lone.page.get_by_role("button", name="raspberry").click()
    lone.page.keyboard.press("Escape")
    assert colors(lone) == [False, True, True]
    lone.view.get_by_role("button", name="Colour of lr1/seed0").click()
    lone.page.locator("input[type=color]").fill("#1b53b9")
    assert lone.options["colors"] == {"lr1/seed0": "#1b53b9"}
    lone.reload(log)
    wait_painted(lone.card("loss"), 49)
    lone.view.get_by_role("button", name="Colour of lr1/seed0").click()
    lone.page.get_by_role("button", name="Usual colour").click()
    assert lone.options["colors"] == {}


def test_runs_can_share_a_colour_by_a_part_of_their_names(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    wait_painted(lone.card("loss"), 49)
    lone.choose("More options", "Runs and colours…")
    lone.page.get_by_role("textbox", name="Colour by").fill("lr(.)")
    lone.page.keyboard.press("Escape")
    swatches = lone.view.locator(".tbn-chips .tbn-swatch")
    shown = swatches.evaluate_all("(swatches) => swatches.map((swatch) => swatch.style.background)")
    assert shown == ["rgb(27, 83, 185)", "rgb(27, 83, 185)", "rgb(223, 110, 24)"]
    assert colors(lone) == [True, True, False]


def test_older_attempts_are_faint_or_not_drawn(lone: LoneView, tmp_path: Path) -> None:
    for attempt in range(2):
        with SummaryWriter(tmp_path / "run", filename_suffix=f".{attempt}") as writer:
            for step in range(50):
                writer.add_scalar("loss", 2.0 - attempt, step)
    log = LogDir(tmp_path)
    lone.open(log, smoothing=0)
    wait_painted(lone.card("loss"), 49)
    lone.card("loss").locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    rows = lone.page.locator(".tbn-tooltip tbody tr")
    expect(rows).to_have_count(2)
    lone.choose("More options", "Runs and colours…")
    lone.page.get_by_role("button", name="Newest").click()
    lone.page.keyboard.press("Escape")
    lone.card("loss").locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("attempt 2")
    assert lone.options["attempts"] == "newest"
