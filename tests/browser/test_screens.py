"""Twelve screens, light and dark, in three widths, with one run and with fifty: all of it can be read."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted

LAST = 62_000
STEPS = range(0, LAST + 1, 1000)


def curves(number: int, step: int) -> dict[str, float]:
    """What a run of a training logs."""
    done = step / LAST
    wave = math.sin(step / 900 + 7 * number) * 0.05
    return {
        "train/loss": 0.3 + 2 * math.exp(-4 * done) + 0.02 * number + wave,
        "train/learning_rate": 3e-4 * (1 - done) / (1 + number % 3),
        "train/grad_norm": 1.2 + number % 5 / 5 + 10 * wave**2,
        "val/loss": 0.4 + 2 * math.exp(-3 * done) + 0.02 * number,
        "val/accuracy": 0.9 - 0.5 * math.exp(-4 * done) - 0.004 * number,
        "val/calibration_error": 0.04 + 0.08 * math.exp(-5 * done) + wave / 50,
    }


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, LogDir]:
    """Folders of one run and of fifty."""
    folders = {}
    for runs in (1, 50):
        folder = tmp_path_factory.mktemp(f"runs{runs}") / "cifar10"
        for number in range(runs):
            name = f"adamw-cosine lr={1 + number // 5}e-4/seed{number % 5}"
            with SummaryWriter(folder / name) as writer:
                for step in STEPS:
                    for tag, value in curves(number, step).items():
                        writer.add_scalar(tag, value, step, walltime=1.7e9 + step / 30)
        folders[runs] = LogDir(folder)
    return folders


@pytest.mark.parametrize("runs", [1, 50])
@pytest.mark.parametrize("width", [420, 900, 1600])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_of_a_screen_can_be_read(
    lone: LoneView, logs: dict[int, LogDir], dark: bool, width: int, runs: int
) -> None:
    # The page has 16 pixels on either side of the view.
    lone.page.set_viewport_size({"width": width + 32, "height": 800})
    view = lone.open(logs[runs], dark=dark)
    wait_painted(lone.card("train/loss"), LAST)
    lone.page.mouse.move(1, 1)
    lone.page.wait_for_timeout(500)
    SCREENS.mkdir(parents=True, exist_ok=True)
    lone.page.screenshot(path=SCREENS / f"curves-{width}-{runs}-{'dark' if dark else 'light'}.png")
    assert faults(view) == []
    assert violations(lone.page, view) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_opens_can_be_read_too(lone: LoneView, logs: dict[int, LogDir], dark: bool) -> None:
    ui = {"size": {"train/loss": "large"}, "selection": {"axis": "step", "from": 30_000, "to": 44_000}}
    view = lone.open(logs[50], dark=dark, ui=ui, pins=["train/loss"], hidden=["adamw-cosine lr=1e-4/seed0"])
    wait_painted(lone.card("train/loss"), LAST)
    lone.card("train/loss").locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(lone.page.locator(".tbn-tooltip")).to_be_visible()
    assert faults(view) == []
    assert violations(lone.page, view) == []
    for name in ("More options", "Options of train/loss"):
        view.get_by_role("button", name=name, exact=True).click()
        expect(lone.page.get_by_role("menu")).to_be_visible()
        assert faults(view) == []
        assert violations(lone.page, view) == []
        lone.page.keyboard.press("Escape")
    for menu, entry in (("More options", "Runs and colours…"), ("Options of train/loss", "Range of y…")):
        lone.choose(menu, entry)
        expect(lone.page.get_by_role("dialog")).to_be_visible()
        assert faults(view) == []
        assert violations(lone.page, view) == []
        lone.page.keyboard.press("Escape")


def test_what_cannot_be_read_is_found(lone: LoneView) -> None:
    lone.page.set_content(
        "<main style='font: 12px sans-serif; position: relative'><b style='font-size: 9px'>small</b>"
        "<div style='width: 30px; overflow: hidden; white-space: nowrap'>cut off at its end</div>"
        "<i style='position: absolute; left: 0; top: 60px'>one text</i>"
        "<i style='position: absolute; left: 10px; top: 62px'>another</i></main>"
    )
    found = faults(lone.page.locator("main"))
    assert found == ['"small" is 9px high', '"cut off at its end" is cut off', '"one text" and "another" overlap']


FOCUSED = """() => {
  const element = document.activeElement;
  if (element.closest(".tbn-view") === null) return null;
  const rung = [element, element.parentElement, element.querySelector(".tbn-edge-pill")]
    .filter((one) => one !== null)
    .map((one) => getComputedStyle(one))
    .some(({ outlineStyle, outlineWidth, boxShadow }) =>
      (outlineStyle !== "none" && outlineWidth === "2px") || boxShadow.includes("2px inset"));
  const box = element.getBoundingClientRect();
  const text = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
  return { name: text.trim(), rung, sized: box.width >= 8 && box.height >= 8 };
}"""


@pytest.mark.parametrize("runs", [1, 50])
def test_every_control_is_reached_by_tab_with_a_ring_around_it(
    lone: LoneView, logs: dict[int, LogDir], runs: int
) -> None:
    selection = {"axis": "step", "from": 30_000, "to": 44_000}
    view = lone.open(logs[runs], ui={"selection": selection, "size": {"train/loss": "large"}}, height=2000)
    wait_painted(lone.card("train/loss"), LAST)
    reached = []
    for _ in range(400):
        lone.page.keyboard.press("Tab")
        focused = lone.page.evaluate(FOCUSED)
        if focused is None:
            break
        reached.append(focused)
    assert [one for one in reached if not (one["rung"] and one["name"] and one["sized"])] == []
    controls = view.locator("button:visible, input:visible, [role=slider]:visible, .tbn-plot:visible").count()
    assert len(reached) >= controls
    names = {one["name"] for one in reached}
    assert {"Pin above the others: val/loss", "Enlarge: train/loss", "Options of val/loss", "More options"} <= names
    assert {"Start of the selected range", "Zoom to range", "Clear the selection", "last ↓"} <= names
