"""What is asked of a view in every state: right data, usable or a picture as stated, no error text, its age shown."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir
from tbnotebook.wire import smooth
from tests.browser.ink import FIRST_RUN, ink, pixels
from tests.browser.plot import drag, x_range
from tests.browser.survival.stage import TAG, Place

SHAPES = ("2 × 10", "2 × 1")
BOX = "Net/dense"
TIMEOUT = 15_000  # milliseconds; what is promised is `test_survival`'s to measure
LATE = 40  # points of which a view that moves, or whose kernel was killed, may lack the last: two seconds

FAILED = re.compile(
    "Error displaying widget|model not found|Loading widget|Traceback|could not be drawn|cannot be read|No values yet"
)
HOSTS_WORDS = ("Error displaying widget", "model not found", "Loading widget")
# What hosts log by themselves: the widgets' extension of a model that is gone with its kernel, Notebook 7 of a setting,
# and any of a server that has shut a kernel down, or of what nbconvert's page asks others for.
HOSTS_OWN = re.compile(r"widget model not found|reading 'schema'|/api/kernels/|net::ERR_")

# One look at a card: its newest step and value belong to the same moment. A report has no newest value in the head.
LOOK = """(card) => ({
  points: Number(card.dataset.points),
  step: Number(card.dataset.lastStep),
  painted: Number(card.dataset.paintedStep || -1),
  newest: card.closest(".tbn-figure") ? null : card.querySelector(".tbn-newest")?.innerText ?? "",
  smoothing: Number(card.closest(".tbn-view").querySelector(".tbn-smoothing input").getAttribute("aria-valuetext")),
})"""


@dataclass(frozen=True)
class Curve:
    """The curve on the disk, all attempts one after the other."""

    steps: np.ndarray
    values: np.ndarray
    newest_attempt: int

    @classmethod
    def of(cls, log: LogDir) -> Curve:
        """Return the curve of a log that has been read."""
        series = [attempt.scalars[TAG] for attempt in log.run.attempts]
        join = np.concatenate
        return cls(join([s.step for s in series]), join([s.value for s in series]), len(series[-1].step))


def read(place: Place) -> LogDir:
    """Return what the disk holds now."""
    log = LogDir(place.logs)
    while log.poll().more:
        pass
    return log


def view(place: Place) -> Locator:
    """Return the one view that shows; a picture beside it is one too many."""
    shown = place.root.locator(".tbn-view").filter(visible=True)
    expect(shown).to_have_count(1, timeout=TIMEOUT)
    expect(place.root.locator("img").filter(visible=True)).to_have_count(0)
    return shown


def check_curve(place: Place, late: int) -> None:
    """The curve has the disk's points, is painted, and follows a hand."""
    shown = view(place)
    shown.locator("[data-panel=curves]").click()
    card = shown.locator(f".tbn-card[data-tag='{TAG}']")
    expect(card).to_be_visible(timeout=TIMEOUT)
    card.scroll_into_view_if_needed()
    _check_points(place, card, late)
    assert ink(card.locator(".tbn-plot"), FIRST_RUN["light"]).sum() > 50, "the curve is not to be seen"
    _check_zoom_and_slider(shown, card)


def check_diagram(place: Place, _: int) -> None:
    """The diagram has the network's boxes and shapes, and a box opens and closes."""
    shown = view(place)
    shown.locator("[data-panel=graph]").click()
    expect(shown.locator(".tbn-graph")).to_be_visible(timeout=TIMEOUT)
    for shape in SHAPES:
        expect(shown.locator(".tbn-edge-label").get_by_text(shape, exact=True).first).to_be_visible()
    box = shown.locator(f".tbn-item[data-key='{BOX}']")
    was = box.get_attribute("aria-expanded")
    now = "false" if was == "true" else "true"
    for state in (now, was):
        box.focus()
        box.press("Enter")
        expect(box).to_have_attribute("aria-expanded", str(state))


def check_words(place: Place, words: str) -> None:
    """The view says how old what it shows is; a saved view that gives place to a live one does so before."""
    pattern = re.escape(words).replace("…", r"\d+(\.\d+)?").replace("hh:mm", r"\d\d:\d\d")
    status = place.root.locator(".tbn-status").filter(visible=True)
    expect(status).to_have_text(re.compile(f"^{pattern}$"), timeout=TIMEOUT)


def check_no_error(place: Place, *, own_words: bool) -> None:
    """Neither the page nor its console speaks of an error of ours.

    Parameters
    ----------
    place : Place
    own_words : bool
        The host has words of its own for a widget that it cannot show, and nobody to hide them.
    """
    text = place.root.inner_text()
    said = [words for words in FAILED.findall(text) if not (own_words and words in HOSTS_WORDS)]
    logged = [error for error in place.watch.errors if not HOSTS_OWN.search(error)]
    assert (said, logged, place.watch.dialogs) == ([], [], []), (said, logged, place.watch.dialogs)


def _check_points(place: Place, card: Locator, late: int) -> None:
    """Wait until a card has nearly all that the disk held at first, then compare it with what the disk holds."""
    goal = len(Curve.of(read(place)).steps) - late
    deadline = time.monotonic() + TIMEOUT / 1000
    while True:
        seen = card.evaluate(LOOK)
        if seen["points"] >= goal and seen["painted"] >= 0 and seen["newest"] != "":
            break
        assert time.monotonic() < deadline, f"{seen} of {goal} points"
        place.page.wait_for_timeout(50)
    disk = Curve.of(read(place))
    older = len(disk.steps) - disk.newest_attempt
    count = seen["points"] - older
    assert 0 < count <= disk.newest_attempt
    step = disk.steps[older + count - 1]
    assert seen["step"] == disk.steps[: older + count].max()
    assert step - 20 <= seen["painted"] <= step + 20, "what is painted is not what is held"
    if seen["newest"] is None:
        return
    smoothed = smooth(disk.values[older : older + count], seen["smoothing"])
    assert float(seen["newest"].strip().replace("−", "-")) == pytest.approx(smoothed[-1], rel=0.01, abs=1e-3)


def _check_zoom_and_slider(shown: Locator, card: Locator) -> None:
    """Within a zoom on old points nothing moves but by the hand."""
    whole = x_range(card)
    drag(card, 0.1, 0.3)
    zoomed = x_range(card)
    assert zoomed[1] - zoomed[0] < 0.5 * (whole[1] - whole[0])
    slider = shown.locator(".tbn-smoothing input[type=range]")
    pictures = []
    for key in ("Home", "End"):
        slider.focus()
        slider.press(key)
        card.page.wait_for_timeout(250)
        pictures.append(pixels(card.locator(".tbn-plot")))
    assert (pictures[0] != pictures[1]).any(), "the slider changed nothing"
    assert x_range(card) == pytest.approx(zoomed), "the zoom did not stay"
    slider.press("Home")
    card.locator(".tbn-plot .nsewdrag").first.dblclick()
