"""The panel of histograms, used as a person would: while the kernel is busy, and in a saved view."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from tensorboard.plugins.distribution.compressor import compress_histogram

from tbnotebook import LogDir, SummaryWriter
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.ink import FIRST_RUN, ink
from tests.browser.lone import LoneView

RUNS = ("adam", "sgd")
TAGS = ("net/bias", "net/weight")
STEPS = 8
MODES = ("ridge", "overlay", "bands")


@contextmanager
def writers(folder: Path, names: tuple[str, ...] = RUNS) -> Iterator[dict[str, SummaryWriter]]:
    """Open a writer for each run."""
    opened = {name: SummaryWriter(folder / name) for name in names}
    yield opened
    for writer in opened.values():
        writer.close()


def write(opened: dict[str, SummaryWriter], steps: range) -> None:
    """Write histograms that wander to the right."""
    for number, writer in enumerate(opened.values()):
        for step in steps:
            values = np.random.default_rng([number, step]).normal(step / 10, 1 + number / 10, 400)
            for tag in TAGS:
                writer.add_histogram(tag, values, 10 * step, bins=30, walltime=1.7e9 + 60 * step)
        writer.flush()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs of two tags."""
    with writers(tmp_path / "logs") as opened:
        write(opened, range(STEPS))
    return tmp_path / "logs"


def card(lone: LoneView, tag: str = "net/weight", run: str = "adam") -> Locator:
    """Return the card of a tag and a run; of all runs, an empty name."""
    return lone.view.locator(f'.tbn-card[data-tag="{tag}"][data-run="{run}"]')


def rows(lone: LoneView, count: int, **where: str) -> Locator:
    """Wait until a card has drawn so many rows."""
    found = card(lone, **where)
    expect(found).to_have_attribute("data-rows", str(count))
    return found


def choose(lone: LoneView, choice: str) -> None:
    """Press one of the panel's choices."""
    lone.view.locator(f"[data-choice={choice}]").click()


def tip(lone: LoneView) -> list[list[str]]:
    """What the table under the pointer says: its rows."""
    lines = lone.page.locator(".tbn-tooltip tr")
    return [row.locator("th, td").all_inner_texts() for row in lines.all()]


def number(text: str) -> float:
    """A number as the page writes it."""
    return float(text.replace("−", "-").replace("\u202f", ""))


def test_a_busy_run_is_looked_at_row_by_row_and_bin_by_bin(lone: LoneView, tmp_path: Path) -> None:
    with writers(tmp_path) as opened:
        write(opened, range(STEPS))
        log = LogDir(tmp_path)
        lone.open(log)
        lone.view.locator("[data-panel=histograms]").click()
        weight = rows(lone, STEPS)
        expect(lone.view.locator(".tbn-card")).to_have_count(len(RUNS) * len(TAGS))
        assert ink(weight.locator(".tbn-plot"), FIRST_RUN["light"]).sum() > 500

        weight.locator(".tbn-plot").focus()
        lone.page.keyboard.press("ArrowUp")  # the densest bin of the newest row
        (_, cells) = tip(lone)
        found = log.runs["adam"].histograms["net/weight"][STEPS - 1]
        densest = int(found.count.argmax())
        low, high = (number(edge) for edge in cells[2].split(" – "))
        assert cells[1] == str(10 * (STEPS - 1))
        assert (low, high) == pytest.approx((found.left[densest], found.right[densest]), abs=0.01)
        assert number(cells[3]) == found.count[densest]
        lone.page.keyboard.press("ArrowUp")
        assert tip(lone)[1][1] == str(10 * (STEPS - 2))
        lone.page.keyboard.press("Enter")
        assert lone.options["ui"]["step"] == 10 * (STEPS - 2)
        lone.page.keyboard.press("Escape")
        expect(lone.page.locator(".tbn-tooltip")).to_have_count(0)

        write(opened, range(STEPS, STEPS + 2))
        lone.tell(log)
        rows(lone, STEPS + 2)
        lone.view.locator(".tbn-run[data-run=sgd]").click()
        expect(lone.view.locator(".tbn-card")).to_have_count(len(TAGS))
        lone.page.get_by_label("Filter tags").fill("bias")
        expect(lone.view.locator(".tbn-card")).to_have_count(1)


def test_bands_are_the_percentiles_that_tensorboard_has(lone: LoneView, folder: Path) -> None:
    log = LogDir(folder)
    lone.open(log, panel="histograms")
    choose(lone, "mode-bands")
    choose(lone, "together-true")
    plot = rows(lone, len(RUNS) * STEPS, run="").locator(".tbn-plot")
    plot.focus()
    lone.page.keyboard.press("ArrowLeft")
    told = tip(lone)
    assert [row[0] for row in told[2:]] == ["max", "93%", "84%", "69%", "50%", "31%", "16%", "7%", "min"]
    for column, run in enumerate(RUNS, 1):
        found = log.runs[run].histograms["net/weight"][-1]
        bins = np.stack([found.left, found.right, found.count], axis=1).tolist()
        want = [value for _, value in compress_histogram(bins)]
        assert [number(row[column]) for row in told[:1:-1]] == pytest.approx(want, abs=0.01)
    assert lone.options["ui"]["panels"]["histograms"] == {"mode": "bands", "together": True}


