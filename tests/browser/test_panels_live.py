"""Every panel under a cell that is busy, and then in the report of the same log: used as a person would."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tbnotebook.report.command import main
from tests.browser.cells import IMPORTS
from tests.browser.notebook import Notebook
from tests.browser.panels import open_panel
from tests.browser.watch import Watch

RUNS = ("adam", "sgd")
SOME = 8  # steps

BUSY = """
import numpy as np, os
view = show("logs", height=760)
draw, matrix = np.random.default_rng(0), torch.rand(600, 600)
labels, tone = draw.random(400) < 0.4, np.arange(4000) / 9
writers = [SummaryWriter(f"logs/{name}") for name in ("adam", "sgd")]
for writer, lr in zip(writers, (0.001, 0.1)):
    writer.add_hparams({"lr": lr, "momentum": 0.9}, {"hparam/accuracy": 1 - lr}, run_name=".")
step, began = 0, time.time()
while time.time() < began + 240 and not os.path.exists("enough"):
    for number, writer in enumerate(writers):
        writer.add_scalar("loss", 1 / (1 + step), step)
        writer.add_image("sample", draw.integers(0, 256, (48, 48, 3), dtype=np.uint8), step, dataformats="HWC")
        writer.add_histogram("weights", draw.normal(step / 10, 1, 1000), step)
        scores = np.clip(draw.normal(0.4 + 0.2 * labels, 0.2), 0, 1)
        writer.add_pr_curve("found", labels, scores, step, num_thresholds=51)
        writer.add_text("note", f"# Epoch {step}", step)
        writer.add_audio("tone", np.sin(tone / (1 + step)).astype("float32") / 2, step, sample_rate=8000)
    while time.time() < began + 0.2 * step:
        matrix @ matrix
    step += 1
for writer in writers:
    writer.close()
"""


class Place(NamedTuple):
    """Where a view is used; `live`: its cell is busy, so that more comes."""

    page: Page
    view: Locator
    live: bool

    def panel(self, name: str) -> None:
        """Open a panel."""
        open_panel(self.page, self.view, name)

    def card(self, tag: str) -> Locator:
        """Return the card of a tag, the first run's where each has one."""
        return self.view.locator(f".tbn-card[data-tag='{tag}']").first

    @property
    def step(self) -> Locator:
        """The slider of all cards."""
        return self.view.get_by_role("slider", name="Step", exact=True)

    def wait_for_steps(self) -> None:
        """Wait until there are some: the slider's last place follows the newest."""
        self.panel("images")
        deadline = time.monotonic() + 60
        while int(self.step.get_attribute("max") or 0) < SOME:
            assert time.monotonic() < deadline, f"there are not {SOME} steps"
            self.page.wait_for_timeout(50)

    def wait_for_more(self, number: Callable[[], str | None]) -> None:
        """Wait until a number that the page tells grows by itself, where a cell runs."""
        first, deadline = int(number() or 0), time.monotonic() + 20
        while self.live and int(number() or 0) <= first:
            assert time.monotonic() < deadline, f"nothing has come after {first}"
            self.page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def busy(module_notebook: Notebook) -> Notebook:
    """A notebook whose cell logs something of every kind, and goes on with it."""
    module_notebook.open([IMPORTS, BUSY])
    module_notebook.run(0)
    module_notebook.run(1, wait=False)
    expect(module_notebook.view(1).locator(".tbn-tab[data-panel=images]")).to_be_visible(timeout=20_000)
    return module_notebook


@pytest.fixture(scope="module", params=["busy", "report"])
def place(request: pytest.FixtureRequest, busy: Notebook, context: BrowserContext) -> Iterator[Place]:
    """The view under the busy cell; when all tests have used it, the report."""
    if request.param == "busy":
        place = Place(busy.page, busy.view(1), live=True)
        place.wait_for_steps()
        yield place
        assert busy.is_busy(1)
        busy.watch.check()
        (busy.folder / "enough").touch()
        busy.wait_ended()
        return
    (busy.folder / "enough").touch()
    busy.wait_ended()
    file = busy.folder / "report.html"
    assert main(["report", str(busy.folder / "logs"), "-o", str(file), "--budget", "50MB"]) == 0
    page = context.new_page()
    watch = Watch(page, file.as_uri())
    page.goto(file.as_uri())
    yield Place(page, page.locator(".tbn-view"), live=False)
    watch.check()
    page.close()


def test_pictures_are_walked_through_looked_at_from_near_and_put_side_by_side(place: Place) -> None:
    place.panel("images")
    card = place.card("sample")
    tiles = card.locator(".tbn-tile")
    place.wait_for_more(lambda: tiles.first.get_attribute("data-step"))
    place.step.fill("0")
    for number, run in enumerate(RUNS):
        expect(tiles.nth(number)).to_have_attribute("data-run", run)
        expect(tiles.nth(number)).to_have_attribute("data-step", "0")
        expect(tiles.nth(number)).to_have_attribute("data-state", "here")
    card.locator(".tbn-stage").first.focus()
    place.page.keyboard.press("+")
    for number in range(len(RUNS)):
        expect(card.locator(".tbn-stage").nth(number)).to_have_attribute("data-zoomed", "true")
    card.get_by_role("button", name="Fit", exact=True).click()
    place.step.fill("3")
    place.view.get_by_role("button", name="Steps", exact=True).click()
    expect(tiles).to_have_count(4 * len(RUNS))
    expect(card.locator(".tbn-tile[data-state=here]")).to_have_count(4 * len(RUNS))
    steps = tiles.evaluate_all("(all) => all.map((tile) => Number(tile.dataset.step))")
    assert steps == [0, 1, 2, 3] * len(RUNS)
    place.view.get_by_role("button", name="Runs", exact=True).click()
    expect(tiles).to_have_count(len(RUNS))
    if not place.live:
        look_at_the_print(place)


