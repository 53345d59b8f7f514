"""The panel of precision over recall, used as a person would: while the kernel is busy, and in a saved view."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.ink import FIRST_RUN, ink
from tests.browser.lone import LoneView
from tests.browser.test_histograms import number, tip

RUNS = ("adam", "sgd")
STEPS = range(0, 50, 10)
SAMPLES = 500
THRESHOLDS = 101


def scored(run: int, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and what a classifier that learns says of them, on the grid of the thresholds."""
    random = np.random.default_rng([run, step])
    labels = random.random(SAMPLES) < 0.3
    scores = 1 / (1 + np.exp(-random.normal((0.2 + step / 40 - run / 10) * (2 * labels - 1), 1.0)))
    return labels, np.round(scores * (THRESHOLDS - 1)) / (THRESHOLDS - 1)


def write(folder: Path, steps: range = STEPS, runs: tuple[str, ...] = RUNS) -> LogDir:
    """Write the curves of two classes."""
    for run, name in enumerate(runs):
        with SummaryWriter(folder / name) as writer:
            for step in steps:
                for tag in ("val/cat", "val/dog"):
                    writer.add_pr_curve(tag, *scored(run, step), step, num_thresholds=THRESHOLDS)
    return LogDir(folder)


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    """Two runs of two classes."""
    return write(tmp_path / "logs")


def test_a_busy_run_is_walked_through_step_by_step_and_point_by_point(
    lone: LoneView, log: LogDir, tmp_path: Path
) -> None:
    lone.open(log)
    lone.view.locator("[data-panel=pr_curves]").click()
    card = lone.card("val/cat")
    expect(card).to_have_attribute("data-curves", str(len(RUNS)))
    assert ink(card.locator(".tbn-plot"), FIRST_RUN["light"]).any(axis=0).sum() > 100

    card.locator(".tbn-plot").focus()
    lone.page.keyboard.press("ArrowLeft")
    told = dict(zip(*tip(lone)[:2], strict=True))
    found = log.runs["adam"].pr_curves["val/cat"][-1]
    place = int(np.argmin(np.abs(found.thresholds - number(told["threshold"]))))
    for name, counts in (
        ("TP", found.true_positives),
        ("FP", found.false_positives),
        ("TN", found.true_negatives),
        ("FN", found.false_negatives),
    ):
        assert number(told[name]) == counts[place]
    assert number(told["precision"]) == pytest.approx(found.precision[place], abs=1e-3)
    assert number(told["recall"]) == pytest.approx(found.recall[place], abs=1e-3)
    lone.page.keyboard.press("Escape")

    slider = lone.view.get_by_role("slider", name="Step", exact=True)
    slider.focus()
    slider.press("Home")
    expect(card.locator("tbody td").first).to_have_text("0")
    assert lone.options["ui"]["step"] == 0
    slider.press("End")
    expect(card.locator("tbody td").first).to_have_text("40")

    lone.tell(write(tmp_path / "logs", range(50, 70, 10)))
    expect(card.locator("tbody td").first).to_have_text("60")
    lone.view.locator(".tbn-run[data-run=sgd]").click()
    expect(card).to_have_attribute("data-curves", "1")


def ranked(labels: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Precision and recall above each score that there is, from the highest down."""
    levels = np.unique(scores)[::-1]
    found = np.array([[labels[scores >= level].sum(), (scores >= level).sum()] for level in levels])
    return found[:, 0] / found[:, 1], found[:, 0] / labels.sum()


def test_the_areas_are_those_of_the_ranked_scores(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="pr_curves", ui={"step": 20})
    expect(lone.card("val/dog")).to_have_attribute("data-curves", str(len(RUNS)))
    for row in lone.card("val/dog").locator("tbody tr").all():
        name = row.locator("th").inner_text().strip()
        step, average, area = (number(text) for text in row.locator("td").all_inner_texts())
        assert step == 20
        precision, recall = ranked(*scored(RUNS.index(name), 20))
        assert average == pytest.approx(np.sum(np.diff(recall, prepend=0) * precision), abs=2e-3)
        level = recall[0] * precision[0]  # down to a recall of 0, where nothing was measured
        assert area == pytest.approx(level + np.trapezoid(precision, recall), abs=2e-3)


def test_what_has_not_come_is_told_asked_for_and_drawn_when_it_comes(lone: LoneView, log: LogDir) -> None:
    lone.open(log, blobs=False, panel="pr_curves")
    card = lone.card("val/cat")
    expect(card).to_contain_text("2 coming")
    lone.send_blobs(log)
    expect(card).to_have_attribute("data-curves", str(len(RUNS)))
    expect(card).not_to_contain_text("coming")


def test_a_saved_view_has_the_newest_and_says_what_it_has_not(lone: LoneView, log: LogDir) -> None:
    lone.open_saved(log, budget=12_000, panel="pr_curves")
    card = lone.card("val/cat")
    expect(card).to_have_attribute("data-curves", str(len(RUNS)))
    with lone.page.expect_download() as download:
        lone.choose("Options of val/cat", "Download CSV")
    head, *lines = csv.reader(io.StringIO(download.value.path().read_text("utf-8")))
    assert head[5:] == ["threshold", "tp", "fp", "tn", "fn", "precision", "recall"]
    kept = {(line[0], int(line[3])) for line in lines}
    assert {(name, STEPS[-1]) for name in RUNS} <= kept < {(name, step) for name in RUNS for step in STEPS}
    lacking = next(place for place, step in enumerate(STEPS) if {(name, step) for name in RUNS} - kept)
    slider = lone.view.get_by_role("slider", name="Step", exact=True)
    slider.focus()
    slider.press("Home")
    for _ in range(lacking):
        slider.press("ArrowRight")
    expect(card).to_contain_text("not in this saved view")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_of_the_panel_can_be_read(lone: LoneView, tmp_path: Path, dark: bool) -> None:
    for count, widths in ((1, (420, 900)), (20, (900, 1600))):
        log = write(tmp_path / str(count), range(0, 20, 10), tuple(f"adamw-cosine lr={n}e-4" for n in range(count)))
        for width in widths:
            lone.page.set_viewport_size({"width": width + 32, "height": 800})
            view = lone.open(log, dark=dark, panel="pr_curves")
            expect(lone.card("val/cat")).to_have_attribute("data-curves", str(count))
            if width == widths[-1]:
                lone.card("val/cat").locator(".tbn-plot").focus()
                lone.page.keyboard.press("ArrowLeft")
                expect(lone.page.locator(".tbn-tooltip")).to_be_visible()
            SCREENS.mkdir(parents=True, exist_ok=True)
            lone.page.screenshot(path=SCREENS / f"pr-curves-{width}-{count}-{'dark' if dark else 'light'}.png")
            assert faults(view) == []
            assert violations(lone.page, view) == []