def test_what_has_not_come_is_told_asked_for_and_drawn_when_it_comes(lone: LoneView, folder: Path) -> None:
    log = LogDir(folder)
    lone.open(log, blobs=False, panel="histograms")
    expect(card(lone)).to_contain_text(f"0 of {STEPS} steps drawn · {STEPS} coming")
    lone.send_blobs(log)
    weight = rows(lone, STEPS)
    expect(weight).not_to_contain_text("coming")
    choose(lone, "x-wall")
    expect(weight).to_have_attribute("data-rows", str(STEPS))


def test_a_saved_view_shows_what_it_has_and_says_what_it_has_not(lone: LoneView, folder: Path) -> None:
    log = LogDir(folder)
    lone.open_saved(log, budget=7_000, panel="histograms")
    weight = card(lone)
    expect(weight).to_have_attribute("data-drawn", "true")
    expect(weight).to_contain_text("not in this saved view")
    drawn = int(weight.get_attribute("data-rows") or 0)
    assert 1 <= drawn < STEPS
    with lone.page.expect_download() as download:
        lone.choose("Options of net/weight · adam", "Download CSV")
    head, *lines = csv.reader(io.StringIO(download.value.path().read_text("utf-8")))
    assert head == ["run", "attempt", "tag", "step", "wall_time", "left", "right", "count"]
    with lone.page.expect_download() as download:
        lone.choose("Options of net/weight · adam", "Download PNG")
    assert download.value.suggested_filename == "net_weight_adam.png"
    picture = np.asarray(Image.open(download.value.path()).convert("RGB")).astype(int)
    assert (np.abs(picture - FIRST_RUN["light"]).max(axis=2) < 60).sum() > 5000
    newest = [list(map(float, line[5:])) for line in lines if line[3] == str(10 * (STEPS - 1))]
    found = log.runs["adam"].histograms["net/weight"][-1]
    np.testing.assert_allclose(newest, np.stack([found.left, found.right, found.count], axis=1), rtol=1e-6)


def test_many_steps_of_many_bins_are_drawn_only_where_they_are_in_sight(lone: LoneView, tmp_path: Path) -> None:
    edges = np.linspace(-5, 5, 513)
    with SummaryWriter(tmp_path) as writer:
        for step in range(100):
            counts = np.random.default_rng(step).poisson(1000 * np.exp(-(((edges[1:] - step / 100) / 2) ** 2)))
            for tag in range(20):
                moments = (-5.0, 5.0, float(counts.sum()), 0.0, 1.0)
                writer.add_histogram_raw(f"w{tag:02}", *moments, edges[1:].tolist(), counts.tolist(), step)
    lone.open(LogDir(tmp_path), panel="histograms", height=500)
    expect(card(lone, "w00", ".")).to_have_attribute("data-drawn", "true")
    drawn = lone.view.locator(".tbn-card[data-drawn=true]")
    assert drawn.count() <= 12  # only what is in sight, or near
    counts = lone.page.evaluate(
        """async () => {
          const scroll = document.querySelector(".tbn-scroll");
          scroll.focus();
          let most = 0;
          for (let i = 0; i < 40; i++) {
            scroll.scrollBy(0, 40);
            await new Promise((done) => requestAnimationFrame(done));
            most = Math.max(most, document.querySelectorAll(".tbn-card[data-drawn=true]").length);
          }
          return most;
        }"""
    )
    assert counts <= 12
    expect(card(lone, "w19", ".")).to_have_attribute("data-drawn", "true")
    assert 8 <= int(card(lone, "w19", ".").get_attribute("data-rows") or 0) <= 30


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_of_the_panel_can_be_read(lone: LoneView, tmp_path: Path, dark: bool) -> None:
    for count in (1, 20):
        names = tuple(f"adamw-cosine lr={1 + number}e-4" for number in range(count))
        with writers(tmp_path / str(count), names) as opened:
            write(opened, range(STEPS))
        log = LogDir(tmp_path / str(count))
        for width, mode in zip((420, 900, 1600), MODES, strict=True):
            lone.page.set_viewport_size({"width": width + 32, "height": 800})
            settings = {"mode": mode, "together": width == 900}
            view = lone.open(log, dark=dark, panel="histograms", ui={"panels": {"histograms": settings}})
            expect(view.locator(".tbn-card[data-drawn=true]").first).to_be_visible()
            lone.page.wait_for_timeout(300)
            SCREENS.mkdir(parents=True, exist_ok=True)
            lone.page.screenshot(path=SCREENS / f"histograms-{width}-{count}-{'dark' if dark else 'light'}.png")
            assert faults(view) == []
            assert violations(lone.page, view) == []
    card(lone, TAGS[0], names[0]).locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(lone.page.locator(".tbn-tooltip")).to_be_visible()
    assert faults(lone.view) == []
    assert violations(lone.page, lone.view) == []