def look_at_the_print(place: Place) -> None:
    """Look at what is printed of a report that is open in the dark: what the panel shows, dark on white."""
    place.page.emulate_media(media="print", color_scheme="dark")
    expect(place.view).to_have_attribute("data-theme", "dark")
    expect(place.view).to_have_css("color", "rgb(31, 35, 40)")
    expect(place.card("sample").locator("img.tbn-pixels")).to_have_count(len(RUNS))
    expect(place.card("sample").locator("img.tbn-pixels").first).to_be_visible()
    for gone in (place.step, place.view.get_by_role("tab").first, place.page.locator(".tbn-picture")):
        expect(gone).to_be_hidden()
    place.page.emulate_media(media="screen", color_scheme="light")


def test_histograms_are_seen_as_ridge_overlay_and_bands_and_choose_the_step(place: Place) -> None:
    place.panel("histograms")
    card = place.card("weights")
    expect(card).to_have_attribute("data-drawn", "true")
    place.wait_for_more(lambda: card.get_attribute("data-rows"))
    for mode in ("overlay", "bands", "ridge"):
        place.view.locator(f"[data-choice=mode-{mode}]").click()
        expect(place.view.locator(f"[data-choice=mode-{mode}]")).to_have_attribute("aria-pressed", "true")
        expect(card).to_have_attribute("data-drawn", "true")
        card.locator(".tbn-plot").press("ArrowUp")
        expect(place.page.locator(".tbn-tooltip")).to_be_visible()
        if mode != "ridge":
            place.page.keyboard.press("Escape")
    chosen = place.page.locator(".tbn-tooltip td").nth(1).inner_text()
    place.page.keyboard.press("Enter")
    place.page.keyboard.press("Escape")
    place.panel("images")
    expect(place.card("sample").locator(".tbn-tile").first).to_have_attribute("data-step", chosen)


def test_a_classifier_is_walked_through_step_by_step_and_point_by_point(place: Place) -> None:
    place.panel("pr_curves")
    card = place.card("found")
    expect(card).to_have_attribute("data-curves", str(len(RUNS)))
    place.step.fill("1")
    expect(card.locator("tbody td:nth-child(2)")).to_have_text(["1", "1"])
    card.locator(".tbn-plot").focus()
    place.page.keyboard.press("ArrowLeft")
    tip = place.page.locator(".tbn-tooltip")
    for word in ("threshold", "TP", "FP", "precision", "recall"):
        expect(tip).to_contain_text(word)
    place.page.keyboard.press("Escape")


def test_texts_come_and_are_compared(place: Place) -> None:
    place.panel("texts")
    blocks = place.view.locator(".tbn-text-block")
    place.step.fill("2")
    expect(blocks.locator("h1")).to_have_text(["Epoch 2", "Epoch 2"])
    place.view.get_by_role("button", name="Changes", exact=True).click()
    expect(blocks.first.locator("ins")).to_have_text("2")
    place.view.get_by_role("button", name="Markdown", exact=True).click()
    place.step.press("End")
    place.wait_for_more(lambda: blocks.first.locator("h1").inner_text().removeprefix("Epoch "))


def test_sounds_are_drawn_and_played(place: Place) -> None:
    place.panel("audio")
    sounds = place.view.locator(f".tbn-sounds[data-run={RUNS[0]}]")
    place.step.fill("1")
    expect(sounds).to_have_attribute("data-step", "1")
    player = sounds.locator(".tbn-player")
    expect(player).to_have_attribute("data-drawn", "true")
    sounds.get_by_role("button", name="Play: tone of adam").click()
    expect(player).to_have_attribute("data-plays", "true")
    heard = place.view.get_by_role("slider", name="Place in tone of adam")
    expect(heard).not_to_have_attribute("aria-valuenow", "0", timeout=20_000)


def test_hyperparameters_are_sorted_and_filtered_and_choose_the_runs_of_all_panels(place: Place) -> None:
    place.panel("hparams")
    rows = place.view.locator(".tbn-hp-row")
    sort = place.view.locator("[data-column='hparam lr'] .tbn-hp-sort")
    for names in (["sgd", "adam"], ["adam", "sgd"]):
        sort.click()
        expect(rows).to_have_count(len(RUNS))
        assert [row.get_attribute("data-run") for row in rows.all()] == names
    place.view.get_by_role("button", name="Column lr").click()
    place.page.get_by_role("dialog", name="Column lr").get_by_label("from").fill("0.01")
    place.page.keyboard.press("Enter")
    place.page.keyboard.press("Escape")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-run", "sgd")
    place.panel("images")
    tiles = place.card("sample").locator(".tbn-tile")
    expect(tiles).to_have_count(1)
    expect(tiles).to_have_attribute("data-run", "sgd")
    place.panel("hparams")
    place.view.get_by_role("button", name=re.compile("show all")).first.click()
    expect(rows).to_have_count(len(RUNS))
