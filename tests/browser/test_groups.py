"""Runs that are one experiment, a baseline, tags in one chart and over another tag: as a person chooses them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.wire import smooth
from tests.browser.ink import FIRST_RUN, ink
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted

STEPS = 50
RUNS = [f"{name}_seed{seed}" for name in ("adam", "sgd") for seed in range(3)]


def values(run: str, tag: str) -> np.ndarray:
    random = np.random.default_rng([RUNS.index(run), len(tag)])
    return (2.0 if run.startswith("sgd") else 1.0) + random.random(STEPS)


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    for run in RUNS:
        with SummaryWriter(tmp_path / run) as writer:
            for step in range(STEPS):
                for tag in ("loss", "val"):
                    writer.add_scalar(tag, values(run, tag)[step], step)
                writer.add_scalar("epoch", step / 10, step)
    return LogDir(tmp_path)


def last_row(lone: LoneView, card: Locator) -> dict[str, str]:
    """What the tooltip says of the last step but one: names and smoothed values."""
    card.locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    rows = lone.page.locator(".tbn-tooltip tbody tr")
    expect(rows.first).to_be_visible()
    return {row.locator("td").nth(0).inner_text(): row.locator("td").nth(1).inner_text() for row in rows.all()}


def test_runs_that_differ_in_their_seed_become_one_curve_in_a_band(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, smoothing=0.6)
    card = lone.card("loss")
    wait_painted(card, STEPS - 1)
    assert view.locator(".tbn-run").count() == len(RUNS)
    lone.choose("Group runs", "By seed")
    groups = view.locator(".tbn-run[data-group]")
    expect(groups).to_have_count(2)
    assert [group.get_attribute("data-group") for group in groups.all()] == ["adam", "sgd"]
    mean = np.mean([smooth(values(run, "loss"), 0.6) for run in RUNS[:3]], axis=0)
    assert last_row(lone, card)["adam"] == f"{mean[-2]:.2f}"
    spread = np.std([smooth(values(run, "loss"), 0.6) for run in RUNS[:3]], axis=0, ddof=1)
    tooltip = lone.page.locator(".tbn-tooltip")
    assert tooltip.locator("th").nth(3).inner_text() == "± std"
    told = tooltip.locator("tbody tr", has_text="adam").locator("td").nth(3).inner_text()
    assert float(told) == pytest.approx(spread[-2], rel=0.01)
    lone.page.keyboard.press("Escape")
    pale = tuple(int(255 - 0.19 * (255 - channel)) for channel in FIRST_RUN["light"])
    assert ink(card, pale).sum() > 500
    lone.choose("Group runs", "No band")
    lone.page.wait_for_timeout(300)
    assert lone.options["band"] == "none"


def test_a_click_hides_a_whole_group(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, groups="seeds")
    view.locator(".tbn-run[data-group=adam]").click()
    assert sorted(lone.options["hidden"]) == RUNS[:3]
    wait_painted(lone.card("loss"), STEPS - 1)
    assert list(last_row(lone, lone.card("loss"))) == ["sgd"]


def test_all_are_compared_with_a_run_until_a_person_ends_it(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, smoothing=0)
    wait_painted(lone.card("loss"), STEPS - 1)
    view.get_by_role("button", name=f"Colour of {RUNS[0]}").click()
    lone.page.get_by_role("button", name="Compare all with this run").click()
    lone.page.keyboard.press("Escape")
    expect(view.locator(".tbn-baseline")).to_contain_text(f"difference from{RUNS[0]}")
    lone.page.wait_for_timeout(300)
    difference = values(RUNS[4], "loss")[-2] - values(RUNS[0], "loss")[-2]
    found = last_row(lone, lone.card("loss"))
    assert float(found[RUNS[0]]) == 0
    assert abs(float(found[RUNS[4]].replace("−", "-")) - difference) < 0.006
    view.get_by_role("button", name="Compare no more").click()
    expect(view.locator(".tbn-baseline")).to_have_count(0)


def test_two_cards_become_one_chart_by_menu_and_by_dragging(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log)
    lone.choose("Options of loss", "In one chart with another…")
    lone.choose("Options of val", "In one chart with loss")
    assert lone.options["charts"] == [{"title": "", "tags": ["val", "loss"]}]
    both = view.locator(".tbn-group[data-group='/charts'] .tbn-card")
    wait_painted(both, STEPS - 1)
    assert f"{RUNS[0]} · val" in last_row(lone, both)
    lone.choose("Options of val, loss", "Remove this chart")
    expect(both).to_have_count(0)
    lone.card("epoch").locator(".tbn-card-handle").hover()
    lone.page.mouse.down()
    for tag in ("val", "loss", "val"):
        for x in (100, 110):  # a first move only begins the drag
            lone.card(tag).locator(".tbn-plot").hover(position={"x": x, "y": 50})
        expect(view.locator(".tbn-drop-mark")).to_have_text("In one chart with epoch")
        expect(lone.card(tag).locator(".tbn-drop-mark")).to_be_visible()
    lone.page.mouse.up()
    expect(both).to_have_count(1)
    expect(view.locator(".tbn-drop-mark")).to_have_count(0)
    assert lone.options["charts"] == [{"title": "", "tags": ["val", "epoch"]}]


def test_curves_can_be_drawn_over_any_tag(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log)
    lone.choose("Options of epoch", "As the x axis of all")
    expect(view.get_by_role("button", name="epoch", exact=True)).to_have_attribute("aria-pressed", "true")
    lone.page.wait_for_timeout(300)
    labels = lone.card("loss").locator(".xtick text").all_text_contents()
    assert {"0", "1", "2", "3", "4"} <= {label.removesuffix(".0") for label in labels}
    lone.choose("Options of epoch", "As the x axis of all")
    assert lone.options["x"] == "step"


def test_keys_of_add_scalars_are_lines_and_no_runs(lone: LoneView, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        for step in range(STEPS):
            writer.add_scalars("norms", {"encoder": 1.0, "decoder": 2.0}, step)
            writer.add_scalar("loss", 1.0, step)
    view = lone.open(LogDir(tmp_path))
    card = lone.card("norms")
    wait_painted(card, STEPS - 1)
    assert [chip.get_attribute("data-run") for chip in view.locator(".tbn-run").all()] == ["run"]
    assert list(last_row(lone, card)) == ["run · decoder", "run · encoder"]


def test_a_layouts_charts_stand_in_their_category_with_lines_and_margins(lone: LoneView, tmp_path: Path) -> None:
    layout = {"quality": {"losses": ["Multiline", ["loss/.*"]], "bounds": ["Margin", ["acc", "low", "high"]]}}
    with SummaryWriter(tmp_path / "run") as writer:
        writer.add_custom_scalars(layout)
        for step in range(STEPS):
            for tag, value in {"loss/a": 1.0, "loss/b": 2.0, "acc": 0.5, "low": 0.4, "high": 0.7}.items():
                writer.add_scalar(tag, value, step)
    view = lone.open(LogDir(tmp_path))
    cards = view.locator(".tbn-group[data-group='/category quality'] .tbn-card")
    expect(cards).to_have_count(2)
    losses, bounds = cards.all()
    wait_painted(losses, STEPS - 1)
    assert list(last_row(lone, losses)) == ["run · loss/b", "run · loss/a"]
    lone.page.keyboard.press("Escape")
    wait_painted(bounds, STEPS - 1)
    lone.page.mouse.move(1, 1)
    pale = tuple(int(255 - 0.19 * (255 - channel)) for channel in FIRST_RUN["light"])
    assert ink(bounds, pale).sum() > 2000
