"""The panel of hyperparameters: a sweep as a person looks at it, live and saved."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.lone import LoneView

RATES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
OPTIMIZERS = ("adamw", "sgd", "lion")
RUNS = 15


def given(number: int) -> dict[str, Any]:
    """What a run of the sweep was given; the last says nothing of its warm-up."""
    values: dict[str, Any] = {
        "lr": RATES[number % 5],
        "optimizer": OPTIMIZERS[number % 3],
        "batch_size": 32 << number % 4,
        "amp": number % 2 == 0,
        "warmup": None if number % 4 == 0 else 500 * (number % 4),
    }
    if number == RUNS - 1:
        del values["warmup"]
    return values


def loss(number: int) -> float:
    return 0.3 + 0.1 * abs(math.log10(RATES[number % 5]) + 3) + 0.01 * number


def name(number: int) -> str:
    return f"{OPTIMIZERS[number % 3]}-{number:02d}"


def write(folder: Path, runs: int) -> LogDir:
    for number in range(runs):
        with SummaryWriter(folder / name(number)) as writer:
            for step in range(10):
                writer.add_scalar("val/loss", loss(number) + (9 - step) / 10, step)
            writer.add_hparams(given(number), {"hparam/accuracy": 1 - loss(number)})
    with SummaryWriter(folder / "untold") as writer:
        writer.add_scalar("val/loss", 3.0, 0)
    return LogDir(folder)


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> LogDir:
    return write(tmp_path_factory.mktemp("sweep"), RUNS)


def row(lone: LoneView, run: str) -> Locator:
    return lone.view.locator(f'.tbn-hp-row[data-run="{run}"]')


def cells(lone: LoneView, run: str) -> list[str]:
    return row(lone, run).locator("[role=gridcell]").all_inner_texts()


def names(lone: LoneView) -> list[str]:
    return [one.get_attribute("data-run") or "" for one in lone.view.locator(".tbn-hp-row").all()]


def heads(lone: LoneView) -> list[str]:
    return [one.inner_text() for one in lone.view.locator(".tbn-hp-sort").all()]


def column_menu(lone: LoneView, title: str) -> Locator:
    lone.view.get_by_role("button", name=f"Column {title}").click()
    return lone.page.get_by_role("dialog", name=f"Column {title}")


def brush(lone: LoneView, column: str, low: float, high: float) -> None:
    """Drag along an axis between two shares of it."""
    strip = lone.view.locator(f'.tbn-hp-axis[data-column="{column}"] .tbn-hp-strip').bounding_box()
    assert strip is not None
    x, top, length = strip["x"] + strip["width"] / 2, strip["y"] + 6, strip["height"] - 12
    lone.page.mouse.move(x, top + (1 - high) * length)
    lone.page.mouse.down()
    lone.page.mouse.move(x, top + (1 - (low + high) / 2) * length)
    lone.page.mouse.move(x, top + (1 - low) * length)
    lone.page.mouse.up()


def test_the_table_tells_what_runs_were_given_and_how_they_ended(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    assert heads(lone) == ["Run", "lr", "optimizer", "batch_size", "amp", "warmup", "hparam/accuracy"]
    assert cells(lone, name(0))[1:] == ["1e−4", "adamw", "32", "true", "None", "0.600"]
    assert cells(lone, name(1))[1:6] == ["3e−4", "sgd", "64", "false", "500"]
    lone.view.locator(".tbn-hp-grid").focus()
    lone.page.keyboard.press("End")
    assert cells(lone, "untold")[1:] == ["–"] * 6
    lr = view.locator('[data-column="hparam lr"] .tbn-hp-sort')
    lr.click()
    best = [number for number in range(RUNS) if RATES[number % 5] == 1e-2]
    lone.page.keyboard.press("Tab")
    expect(view.locator('.tbn-hp-head [data-column="hparam lr"]')).to_have_attribute("aria-sort", "descending")
    assert sorted(names(lone)[: len(best)]) == sorted(name(number) for number in best)
    lr.click()
    expect(view.locator('.tbn-hp-head [data-column="hparam lr"]')).to_have_attribute("aria-sort", "ascending")


def test_a_brush_chooses_the_runs_of_all_panels(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    brush(lone, "hparam lr", 0.4, 0.8)
    chosen = {name(number) for number in range(RUNS) if RATES[number % 5] in (1e-3, 3e-3)}
    expect(view.get_by_role("status").filter(has_text="chosen")).to_have_text(f"{len(chosen)} of {RUNS + 1} chosen")
    assert set(names(lone)) == chosen
    view.locator("[data-panel=curves]").click()
    expect(view.locator(".tbn-summary")).to_contain_text(f"{len(chosen)} of {RUNS + 1} runs")
    assert set(lone.options["hidden"]) == {name(number) for number in range(RUNS)} - chosen | {"untold"}
    view.locator("[data-panel=hparams]").click()
    strip = view.locator('.tbn-hp-axis[data-column="hparam lr"] .tbn-hp-strip')
    strip.click()
    assert len(names(lone)) > len(chosen)
    assert lone.options["hidden"] == []


def test_columns_are_filtered_by_range_choice_and_expression(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    box = column_menu(lone, "optimizer")
    for other in ("lion", "sgd"):
        box.get_by_role("checkbox", name=other).uncheck()
    lone.page.keyboard.press("Escape")
    assert set(names(lone)) == {name(number) for number in range(RUNS) if number % 3 == 0} | {"untold"}
    box = column_menu(lone, "batch_size")
    box.get_by_label("from").fill("100")
    lone.page.keyboard.press("Enter")
    lone.page.keyboard.press("Escape")
    wanted = {name(number) for number in range(RUNS) if number % 3 == 0 and number % 4 >= 2}
    assert set(names(lone)) == wanted
    column_menu(lone, "Run").get_by_label("regular expression").fill(r"0\d$")
    lone.page.keyboard.press("Escape")
    assert set(names(lone)) == {one for one in wanted if one[-2] == "0"}
    view.get_by_role("button", name="show all").first.click()
    expect(view.locator(".tbn-hp-grid")).to_have_attribute("aria-rowcount", str(RUNS + 2))
    assert lone.options["hidden"] == []


def test_a_row_is_lit_in_the_table_and_both_plots(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    row(lone, name(3)).hover()
    assert view.locator(".tbn-hp-value").all_inner_texts() == cells(lone, name(3))[1:]
    expect(view.locator(".tbn-hp-note")).to_contain_text(name(3))
    row(lone, name(3)).locator("[role=gridcell]").nth(2).click()
    lone.page.mouse.move(2, 2)
    expect(view.locator(".tbn-hp-row[data-lit=true]")).to_have_count(1)
    view.locator(".tbn-hp-grid").focus()
    lone.page.keyboard.press("ArrowDown")
    expect(view.locator(".tbn-hp-row[data-lit=true]")).not_to_have_attribute("data-run", name(3))
    lone.page.keyboard.press("Space")
    expect(view.locator(".tbn-hp-row[data-lit=true]")).to_have_attribute("data-shown", "false")


def test_a_click_leads_to_the_curves_and_shift_to_those_of_one_run(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams", hidden=[name(3)])
    row(lone, name(3)).locator(".tbn-hp-go").click()
    expect(lone.card("val/loss")).to_be_visible()
    assert (lone.options["panel"], lone.options["hidden"]) == ("curves", [])
    view.locator("[data-panel=hparams]").click()
    row(lone, name(3)).locator(".tbn-hp-go").click(modifiers=["Shift"])
    expect(view.locator(".tbn-summary")).to_contain_text(f"1 of {RUNS + 1} runs")


def test_columns_are_chosen_moved_and_kept(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    view.get_by_role("button", name="Columns").click()
    box = lone.page.get_by_role("dialog", name="Columns")
    box.get_by_role("checkbox", name="warmup").uncheck()
    box.get_by_role("checkbox", name="val/loss").check()
    lone.page.keyboard.press("Escape")
    box = column_menu(lone, "val/loss")
    box.get_by_role("button", name="max").click()
    lone.page.get_by_role("dialog", name="Column max val/loss").get_by_role("button", name="← Move").click()
    lone.page.keyboard.press("Escape")
    wanted = ["Run", "lr", "optimizer", "batch_size", "amp", "max val/loss", "hparam/accuracy"]
    assert heads(lone) == wanted
    assert float(cells(lone, name(0))[5]) == pytest.approx(loss(0) + 0.9, abs=1e-3)
    lone.view.get_by_label("Horizontal axis").select_option(label="batch_size")
    lone.reload(sweep)
    assert heads(lone) == wanted
    expect(lone.view.get_by_label("Horizontal axis")).to_have_value("hparam batch_size")


def test_a_head_is_dragged_to_another_place_and_a_rectangle_chooses_points(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    head = view.locator('.tbn-hp-head [data-column="hparam lr"]')
    head.drag_to(view.locator('.tbn-hp-head [data-column="hparam amp"]'))
    assert heads(lone) == ["Run", "optimizer", "batch_size", "lr", "amp", "warmup", "hparam/accuracy"]
    view.get_by_label("Horizontal axis").select_option(label="lr")
    box = view.locator(".tbn-hp-points").bounding_box()
    assert box is not None
    lone.page.mouse.move(box["x"] + 2, box["y"] + 1)
    lone.page.mouse.down()
    lone.page.mouse.move(box["x"] + 20, box["y"] + 60)
    lone.page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] - 2)
    lone.page.mouse.up()
    assert set(names(lone)) == {name(number) for number in range(RUNS) if RATES[number % 5] <= 1e-3}


def test_the_rows_and_columns_that_are_shown_are_saved_as_csv(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep, panel="hparams")
    brush(lone, "hparam lr", 0.9, 1)
    with lone.page.expect_download() as download:
        view.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.endswith("-hparams.csv")
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert [one["run"] for one in rows] == names(lone)
    wanted = {name(number): number for number in range(RUNS) if number % 5 == 4}
    assert {one["run"] for one in rows} == set(wanted)
    for one in rows:
        values = given(wanted[one["run"]])
        assert float(one["lr"]) == values["lr"]
        assert one["amp"] == str(values["amp"]).lower()
        assert one["warmup"] == ("" if "warmup" not in values else str(values["warmup"]))
        assert float(one["hparam/accuracy"]) == pytest.approx(1 - loss(wanted[one["run"]]), rel=1e-6)


def test_it_follows_a_sweep_while_it_runs(lone: LoneView, tmp_path: Path) -> None:
    log = write(tmp_path, 3)
    lone.open(log, panel="hparams")
    assert names(lone) == [*sorted(name(number) for number in range(3)), "untold"]
    with SummaryWriter(tmp_path / "zz-new") as writer:
        writer.add_hparams({"lr": "auto", "heads": 8}, {"hparam/accuracy": 0.987})
        writer.flush()
        lone.tell(log)
        expect(row(lone, "zz-new")).to_contain_text("0.987")
    assert "auto" in cells(lone, "zz-new")
    assert "heads" in heads(lone)

    bound = column_menu(lone, "batch_size").get_by_label("from")
    bound.fill("100")
    with SummaryWriter(tmp_path / "zz-newer") as writer:
        writer.add_hparams({"batch_size": 512}, {"hparam/accuracy": 0.9})
    lone.tell(log)
    expect(row(lone, "zz-newer")).to_be_visible()
    expect(bound).to_have_value("100")
    lone.page.keyboard.press("Enter")
    expect(row(lone, name(0))).to_have_count(0)
    assert names(lone) == [name(2), "zz-newer"]


def test_runs_that_were_given_the_same_are_grouped_in_the_curves(lone: LoneView, sweep: LogDir) -> None:
    view = lone.open(sweep)
    lone.choose("Group runs", "optimizer")
    groups = view.locator(".tbn-run[data-group]")
    expect(groups).to_have_count(3)
    assert {one.get_attribute("data-group") for one in groups.all()} == {f"optimizer={one}" for one in OPTIMIZERS}
    expect(view.get_by_role("button", name="Group runs")).to_have_text("by optimizer")
    assert lone.options["groups"] == "hparam:optimizer"


def test_a_saved_view_does_the_same_without_a_kernel(lone: LoneView, sweep: LogDir) -> None:
    filters = {"hparam optimizer": {"kind": "choice", "only": ['"sgd"']}}
    ui = {"panels": {"hparams": {"filters": filters, "sort": {"key": "hparam lr", "down": True}}}}
    sgd = [number for number in range(RUNS) if number % 3 == 1]
    hidden = ["untold", *(name(number) for number in range(RUNS) if number not in sgd)]
    view = lone.open_saved(sweep, panel="hparams", ui=ui, hidden=hidden)
    assert names(lone) == [name(n) for n in sorted(sgd, key=lambda n: (-RATES[n % 5], n))]
    brush(lone, "hparam lr", 0.9, 1)
    assert set(names(lone)) == {name(number) for number in sgd if number % 5 == 4}
    view.get_by_role("button", name="show all").first.click()
    expect(view.locator(".tbn-hp-grid")).to_have_attribute("aria-rowcount", str(RUNS + 2))


@pytest.mark.parametrize(("width", "dark"), [(420, False), (900, False), (900, True), (1600, True)])
def test_all_of_it_can_be_read(lone: LoneView, sweep: LogDir, width: int, dark: bool) -> None:
    lone.page.set_viewport_size({"width": width + 32, "height": 900})
    view = lone.open(sweep, dark=dark, panel="hparams", hidden=[name(1)])
    row(lone, name(3)).locator("[role=gridcell]").nth(1).click()
    lone.page.mouse.move(2, 2)
    lone.page.wait_for_timeout(300)
    SCREENS.mkdir(parents=True, exist_ok=True)
    lone.page.screenshot(path=SCREENS / f"hparams-{width}-{'dark' if dark else 'light'}.png")
    assert faults(view) == []
    assert violations(lone.page, view) == []
    for title in ("optimizer", "lr"):
        assert violations(lone.page, column_menu(lone, title)) == []
        lone.page.keyboard.press("Escape")
